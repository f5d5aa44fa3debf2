import http from "node:http";
import { closeServer, openServer, urlOf } from "./local-server";

export interface Request {
  readonly path: string;
  readonly target: string;
  readonly input: Record<string, unknown>;
  readonly headers: http.IncomingHttpHeaders;
}

/** What one call is answered with: a body, an error by name, or anything that can be done to a response. */
export type Reply =
  | Record<string, unknown>
  | { readonly error: string; readonly status?: number; readonly message?: string }
  | ((response: http.ServerResponse) => void);

/** A server that speaks AWS's JSON protocol, takes forms too, and fails on demand, which no emulator does. */
export class StubAws {
  readonly requests: Request[] = [];
  /** Connections that were opened. */
  connections = 0;
  private readonly server: http.Server;

  private constructor(reply: (request: Request, number: number) => Reply | Promise<Reply>) {
    this.server = http.createServer(async (incoming, response) => {
      const chunks: Buffer[] = [];
      try {
        for await (const chunk of incoming) chunks.push(chunk as Buffer);
      } catch {
        // The client was killed while it was sending.
        return;
      }
      const body = Buffer.concat(chunks).toString("utf8");
      const isForm = incoming.headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
      const request = {
        path: incoming.url ?? "",
        target: String(incoming.headers["x-amz-target"]),
        // A call of a REST API has none.
        input: isForm ? Object.fromEntries(new URLSearchParams(body)) : JSON.parse(body || "{}"),
        headers: incoming.headers,
      };
      this.requests.push(request);
      const answer = await reply(request, this.requests.length);
      if (typeof answer === "function") answer(response);
      else if (typeof answer.error === "string") {
        const { error, status = 400, message = "" } = answer as { error: string; status?: number; message?: string };
        response.writeHead(status).end(JSON.stringify({ __type: error, message }));
      } else response.writeHead(200).end(JSON.stringify(answer));
    });
    this.server.on("connection", () => {
      this.connections++;
    });
  }

  static async start(reply: (request: Request, number: number) => Reply | Promise<Reply>): Promise<StubAws> {
    const stub = new StubAws(reply);
    await openServer(stub.server);
    return stub;
  }

  get endpoint(): string {
    return urlOf(this.server);
  }

  async stop(): Promise<void> {
    await closeServer(this.server);
  }
}

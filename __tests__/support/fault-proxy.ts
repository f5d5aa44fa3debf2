import { once } from "node:events";
import http from "node:http";
import { closeServer, openServer, urlOf } from "./local-server";

/** How a request is treated: forwarded, never answered, or refused with this error of AWS. */
export type Treatment = "pass" | "silence" | { readonly error: string };

/** A proxy for AWS's JSON protocol that injects faults: `decide` chooses the treatment of every request. */
export class FaultProxy {
  private readonly agent = new http.Agent({ keepAlive: true });
  private readonly server: http.Server;

  private constructor(
    private readonly endpoint: string,
    private readonly decide: (operation: string) => Treatment,
  ) {
    this.server = http.createServer((request, response) => void this.pass(request, response));
  }

  static async start(endpoint: string, decide: (operation: string) => Treatment): Promise<FaultProxy> {
    const proxy = new FaultProxy(endpoint, decide);
    await openServer(proxy.server);
    return proxy;
  }

  get url(): string {
    return urlOf(this.server);
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    await closeServer(this.server);
  }

  private async pass(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      // The client was killed while it was sending.
      return;
    }
    const treatment = this.decide(String(request.headers["x-amz-target"]).split(".").at(-1) ?? "");
    if (treatment === "silence") return;
    if (treatment !== "pass") {
      response.writeHead(400, { "content-type": "application/x-amz-json-1.0" });
      response.end(
        JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${treatment.error}`, message: "Rate exceeded" }),
      );
      return;
    }
    const { method, headers } = request;
    const onward = http.request(this.endpoint, { method, headers, agent: this.agent });
    onward.end(Buffer.concat(chunks));
    try {
      const [answer] = (await once(onward, "response")) as [http.IncomingMessage];
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    } catch {
      // A connection can be closed just when it is used again: the client sees that too.
      response.destroy();
    }
  }
}

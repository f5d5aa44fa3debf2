import { randomUUID } from "node:crypto";
import http from "node:http";
import { RACERS } from "../demo/race";
import { listenOn } from "../listen";
import type { PoolInfo } from "./api";
import type { Events } from "./events";
import { trials } from "./fields";
import { type PageFile, pageFiles } from "./files";
import type { RaceTrack } from "./race-track";
import type { ShownPool } from "./shown-pool";

export interface PageOptions {
  readonly port: number;
  /** The option that names another port. */
  readonly portOption: string;
  readonly environment: string;
  readonly pool: ShownPool;
  readonly raceTrack: RaceTrack;
  /** @default the page shows no events */
  readonly events?: Events;
}

/** Bytes of a request: more than any form whose fields are as long as they can be. */
const LARGEST_BODY = 262_144;

/** What the browser may load and do: the page's own files and calls, and nothing of another server. */
const HEADERS = {
  "content-security-policy": [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ].join("; "),
  "cache-control": "no-store",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

/** A request that is not answered; its message is. */
class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * The page's server, on this machine only. It answers to its own names alone (another site's name may lead to this machine), and takes what changes
 * something from the page itself only.
 */
export class PageServer {
  private readonly server = http.createServer((request, response) => void this.respond(request, response));
  private readonly id = randomUUID();
  private url = "";

  private constructor(
    private readonly options: PageOptions,
    private readonly files: ReadonlyMap<string, PageFile>,
  ) {}

  /** Opens the port. Throws a Failure where another process has it. */
  static async start(options: PageOptions): Promise<PageServer> {
    const page = new PageServer(options, await pageFiles());
    page.url = await listenOn(page.server, options.port, options.portOption);
    return page;
  }

  get address(): string {
    return this.url;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await this.options.raceTrack.close();
  }

  private async respond(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    try {
      this.requireOwnName(request);
      const { pathname } = new URL(request.url ?? "/", this.url);
      const { method } = request;
      const file = this.files.get(pathname);
      if (file && method === "GET") response.writeHead(200, { "content-type": file.type }).end(file.body);
      else if (pathname === "/api/events" && method === "GET" && this.options.events)
        this.options.events.stream(response);
      else json(response, 200, await this.answer(`${method} ${pathname}`, request));
    } catch (error) {
      const [status, message] = error instanceof Refused ? [error.status, error.message] : [500, String(error)];
      if (!response.headersSent) json(response, status, { error: message });
    }
  }

  private async answer(route: string, request: http.IncomingMessage): Promise<object> {
    const { pool, raceTrack } = this.options;
    if (route === "GET /api/pool") return this.info();
    if (route === "GET /api/tables") return pool.tables();
    if (route === "POST /api/sign-up") return pool.signUp(this.values(await this.body(request)));
    if (route === "POST /api/race") {
      await this.body(request);
      if (this.racers === undefined)
        throw new Refused(
          409,
          "A sign-up to this pool needs other fields than a username and an e-mail address: there is no race.",
        );
      return raceTrack.run();
    }
    throw new Refused(404, "There is nothing here.");
  }

  private info(): PoolInfo {
    const { environment, pool, events } = this.options;
    return {
      environment,
      uniqueness: pool.uniqueness,
      fields: pool.fields,
      trials: pool.isUsual ? trials(pool.fields) : [],
      hasEvents: events !== undefined,
      racers: this.racers,
      serverId: this.id,
    };
  }

  private get racers(): number | undefined {
    return this.options.pool.isUsual ? RACERS : undefined;
  }

  /** Another site can have its own name lead to 127.0.0.1, and would then be this server's own origin to a browser. */
  private requireOwnName({ headers: { host = "" } }: http.IncomingMessage): void {
    const { port } = new URL(this.url);
    if (![`127.0.0.1:${port}`, `localhost:${port}`].includes(host)) {
      throw new Refused(403, "This server answers to 127.0.0.1 and localhost only.");
    }
  }

  /** The JSON of a request that the page itself has sent. */
  private async body(request: http.IncomingMessage): Promise<unknown> {
    const { host, origin, "content-type": type } = request.headers;
    if (origin !== `http://${host}`) throw new Refused(403, "Only the page itself may ask for that.");
    if (type !== "application/json") throw new Refused(415, "The content type must be application/json.");
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of request) {
      size += (chunk as Buffer).length;
      if (size > LARGEST_BODY) throw new Refused(413, `A request has at most ${LARGEST_BODY} bytes.`);
      chunks.push(chunk as Buffer);
    }
    try {
      return JSON.parse(Buffer.concat(chunks).toString("utf8"));
    } catch {
      throw new Refused(400, "The body is no JSON.");
    }
  }

  /** What the fields of the form hold. */
  private values(body: unknown): Record<string, string> {
    const { values } = (body ?? {}) as { values?: unknown };
    const names = this.options.pool.fields.map(({ name }) => name);
    const isField = ([name, value]: [string, unknown]) => names.includes(name) && typeof value === "string";
    if (typeof values !== "object" || values === null || !Object.entries(values).every(isField)) {
      throw new Refused(400, `values holds texts for these fields only: ${names.join(", ")}.`);
    }
    return values as Record<string, string>;
  }
}

function json(response: http.ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" }).end(JSON.stringify(body));
}

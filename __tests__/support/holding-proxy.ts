import { once } from "node:events";
import http from "node:http";
import { closeServer, openServer, urlOf } from "./local-server";

/** The operation of a request to AWS: its name in JSON protocols, otherwise method and path. */
export type Asked = string;

/**
 * A proxy that can hold requests or responses. After the release they continue, if the client still waits.
 */
export class HoldingProxy {
  private readonly agent = new http.Agent({ keepAlive: true });
  private readonly server = http.createServer((request, response) => void this.pass(request, response));
  private holds: RegExp | undefined;
  private holdsAnswers = false;
  private noticed: (asked: Asked) => void = () => {};
  private released: Array<() => void> = [];
  private isStopped = false;

  private constructor(private readonly endpoint: string) {}

  static async start(endpoint: string): Promise<HoldingProxy> {
    const proxy = new HoldingProxy(endpoint);
    await openServer(proxy.server);
    return proxy;
  }

  get url(): string {
    return urlOf(this.server);
  }

  /** Holds requests that match, or AWS's responses to them. Resolves when the first one is held. */
  hold(what: RegExp, { answers = false } = {}): Promise<Asked> {
    this.holds = what;
    this.holdsAnswers = answers;
    return new Promise((resolve) => {
      this.noticed = resolve;
    });
  }

  release(): void {
    this.holds = undefined;
    for (const go of this.released.splice(0)) go();
  }

  /** What is held still is never passed on: whatever asked it may be dead. */
  async stop(): Promise<void> {
    this.isStopped = true;
    this.release();
    this.agent.destroy();
    await closeServer(this.server);
  }

  private async pass(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    let gone = false;
    response.once("close", () => {
      gone = true;
    });
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks);
      const asked = askedBy(request, body);
      if (!this.holdsAnswers) await this.turn(asked);
      if (gone || this.isStopped) return void response.destroy();
      const { method, headers, url } = request;
      const onward = http.request(new URL(url ?? "/", this.endpoint), { method, headers, agent: this.agent });
      onward.end(body);
      const [answer] = (await once(onward, "response")) as [http.IncomingMessage];
      if (this.holdsAnswers) await this.turn(asked);
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    } catch {
      // The client has gone, or a connection was closed just when it was used again: the client sees that too.
      response.destroy();
    }
  }

  private async turn(asked: Asked): Promise<void> {
    if (!this.holds?.test(asked)) return;
    this.noticed(asked);
    await new Promise<void>((resolve) => this.released.push(resolve));
  }
}

function askedBy({ headers, method, url }: http.IncomingMessage, body: Buffer): Asked {
  const target = headers["x-amz-target"];
  if (target !== undefined) return String(target).split(".").at(-1) ?? "";
  return /^Action=(\w+)|&Action=(\w+)/.exec(body.toString("latin1"))?.slice(1).find(Boolean) ?? `${method} ${url}`;
}

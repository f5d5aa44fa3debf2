import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { startServant } from "../child";

export interface LocalFunction {
  /** Absolute path of the bundle. */
  readonly bundle: string;
  /** Seconds. */
  readonly timeout: number;
  readonly environment: Readonly<Record<string, string>>;
}

type Answer = { id: string; payload: unknown } | { id: string; error: { errorType: string; errorMessage: string } };

/**
 * Lambda's Invoke API for one function, on a free port of this machine. The function runs in a process of its own, with
 * the environment that Lambda would give it; its output is kept.
 */
export class LocalLambda {
  readonly log: string[] = [];
  private readonly server = http.createServer((request, response) => void this.answer(request, response));
  private readonly waiting = new Map<string, (answer: Answer) => void>();
  private child: ChildProcess | undefined;

  /** Opens the port; answers the endpoint's URL. */
  async listen(): Promise<string> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Starts the function's process; it can be invoked when this is done. */
  async run({ bundle, timeout, environment }: LocalFunction): Promise<void> {
    const runtime = path.resolve("cli/demo/lambda-runtime.mjs");
    this.child = startServant(process.execPath, [runtime, bundle, String(timeout)], {
      env: { ...environment },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => this.log.push(...text.split("\n").filter(Boolean)));
    }
    await once(this.child, "message");
    this.child.on("message", (answer: Answer) => {
      this.waiting.get(answer.id)?.(answer);
      this.waiting.delete(answer.id);
    });
  }

  async close(): Promise<void> {
    this.child?.kill();
    this.server.closeAllConnections();
    this.server.close();
  }

  private async answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = await this.invoke(JSON.parse(Buffer.concat(chunks).toString("utf8")));
    const [headers, body] =
      "error" in answer ? [{ "x-amz-function-error": "Unhandled" }, answer.error] : [{}, answer.payload];
    response.writeHead(200, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  }

  private invoke(event: unknown): Promise<Answer> {
    const id = randomUUID();
    return new Promise((resolve, reject) => {
      if (!this.child) return reject(new Error("The function has not been started."));
      this.waiting.set(id, resolve);
      this.child.send({ id, event });
    });
  }
}

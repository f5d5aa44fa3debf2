import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { json } from "node:stream/consumers";
import { startServant } from "../child";

export interface LocalFunction {
  readonly name: string;
  /** Absolute path of the bundle. */
  readonly bundle: string;
  /** Seconds. */
  readonly timeout: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** A call of AWS's API that a function made. Times are milliseconds since 1970, with fractions. */
export interface RecordedCall {
  /** The service's version and the operation: "X-Amz-Target". */
  readonly target: string;
  /** JSON, as it was sent. */
  readonly input: string;
  readonly startedAt: number;
  /** Undefined, as the next two, where the function did not wait for the answer. */
  readonly endedAt?: number;
  readonly status?: number;
  /** JSON, as it was received. */
  readonly answer?: string;
}

/** What was seen of a function while it worked on one event. */
interface Recorded {
  /** What it wrote to its output. */
  readonly lines: readonly string[];
  readonly calls: readonly RecordedCall[];
}

/** A call of a function and what it said. Times are milliseconds since 1970, with fractions. */
export interface Invocation extends Recorded {
  readonly functionName: string;
  readonly event: unknown;
  /** Undefined where the function answered. */
  readonly error: string | undefined;
  readonly startedAt: number;
  readonly endedAt: number;
}

type Answer = ({ payload: unknown } | { error: { errorType: string; errorMessage: string } }) &
  Recorded & { readonly id: string };

/**
 * Lambda's Invoke API, on a free port of this machine. Every function runs in a process of its own, with the environment that
 * Lambda would give it; its output is kept.
 */
export class LocalLambda {
  readonly log: string[] = [];
  private readonly server = http.createServer((request, response) => void this.answer(request, response));
  private readonly waiting = new Map<string, (answer: Answer) => void>();
  private readonly functions = new Map<string, { readonly child: ChildProcess; readonly timeout: number }>();

  constructor(private readonly onInvocation: (invocation: Invocation) => void = () => {}) {}

  /** Opens the port; answers the endpoint's URL. */
  async listen(): Promise<string> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Starts a function's process; it can be invoked when this is done. */
  async run(fn: LocalFunction): Promise<void> {
    const { name, bundle, timeout, environment } = fn;
    const runtime = path.resolve("cli/emulator/lambda-runtime.mjs");
    const child = startServant(process.execPath, [runtime, bundle, String(timeout)], {
      env: { ...environment },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => this.log.push(...text.split("\n").filter(Boolean)));
    }
    await once(child, "message");
    this.functions.set(name, { child, timeout });
    // As Lambda does: what it worked on has failed, and the next event finds a new process.
    child.once("exit", (code) => {
      if (this.functions.get(name)?.child !== child) return;
      this.functions.delete(name);
      for (const [id, answer] of this.waiting) {
        if (id.startsWith(`${name} `))
          answer(failed(id, "Runtime.ExitError", `Runtime exited with error: exit status ${code}`));
      }
      if (this.server.listening) void this.run(fn);
    });
    child.on("message", (answer: Answer) => {
      this.waiting.get(answer.id)?.(answer);
    });
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    for (const { child } of this.functions.values()) child.kill();
  }

  private async answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const functionName = decodeURIComponent(/^\/2015-03-31\/functions\/([^/]+)\//.exec(request.url ?? "")?.[1] ?? "");
    const event: unknown = await json(request);
    const answer = await this.invoke(functionName, event);
    const [headers, body] =
      "error" in answer ? [{ "x-amz-function-error": "Unhandled" }, answer.error] : [{}, answer.payload];
    response.writeHead(200, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  }

  /** Calls a function. */
  async invoke(functionName: string, event: unknown): Promise<Answer> {
    const startedAt = preciseNow();
    const answer = await this.answerOf(functionName, event);
    const error = "error" in answer ? answer.error.errorMessage : undefined;
    const { lines, calls } = answer;
    this.onInvocation({ functionName, event, error, lines, calls, startedAt, endedAt: preciseNow() });
    return answer;
  }

  private answerOf(functionName: string, event: unknown): Promise<Answer> {
    const id = `${functionName} ${randomUUID()}`;
    return new Promise((resolve) => {
      const fn = this.functions.get(functionName);
      if (!fn) return resolve(failed(id, "ResourceNotFoundException", `${functionName} is not on this machine.`));
      const timer = setTimeout(() => {
        this.waiting.get(id)?.(failed(id, "Sandbox.Timedout", `Task timed out after ${fn.timeout} seconds`));
      }, fn.timeout * 1000);
      this.waiting.set(id, (answer) => {
        clearTimeout(timer);
        this.waiting.delete(id);
        resolve(answer);
      });
      fn.child.send({ id, event });
    });
  }
}

function failed(id: string, errorType: string, errorMessage: string): Answer {
  return { id, lines: [], calls: [], error: { errorType, errorMessage } };
}

/** Milliseconds since 1970, with fractions; the same clock in every process of this machine. */
export function preciseNow(): number {
  return performance.timeOrigin + performance.now();
}

import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";
import http from "node:http";
import https from "node:https";
import { SignatureV4 } from "@smithy/signature-v4";
import type { ServerClock } from "./clock";

export interface ClientConfig {
  /** Name that requests are signed for, and of the endpoint: `cognito-idp`, `dynamodb`. */
  readonly service: string;
  readonly region: string;
  readonly credentials: Credentials;
  /** Another endpoint than AWS's own, for emulators. */
  readonly endpoint?: string | undefined;
  /** Milliseconds that the first attempt may take; a later one has all the time that is left. @default 1000 */
  readonly attemptTimeout?: number;
  /** Learns the servers' time from every answer. */
  readonly clock?: ServerClock;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** The credentials that Lambda gives a function. */
export function environmentCredentials(env: NodeJS.ProcessEnv): Credentials {
  const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "", AWS_SESSION_TOKEN } = env;
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
  };
}

/** Calls one operation of AWS's JSON protocol. `deadline` is in milliseconds since 1970. Throws {@link AwsError}. */
export type Call = (target: string, input: object, deadline: number) => Promise<unknown>;

/**
 * A call that did not succeed. `code` is AWS's name of the error, or one of ours: Timeout, Network, BadResponse. AWS's
 * own message is left out, because it may quote what was sent.
 */
export class AwsError extends Error {
  override readonly name = "AwsError";

  constructor(
    readonly code: string,
    readonly retryable: boolean,
    /** The body of AWS's answer, where there is one. */
    readonly body?: Readonly<Record<string, unknown>>,
  ) {
    super(code);
  }
}

const ATTEMPTS = 3;
/** "Exponential backoff and jitter" (full jitter), AWS Architecture Blog; milliseconds. */
const BACKOFF = { base: 50, most: 400 };
const LARGEST_BODY = 4 * 1024 * 1024;
const THROTTLED =
  /^(?:TooManyRequests|Throttling|Throttled|ProvisionedThroughputExceeded|RequestLimitExceeded|LimitExceeded)/;

/**
 * A client for one service: signs with AWS's own signer, keeps connections open between calls, gives each attempt a
 * time limit and tries again, after a random pause, what may succeed another time. The SDK's client does the same in
 * ten times the size, which every cold start would pay for.
 */
export function awsClient(config: ClientConfig): Call {
  const url = new URL(config.endpoint ?? awsEndpoint(config.service, config.region));
  const transport = url.protocol === "http:" ? http : https;
  const agent = new transport.Agent({ keepAlive: true });
  const signer = new SignatureV4({ ...config, sha256: Sha256 });

  return (target, input, deadline) => {
    const body = JSON.stringify(input);
    return withRetries((timeout) => once(target, body, timeout), deadline, config.attemptTimeout);
  };

  async function once(target: string, body: string, timeout: number): Promise<unknown> {
    if (timeout <= 0) throw new AwsError("Timeout", false);
    const { method, headers } = await signer.sign({
      method: "POST",
      protocol: url.protocol,
      hostname: url.hostname,
      path: "/",
      headers: { host: url.host, "content-type": `application/x-amz-json-${version(target)}`, "x-amz-target": target },
      body,
    });
    return new Promise((resolve, reject) => {
      const request = transport.request(url, { agent, method, headers }, (response) => {
        config.clock?.observe(response.headers.date);
        const chunks: Buffer[] = [];
        let size = 0;
        response.on("data", (chunk: Buffer) => {
          size += chunk.length;
          if (size > LARGEST_BODY) request.destroy(new AwsError("BadResponse", false));
          chunks.push(chunk);
        });
        response.on("error", fail);
        response.on("end", () => {
          clearTimeout(timer);
          try {
            resolve(answer(response.statusCode ?? 0, Buffer.concat(chunks).toString("utf8")));
          } catch (error) {
            reject(error);
          }
        });
      });
      // Covers the whole attempt: connecting, waiting and reading.
      const timer = setTimeout(() => request.destroy(new AwsError("Timeout", true)), timeout);
      request.on("error", fail);
      request.end(body);

      function fail(error: Error): void {
        clearTimeout(timer);
        reject(error instanceof AwsError ? error : new AwsError("Network", true));
      }
    });
  }
}

/**
 * Calls, and calls again, after a random pause, where an {@link AwsError} says that this may succeed. `once` is told how
 * many milliseconds it may take. Apart, so that what it does to a busy service can be simulated.
 */
export async function withRetries<T>(
  once: (timeout: number) => Promise<T>,
  deadline: number,
  attemptTimeout = 1000,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      // Who gives up again and again on a service that is only slow makes it slower: one early retry is enough.
      const left = deadline - Date.now();
      return await once(attempt === 1 ? Math.min(attemptTimeout, left) : left);
    } catch (error) {
      const pause = Math.random() * Math.min(BACKOFF.most, BACKOFF.base * 2 ** attempt);
      const over = attempt === ATTEMPTS || Date.now() + pause >= deadline;
      if (over || !(error instanceof AwsError && error.retryable)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** The body of a successful answer; throws what an unsuccessful one means. */
function answer(status: number, text: string): Record<string, unknown> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new AwsError("BadResponse", true);
  }
  if (typeof body !== "object" || body === null) throw new AwsError("BadResponse", true);
  const fields = body as Record<string, unknown>;
  if (status === 200) return fields;
  // "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException"
  const code = String(fields.__type ?? "Unknown").replace(/^.*#/, "");
  throw new AwsError(code, status >= 500 || status === 429 || THROTTLED.test(code), fields);
}

function awsEndpoint(service: string, region: string): string {
  return `https://${service}.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
}

/** DynamoDB speaks 1.0 of the protocol, Cognito 1.1. */
function version(target: string): string {
  return target.startsWith("DynamoDB") ? "1.0" : "1.1";
}

/** Node's own SHA-256, in the shape that the signer asks for. */
class Sha256 {
  private readonly hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash =
      secret === undefined ? createHash("sha256") : createHmac("sha256", secret as string | NodeJS.ArrayBufferView);
  }

  update(data: string | Uint8Array): void {
    this.hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }

  reset(): never {
    throw new Error("A hash is made for one use.");
  }
}

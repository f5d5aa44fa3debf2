import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";
import http from "node:http";
import https from "node:https";
import { createSecureContext } from "node:tls";
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

/**
 * Reads the certificate authorities that Node.js trusts, which takes 20 ms of a processor: while the function is loaded,
 * when Lambda gives it a whole one (docs/performance.md), and not in the first call, when it has what its memory buys.
 */
const secureContext = createSecureContext();

/** What came back: the HTTP status and the body. */
export interface Response {
  readonly status: number;
  readonly text: string;
}

/**
 * Sends signed requests to one service: signs with AWS's own signer, keeps connections open between calls, and gives up
 * on one that takes longer than `timeout` milliseconds. Throws {@link AwsError}.
 */
export function signedPost(
  config: ClientConfig,
): (headers: Readonly<Record<string, string>>, body: string, timeout: number) => Promise<Response> {
  const url = new URL(config.endpoint ?? awsEndpoint(config.service, config.region));
  const [transport, agent] =
    url.protocol === "http:"
      ? [http, new http.Agent({ keepAlive: true })]
      : [https, new https.Agent({ keepAlive: true, secureContext })];
  const signer = new SignatureV4({ ...config, sha256: Sha256 });

  return async function post(ownHeaders, body, timeout) {
    if (timeout <= 0) throw new AwsError("Timeout", false);
    const { method, headers } = await signer.sign({
      method: "POST",
      protocol: url.protocol,
      hostname: url.hostname,
      path: "/",
      headers: { host: url.host, ...ownHeaders },
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
          resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") });
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
  };
}

/**
 * Tries `once` until it succeeds, fails for good, or the deadline (milliseconds since 1970) comes: after a random pause,
 * what may succeed another time. `once` is given the milliseconds that it may take.
 */
export async function withRetries<T>(
  once: (timeout: number) => Promise<T>,
  deadline: number,
  attemptTimeout = 1000,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      // Only the first attempt has a short timeout: repeated early retries overload a slow service.
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

/** Whether a call that failed with this HTTP status, or AWS's name of the error, may succeed another time. */
export function isRetryable(status: number, code: string): boolean {
  return status >= 500 || status === 429 || THROTTLED.test(code);
}

const THROTTLED =
  /^(?:TooManyRequests|Throttling|Throttled|ProvisionedThroughputExceeded|RequestLimitExceeded|LimitExceeded)/;

function awsEndpoint(service: string, region: string): string {
  return `https://${service}.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
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

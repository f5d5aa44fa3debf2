import { createHash, createHmac, type Hash, type Hmac } from "node:crypto";
import http from "node:http";
import https from "node:https";
import { createSecureContext } from "node:tls";
import { SignatureV4 } from "@smithy/signature-v4";
import type { ServerClock } from "./clock";

export interface ClientConfig {
  /** The service name in signatures and in the endpoint: `cognito-idp`, `dynamodb`. */
  readonly service: string;
  readonly region: string;
  readonly credentials: Credentials;
  /** An endpoint other than AWS's own, for emulators. */
  readonly endpoint?: string | undefined;
  /** Timeout of the first attempt in milliseconds. Later attempts may use all of the remaining time. @default 1000 */
  readonly attemptTimeout?: number;
  /** Observes the server's time in every response. */
  readonly clock?: ServerClock;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * A failed call. `code` is AWS's error name, or Timeout, Network or BadResponse. AWS's own message is left out, because it
 * may quote the request.
 */
export class AwsError extends Error {
  override readonly name = "AwsError";

  constructor(
    readonly code: string,
    readonly retryable: boolean,
    /** The body of AWS's response, if there is one. */
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
 * Loads the certificate authorities that Node.js trusts, which takes 20 ms of CPU time. This happens while the function is
 * initialized, when Lambda gives it a full processor (docs/performance.md), and not in the first call, when the share of the
 * processor depends on the memory setting.
 */
const secureContext = createSecureContext();

/** The HTTP status and the body of a response. */
export interface Response {
  readonly status: number;
  readonly text: string;
}

/**
 * Sends signed requests to one service. Signs with AWS's own signer, keeps connections open between calls, and fails after
 * `timeout` milliseconds. Throws {@link AwsError}.
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
 * Calls `once` until it succeeds, fails with an error that is not retryable, or the deadline (milliseconds since 1970) is
 * reached. Waits a random time between attempts. `once` gets its timeout in milliseconds.
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

/** Whether a retry may succeed after this HTTP status or AWS error name. */
export function isRetryable(status: number, code: string): boolean {
  return status >= 500 || status === 429 || THROTTLED.test(code);
}

const THROTTLED =
  /^(?:TooManyRequests|Throttling|Throttled|ProvisionedThroughputExceeded|RequestLimitExceeded|LimitExceeded)/;

export function awsEndpoint(service: string, region: string): string {
  return `https://${service}.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
}

/** Node.js's SHA-256 with the interface that the signer requires. */
export class Sha256 {
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

import { SignatureV4 } from "@smithy/signature-v4";
import { environmentCredentials } from "./client";
import { AwsError, awsEndpoint, type ClientConfig, isRetryable, Sha256, withRetries } from "./request";

/** What a function answered, or how it failed. */
export interface Invoked {
  /** Whether the function threw, crashed or ran out of time: the header `X-Amz-Function-Error`. */
  readonly failed: boolean;
  /** JSON that nothing is known of. */
  readonly payload: unknown;
}

/** Calls a function and waits for its answer. `deadline` is in milliseconds since 1970. Throws {@link AwsError}. */
export type Invoke = (functionArn: string, event: unknown, deadline: number) => Promise<Invoked>;

/** Bytes. An event of Cognito has less: 50 attributes of 2,048 characters at the most. */
const LARGEST_ANSWER = 1024 * 1024;

/**
 * A client for Lambda's Invoke, which is REST: "Invoke", Lambda API reference. It is apart from request.ts, so that functions which invoke nothing
 * have nothing of it. A call that Lambda throttles, or whose connection breaks, is made again; one that the function has failed is not.
 */
export function lambdaInvoke(config: Omit<ClientConfig, "service">): Invoke {
  const endpoint = new URL(config.endpoint ?? awsEndpoint("lambda", config.region));
  const signer = new SignatureV4({ ...config, service: "lambda", sha256: Sha256 });

  return function invoke(functionArn, event, deadline) {
    const body = JSON.stringify(event);
    const path = `/2015-03-31/functions/${encodeURIComponent(functionArn)}/invocations`;
    // One attempt may take all of the time: a function that starts cold is not called a second time beside the first.
    return withRetries((timeout) => once(path, body, timeout), deadline, Number.POSITIVE_INFINITY);
  };

  async function once(path: string, body: string, timeout: number): Promise<Invoked> {
    if (timeout <= 0) throw new AwsError("Timeout", false);
    const { method, headers } = await signer.sign({
      method: "POST",
      protocol: endpoint.protocol,
      hostname: endpoint.hostname,
      path,
      headers: { host: endpoint.host, "content-type": "application/json" },
      body,
    });
    const signal = AbortSignal.timeout(Math.ceil(timeout));
    try {
      const response = await fetch(new URL(path, endpoint), { method, headers, body, signal, redirect: "error" });
      const text = await textOf(response);
      if (response.status !== 200) throw failure(response);
      return { failed: response.headers.has("x-amz-function-error"), payload: parsed(text) };
    } catch (error) {
      if (error instanceof AwsError) throw error;
      throw new AwsError(signal.aborted ? "Timeout" : "Network", !signal.aborted);
    }
  }
}

/** The configuration of {@link lambdaInvoke} in a function's environment; the variables are AWS's own, for emulators. */
export function invokeConfig(env: NodeJS.ProcessEnv): Omit<ClientConfig, "service"> {
  const endpoint = env.AWS_ENDPOINT_URL_LAMBDA || env.AWS_ENDPOINT_URL || undefined;
  return { region: env.AWS_REGION ?? "", credentials: environmentCredentials(env), endpoint };
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    // To leave the loop closes the connection.
    if (size > LARGEST_ANSWER) throw new AwsError("BadResponse", false);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AwsError("BadResponse", false);
  }
}

/** "TooManyRequestsException:http://…": REST protocols name the error in a header. */
function failure({ status, headers }: Response): AwsError {
  const code = /^\w+/.exec(headers.get("x-amzn-errortype") ?? "")?.[0] ?? `Status${status}`;
  return new AwsError(code, isRetryable(status, code));
}

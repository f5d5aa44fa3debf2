import {
  AwsError,
  type ClientConfig,
  type Credentials,
  isRetryable,
  type Response,
  signedPost,
  withRetries,
} from "./request";

export { AwsError } from "./request";

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
 * A client for one service of AWS's JSON protocol. The SDK's client does the same, but is ten times as large and would slow
 * down every cold start.
 */
export function awsClient(config: ClientConfig): Call {
  const post = signedPost(config);
  return function call(target, input, deadline) {
    const body = JSON.stringify(input);
    const headers = { "content-type": `application/x-amz-json-${version(target)}`, "x-amz-target": target };
    const once = async (timeout: number) => answer(await post(headers, body, timeout));
    return withRetries(once, deadline, config.attemptTimeout);
  };
}

/** The body of a successful response. Throws {@link AwsError} for any other response. */
function answer({ status, text }: Response): Record<string, unknown> {
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
  throw new AwsError(code, isRetryable(status, code), fields);
}

/** DynamoDB uses version 1.0 of the protocol, Cognito 1.1. */
function version(target: string): string {
  return target.startsWith("DynamoDB") ? "1.0" : "1.1";
}

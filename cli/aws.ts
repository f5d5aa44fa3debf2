import { Failure } from "./failure";

// The SDK announces on standard error which Node.js its later versions will need. Its version is pinned here.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

/** Milliseconds. The SDK sets no limit of its own: a call whose answer never comes would be waited for for ever. */
export const TIME_LIMITS = {
  requestHandler: {
    connectionTimeout: 5_000,
    requestTimeout: 20_000,
    throwOnRequestTimeout: true,
    socketTimeout: 20_000,
  },
} as const;

/** A signature is good for some minutes. */
const clock = (message: string) =>
  `AWS does not accept the signature (${message}): check this machine's clock, and the secret key.`;

/** What AWS's errors mean to an operator. */
const EXPLANATIONS: Readonly<Record<string, (message: string) => string>> = {
  CredentialsProviderError: () =>
    "There are no AWS credentials: sign in with `aws sso login`, or set AWS_PROFILE or AWS_ACCESS_KEY_ID.",
  ExpiredTokenException: () => "The AWS credentials have expired: sign in again.",
  UnrecognizedClientException: () => "AWS does not accept the credentials: check AWS_PROFILE and AWS_ACCESS_KEY_ID.",
  NoSuchBucket: () => "The bucket for the state does not exist yet: make it with `npm run bootstrap`.",
  AccessDenied: (message) => `AWS does not allow this: ${message}`,
  AccessDeniedException: (message) => `AWS does not allow this: ${message}`,
  ResourceNotFoundException: (message) => `AWS knows no such thing: ${message}`,
  InvalidSignatureException: clock,
  RequestExpired: clock,
  RequestTimeTooSkewed: clock,
  SignatureDoesNotMatch: clock,
};

/** Node.js's names for a host that does not answer. */
const UNREACHABLE: ReadonlySet<string> = new Set([
  ...["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT"],
]);

/** What is to be said where AWS does not answer. */
export function unreachable(host: string | undefined): string {
  return (
    `AWS cannot be reached${host === undefined ? "" : ` at ${host}`}: check the network and the name resolution (DNS),` +
    " and AWS_ENDPOINT_URL if it is set."
  );
}

/** The sentence about an error that says that AWS does not answer. */
function unreachableBy(error: unknown): string | undefined {
  const { name, code, hostname, address, port, errors } = error as NodeJS.ErrnoException & {
    readonly hostname?: string;
    readonly address?: string;
    readonly port?: number;
    readonly errors?: readonly unknown[];
  };
  // A host of several addresses is tried at each of them.
  if (errors !== undefined && errors.length > 0) return unreachableBy(errors[0]);
  if (name === "TimeoutError") return unreachable(undefined);
  if (code === undefined || !UNREACHABLE.has(code)) return undefined;
  return unreachable(hostname ?? (address === undefined ? undefined : `${address}:${port}`));
}

/** The sentence about any other error that AWS answered: the SDK adds what it knows of the answer. Undefined for errors of this program. */
function answeredBy(error: unknown): string | undefined {
  const { name, message, $metadata } = error as Error & { readonly $metadata?: { readonly httpStatusCode?: number } };
  if ($metadata === undefined) return undefined;
  if (error instanceof SyntaxError) {
    return `What answered is not AWS (HTTP status ${$metadata.httpStatusCode}): check the proxy, and AWS_ENDPOINT_URL if it is set.`;
  }
  return `AWS refuses the call: ${name}: ${message}`;
}

/** Runs something that calls AWS; turns the errors that a person can do something about into a {@link Failure}. */
export async function withAwsErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { name = "", message = "" } = error as Error;
    const explain = EXPLANATIONS[name];
    const explanation = explain?.(message) ?? unreachableBy(error) ?? answeredBy(error);
    if (explanation !== undefined) throw new Failure(explanation);
    throw error;
  }
}

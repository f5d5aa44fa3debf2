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

/** What AWS's errors mean to somebody at a keyboard. */
const EXPLANATIONS: Readonly<Record<string, (message: string) => string>> = {
  CredentialsProviderError: () =>
    "There are no AWS credentials: sign in with `aws sso login`, or set AWS_PROFILE or AWS_ACCESS_KEY_ID.",
  ExpiredTokenException: () => "The AWS credentials have expired: sign in again.",
  UnrecognizedClientException: () => "AWS does not accept the credentials: check AWS_PROFILE and AWS_ACCESS_KEY_ID.",
  NoSuchBucket: () => "The bucket for the state does not exist yet: make it with `npm run bootstrap`.",
  AccessDenied: (message) => `AWS does not allow this: ${message}`,
  AccessDeniedException: (message) => `AWS does not allow this: ${message}`,
  ResourceNotFoundException: (message) => `AWS knows no such thing: ${message}`,
};

/** Runs something that calls AWS; turns the errors that a person can do something about into a {@link Failure}. */
export async function withAwsErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { name = "", message = "" } = error as Error;
    const explain = EXPLANATIONS[name];
    if (explain) throw new Failure(explain(message));
    throw error;
  }
}

/** AWS's error names for throttling. */
const THROTTLED: ReadonlySet<string> = new Set([
  "LimitExceededException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "SlowDown",
  "ThrottlingException",
  "ThrottlingError",
  "ThrottledException",
  "ProvisionedThroughputExceeded",
  "TooManyRequestsException",
]);

/** AWS's and Node.js's error names for transient failures. */
const TRANSIENT: ReadonlySet<string> = new Set([
  "InternalErrorException",
  "InternalServerError",
  "ServiceUnavailable",
  "ServiceUnavailableException",
  "TransactionConflict",
  "TransactionConflictException",
  "TransactionInProgressException",
  "TimeoutError",
  "RequestTimeout",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EAI_AGAIN",
]);

/**
 * Forty attempts: a call of which half of the attempts are throttled fails with a probability of 2^-40. A call that is always
 * throttled fails after some minutes.
 */
const MAX_ATTEMPTS = { throttled: 40, transient: 12 } as const;
const FIRST_PAUSE = 25;
const MAX_PAUSE = 5_000;

export interface RetryOptions {
  /** Called for every throttled attempt. */
  readonly onThrottled?: () => void;
}

/**
 * Retries throttled and transient failures with exponential backoff and full jitter. For clients with one attempt
 * (`maxAttempts: 1`): if half of all calls are throttled, the SDK's adaptive mode slows down to one call in two seconds, and
 * its standard mode gives up.
 */
export async function retryThrottled<T>(call: () => Promise<T>, { onThrottled }: RetryOptions = {}): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      const kind = classifyError(error);
      if (kind === undefined || attempt >= MAX_ATTEMPTS[kind]) throw error;
      if (kind === "throttled") onThrottled?.();
      const pause = Math.min(MAX_PAUSE, FIRST_PAUSE * 2 ** attempt);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * pause));
    }
  }
}

/** Whether an error says that a page cannot be continued. Cognito's pagination tokens expire, after an hour or more; it then calls them invalid. */
export function isExpiredToken(error: unknown): boolean {
  return (error as Error).name === "InvalidParameterException";
}

/** The kind of a retryable error; undefined if a retry cannot succeed. */
function classifyError(error: unknown): keyof typeof MAX_ATTEMPTS | undefined {
  const {
    name = "",
    code = "",
    CancellationReasons,
    $metadata,
  } = error as {
    name?: string;
    code?: string;
    CancellationReasons?: ReadonlyArray<{ Code?: string }>;
    $metadata?: { httpStatusCode?: number };
  };
  if (CancellationReasons) {
    // A cancelled transaction is retryable if throttling and conflicts with other transactions were the only reasons.
    const reasons = CancellationReasons.map(({ Code = "None" }) => Code).filter((reason) => reason !== "None");
    if (reasons.length === 0 || !reasons.every((reason) => THROTTLED.has(reason) || TRANSIENT.has(reason)))
      return undefined;
    return reasons.some((reason) => THROTTLED.has(reason)) ? "throttled" : "transient";
  }
  if (THROTTLED.has(name)) return "throttled";
  if (TRANSIENT.has(name) || TRANSIENT.has(code) || ($metadata?.httpStatusCode ?? 0) >= 500) return "transient";
  return undefined;
}

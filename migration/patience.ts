/** AWS's names for "too fast". */
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

/** AWS's and Node.js's names for "not now". */
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
 * So many that a call which is refused half of the time for going too fast gets through in practice always (2^-40). What is
 * refused all the time is given up after some minutes.
 */
const MOST_ATTEMPTS = { throttled: 40, transient: 12 } as const;
const FIRST_PAUSE = 25;
const LONGEST_PAUSE = 5_000;

export interface Patience {
  /** Called each time that a call was refused for going too fast. */
  readonly onThrottled?: () => void;
}

/**
 * Calls AWS until it answers, with random pauses that grow. For clients that make one attempt themselves: where half of all
 * calls are refused, the SDK's adaptive mode goes down to a call in two seconds, and its standard mode gives up for good.
 */
export async function patiently<T>(call: () => Promise<T>, { onThrottled }: Patience = {}): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble === undefined || attempt >= MOST_ATTEMPTS[trouble]) throw error;
      if (trouble === "throttled") onThrottled?.();
      const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** attempt);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * pause));
    }
  }
}

/** What kind of trouble an error is, if it is one that passes. */
function troubleOf(error: unknown): keyof typeof MOST_ATTEMPTS | undefined {
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
    // A cancelled transaction passes if nothing but haste and neighbours was against it.
    const against = CancellationReasons.map(({ Code = "None" }) => Code).filter((reason) => reason !== "None");
    if (against.length === 0 || !against.every((reason) => THROTTLED.has(reason) || TRANSIENT.has(reason)))
      return undefined;
    return against.some((reason) => THROTTLED.has(reason)) ? "throttled" : "transient";
  }
  if (THROTTLED.has(name)) return "throttled";
  if (TRANSIENT.has(name) || TRANSIENT.has(code) || ($metadata?.httpStatusCode ?? 0) >= 500) return "transient";
  return undefined;
}

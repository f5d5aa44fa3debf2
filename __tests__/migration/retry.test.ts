import { retryThrottled } from "../../migration/retry";

/** A call that fails with each of these errors before it succeeds. */
function failing(...errors: object[]) {
  let calls = 0;
  return async () => {
    const error = errors[calls++];
    if (error) throw Object.assign(new Error(), error);
    return calls;
  };
}

const cancelled = (...codes: string[]) => ({
  name: "TransactionCanceledException",
  CancellationReasons: codes.map((Code) => ({ Code })),
});

it.each<[string, object]>([
  ["was throttled", { name: "ThrottlingException" }],
  ["exceeded a table's capacity", { name: "ProvisionedThroughputExceededException" }],
  ["was throttled by Cognito", { name: "TooManyRequestsException" }],
  ["got a server error of AWS", { name: "InternalServerError" }],
  ["got a 5xx status with an unknown name", { name: "Unknown", $metadata: { httpStatusCode: 503 } }],
  ["lost its connection", { code: "ECONNRESET" }],
  ["conflicted with another transaction", cancelled("None", "TransactionConflict")],
  ["was a transaction that exceeded a table's capacity", cancelled("ThrottlingError", "None")],
])("a call that %s is retried", async (_, error) => {
  expect(await retryThrottled(failing(error, error))).toBe(3);
});

it.each<[string, object]>([
  ["a condition does not hold", { name: "ConditionalCheckFailedException", $metadata: { httpStatusCode: 400 } }],
  [
    "a condition of a transaction does not hold, besides a conflict",
    cancelled("TransactionConflict", "ConditionalCheckFailed"),
  ],
  ["it is not allowed", { name: "AccessDeniedException" }],
])("a call is not retried if %s", async (_, error) => {
  await expect(retryThrottled(failing(error))).rejects.toMatchObject(error);
});

it("onThrottled is called for each throttled attempt only", async () => {
  let throttled = 0;
  const onThrottled = () => {
    throttled++;
  };
  await retryThrottled(failing({ name: "ThrottlingException" }, { code: "ECONNRESET" }, cancelled("ThrottlingError")), {
    onThrottled,
  });
  expect(throttled).toBe(2);
});

import { retryThrottled } from "../../migration/retry";

/** A call that fails in these ways, one after the other, before it answers. */
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
  ["was beyond a table's capacity", { name: "ProvisionedThroughputExceededException" }],
  ["was one too many for Cognito", { name: "TooManyRequestsException" }],
  ["met an error of AWS's", { name: "InternalServerError" }],
  ["met an error without a name that is known", { name: "Unknown", $metadata: { httpStatusCode: 503 } }],
  ["lost its connection", { code: "ECONNRESET" }],
  ["met another transaction", cancelled("None", "TransactionConflict")],
  ["was a transaction beyond a table's capacity", cancelled("ThrottlingError", "None")],
])("a call that %s is made again", async (_, error) => {
  expect(await retryThrottled(failing(error, error))).toBe(3);
});

it.each<[string, object]>([
  ["a condition does not hold", { name: "ConditionalCheckFailedException", $metadata: { httpStatusCode: 400 } }],
  [
    "a condition of a transaction does not hold, whatever else",
    cancelled("TransactionConflict", "ConditionalCheckFailed"),
  ],
  ["it is not allowed", { name: "AccessDeniedException" }],
])("a call is not made again where %s", async (_, error) => {
  await expect(retryThrottled(failing(error))).rejects.toMatchObject(error);
});

it("says each time that it was too fast, and only then", async () => {
  let throttled = 0;
  const onThrottled = () => {
    throttled++;
  };
  await retryThrottled(failing({ name: "ThrottlingException" }, { code: "ECONNRESET" }, cancelled("ThrottlingError")), {
    onThrottled,
  });
  expect(throttled).toBe(2);
});

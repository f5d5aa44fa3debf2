import { AwsError } from "../../../lambda/aws/client";
import { causeOf, deadlineOf } from "../../../lambda/trigger/invocation";

const invocation = (remaining: number) => ({ awsRequestId: "1", getRemainingTimeInMillis: () => remaining });

it("the work ends 3.5 seconds after the call, or a quarter of a second before Lambda does", () => {
  expect(deadlineOf(invocation(4000), 1000)).toBe(4500);
  expect(deadlineOf(invocation(3000), 1000)).toBe(3750);
});

it.each([
  [new AwsError("Timeout", true), "Timeout"],
  [new TypeError("ana@example.com is not a function"), "TypeError"],
  ["ana@example.com", "Unknown"],
])("the cause of an error contains no input: %p", (error, cause) => {
  expect(causeOf(error)).toBe(cause);
});

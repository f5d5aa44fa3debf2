import { stepOf } from "../../../cli/page/steps";

const call = (operation: string, input: object, status?: number, answer?: object) => ({
  target: `Service_20120810.${operation}`,
  input: JSON.stringify(input),
  startedAt: 1_010,
  ...(status !== undefined && { endedAt: 1_030, status, answer: JSON.stringify(answer) }),
});
const put = (pk: string) => ({ Put: { Item: { pk: { S: pk } } } });

it.each([
  ["ListUsers", { Filter: 'email = "a@b.c"' }, 200, { Users: [] }, "look-up", 'email = "a@b.c"', "no account"],
  ["ListUsers", { Filter: "f" }, 200, { Users: [{}, {}] }, "look-up", "f", "2 accounts"],
  [
    "ListUsers",
    { Filter: "f" },
    400,
    { __type: "TooManyRequestsException" },
    "look-up",
    "f",
    "TooManyRequestsException",
  ],
  [
    "TransactWriteItems",
    { TransactItems: [put("A"), put("B")] },
    200,
    {},
    "reservation",
    "A, B",
    "all written, in one transaction",
  ],
  ["TransactWriteItems", { TransactItems: [put("A")] }, 200, {}, "reservation", "A", "written"],
  [
    "TransactWriteItems",
    { TransactItems: [put("A"), put("B")] },
    400,
    { CancellationReasons: [{ Code: "None" }, { Code: "ConditionalCheckFailed" }] },
    "reservation",
    "A, B",
    "nothing written: there already is B",
  ],
  [
    "TransactWriteItems",
    { TransactItems: [put("A")] },
    400,
    {
      __type: "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
      CancellationReasons: [{ Code: "TransactionConflict" }],
    },
    "reservation",
    "A",
    "TransactionCanceledException",
  ],
  ["DeleteItem", { Key: { pk: { S: "A" } } }, 200, {}, "release", "A", "removed, because the sign-up is refused"],
  ["AdminGetUser", { Username: "ana" }, 200, {}, "other", "ana", "done"],
  ["AdminGetUser", { Username: "ana" }, undefined, undefined, "other", "ana", "not waited for: it was decided by then"],
])("%s %j: %j %j", (operation, input, status, answer, kind, about, result) => {
  expect(stepOf(call(operation, input, status, answer), 1_000)).toEqual({
    kind,
    operation,
    about,
    result,
    from: 10,
    to: status === undefined ? undefined : 30,
  });
});

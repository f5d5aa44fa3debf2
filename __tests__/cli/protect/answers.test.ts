import type { DescribeUserPoolCommandOutput } from "@aws-sdk/client-cognito-identity-provider";
import { poolIn } from "../../../cli/described-pool";
import { Failure } from "../../../cli/failure";
import { objectIn, statementsIn, variablesIn } from "../../../cli/protect/answers";

const ID = "eu-west-1_AbCdEfGhI";
const ARN = "arn:aws:lambda:eu-west-1:111122223333:function:acme-prod-pre-sign-up";
const POOL = { Id: ID, Arn: `arn:aws:cognito-idp:eu-west-1:111122223333:userpool/${ID}` };

const failing = (work: () => unknown) => {
  expect(work).toThrow(Failure);
  return expect(work);
};

it.each(["", "{", "null", "[]", "4711", "<html>secret</html>"])(
  "the text %j is no answer, and is not shown",
  (text) => {
    failing(() => objectIn(text, "What it prints")).toThrow(
      "What it prints cannot be read: it is no JSON object. Run the command again.",
    );
  },
);

it.each<[string, Partial<DescribeUserPoolCommandOutput>]>([
  ["is empty", {}],
  ["has an empty pool", { UserPool: {} }],
  ["has a pool without an ARN", { UserPool: { Id: ID } }],
  ["has another pool", { UserPool: { ...POOL, Id: "eu-west-1_other" } }],
])("an answer that %s describes no pool", (_, answer) => {
  failing(() => poolIn(answer, ID)).toThrow(`does not describe the pool ${ID}.`);
  expect(poolIn({ UserPool: POOL }, ID)).toBe(POOL);
});

it("a function whose variables are not shown is not taken for one with the defaults", () => {
  for (const answer of [{}, { Environment: {} }, { Environment: { Variables: {} } }]) {
    failing(() => variablesIn(answer, ARN)).toThrow(`does not show the environment variables of ${ARN}:`);
  }
  const hidden = { Environment: { Error: { ErrorCode: "AccessDeniedException", Message: "…" } } };
  failing(() => variablesIn(hidden, ARN)).toThrow("(AccessDeniedException)");
  const Variables = { LOG_LEVEL: "INFO" };
  expect(variablesIn({ Environment: { Variables } }, ARN)).toBe(Variables);
});

it.each([undefined, "{", "{}", '{"Statement":"Allow"}', '{"Statement":[null]}'])("%j is no policy", (policy) => {
  failing(() => statementsIn(policy)).toThrow(/^The policy of the function cannot be read: /);
  expect(statementsIn('{"Statement":[{"Effect":"Allow"}]}')).toEqual([{ Effect: "Allow" }]);
});

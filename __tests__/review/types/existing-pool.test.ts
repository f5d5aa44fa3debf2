import type { Plan, ResourceChange } from "../../../review/plan";
import { toldOutputs } from "../../../review/rules/outputs";
import { existingPool } from "../../../review/types/existing-pool";
import { VARIABLES } from "../../../review/types/function-variables";
import { IAM_ROLE_POLICY } from "../../../review/types/iam-role-policy";
import { LAMBDA_PERMISSION } from "../../../review/types/lambda-permission";
import type { At, ResourceType } from "../../../review/types/type";
import type { Value } from "../../../review/value";
import type { Block } from "../../support/stack";

const ACCOUNT = "111122223333";
const poolArn = (id: string) => `arn:aws:cognito-idp:eu-west-1:${ACCOUNT}:userpool/${id}`;
const CALLED = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:only-acme:live`;
const KEPT = {
  arn: poolArn("eu-west-1_Kept00001"),
  username_attributes: ["phone_number"],
  lambda_config: [{ pre_sign_up: CALLED }],
};
const OTHER = { arn: poolArn("eu-west-1_Other0001") };

/** A plan that reads these pools, with a function that is told these variables. */
function planOf(pools: readonly Block[], variables: Block = {}, resources: readonly Block[] = []): Plan {
  const fn = { function_name: "acme-prod-pre-sign-up", environment: [{ variables }] };
  const data = (type: string, values: Block, index = 0) => ({
    type,
    mode: "data",
    address: `data.${type}.${index}`,
    values,
  });
  const change = { type: "aws_lambda_function", mode: "managed", action: "create", address: "aws_lambda_function.x" };
  return {
    resources: [{ ...change, before: null, after: fn }, ...resources],
    state: [
      data("aws_caller_identity", { account_id: ACCOUNT }),
      ...pools.map((values, index) => data("aws_cognito_user_pool", values, index)),
    ],
    outputs: [],
  } as unknown as Plan;
}

function placeIn(plan: Plan): At {
  const change = {
    action: "create",
    address: "x",
    after: { role: "x" },
    afterUnknown: {},
  } as unknown as ResourceChange;
  return { change, plan, isNew: true, template: undefined };
}

const found = ({ attributes }: ResourceType, path: string, to: Value, plan: Plan): string[] =>
  (attributes[path]?.finds(undefined, to, placeIn(plan)) ?? []).map(({ rule }) => rule);

const policy = (Action: string, Resource: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] });

it("a pool is one that is protected where the plan reads it alone, and makes none", () => {
  const made = { type: "aws_cognito_user_pool", mode: "managed", address: "x", before: null, after: {} };
  expect(existingPool(planOf([KEPT]))).toBe(KEPT);
  expect(existingPool(planOf([]))).toBeUndefined();
  expect(existingPool(planOf([KEPT, OTHER]))).toBeUndefined();
  expect(existingPool(planOf([KEPT], {}, [{ ...made, action: "create" }]))).toBeUndefined();
});

it("that pool alone may call the function", () => {
  expect(found(LAMBDA_PERMISSION, "source_arn", KEPT.arn, planOf([KEPT]))).toEqual([]);
  expect(found(LAMBDA_PERMISSION, "source_arn", OTHER.arn, planOf([KEPT]))).toEqual(["permission-wide"]);
  expect(found(LAMBDA_PERMISSION, "source_arn", OTHER.arn, planOf([KEPT, OTHER]))).toEqual(["permission-wide"]);
});

it("the function may look into that pool alone", () => {
  const allowed = (arn: string) =>
    found(IAM_ROLE_POLICY, "policy", policy("cognito-idp:ListUsers", arn), planOf([KEPT]));
  expect(allowed(KEPT.arn)).toEqual([]);
  expect(allowed(OTHER.arn)).toEqual(["role-rights"]);
  expect(allowed("*")).toEqual(["role-rights"]);
});

it("the function may call the one that it is told to ask, and no other", () => {
  const plan = planOf([KEPT], { POOLS_FUNCTION: CALLED });
  const allowed = (arn: string, of = plan) =>
    found(IAM_ROLE_POLICY, "policy", policy("lambda:InvokeFunction", arn), of);
  expect(allowed(CALLED)).toEqual([]);
  expect(allowed(CALLED.replace(":live", ""))).toEqual(["role-rights"]);
  expect(allowed("*")).toEqual(["role-rights"]);
  expect(allowed(CALLED, planOf([KEPT]))).toEqual(["role-rights"]);
});

it("the function begins to ask the one that the pool calls today, and no other", () => {
  const isFine = (from: Value, to: Value, pools: readonly Block[] = [KEPT]) =>
    VARIABLES.POOLS_FUNCTION?.isFine(from, to, placeIn(planOf(pools)));
  expect(isFine(undefined, CALLED)).toBe(true);
  expect(isFine(undefined, `${CALLED}r`)).toBe(false);
  expect(isFine(undefined, CALLED, [OTHER])).toBe(false);
  expect(isFine(CALLED, undefined)).toBe(false);
  expect(isFine(`${CALLED}r`, CALLED)).toBe(false);
});

it("the function begins to ask the one that a pool calls which the plan imports, and no other", () => {
  const imported = (pre_sign_up: string) => ({
    ...{ type: "aws_cognito_user_pool", mode: "managed", address: "x", action: "update", importing: {} },
    before: { lambda_config: [{ pre_sign_up }] },
    after: {},
  });
  const isFine = (...pools: Block[]) =>
    VARIABLES.POOLS_FUNCTION?.isFine(undefined, CALLED, placeIn(planOf([], {}, pools)));
  expect(isFine(imported(CALLED))).toBe(true);
  expect(isFine(imported(`${CALLED}r`))).toBe(false);
  expect(isFine(imported(CALLED), { ...imported(CALLED), address: "y" })).toBe(false);
});

it("what users of that pool sign in with is kept unique", () => {
  const isFine = (identifiers: object) =>
    VARIABLES.IDENTIFIERS?.isFine(undefined, JSON.stringify(identifiers), placeIn(planOf([KEPT])));
  expect(isFine({ phone_number: "required" })).toBe(true);
  expect(isFine({ email: "required" })).toBe(false);
});

it("the output that its owner takes the trigger from is the function", () => {
  const output = { name: "PreSignUpFunctionArn", action: "create", before: null, after: CALLED };
  const plan = (expression: string, after: Value = undefined) =>
    ({
      ...planOf([KEPT]),
      outputs: [{ ...output, after, afterUnknown: after === undefined }],
      configuration: { outputs: [{ name: output.name, expression: { constant_value: expression } }], resources: [] },
    }) as unknown as Plan;
  expect(toldOutputs(plan("${aws_lambda_function.pre_sign_up.arn}"))).toEqual([]);
  expect(toldOutputs(plan(CALLED, CALLED))).toMatchObject([{ rule: "output-changed" }]);
});

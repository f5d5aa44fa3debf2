import type { z } from "zod";
import { fields } from "../setting/kinds";
import type { Problem } from "../setting/problems";
import { regionProblems } from "../setting/regions";
import { optional } from "../setting/setting";
import { functionArn } from "../trigger-function/settings";
import { userPoolId } from "../user-pool/settings";

const existingPool = fields(
  {
    /** Of a pool of this account, which is managed elsewhere. */
    userPoolId,
    /** The Pre-SignUp function that the pool calls today: a pool calls one, so it is asked after the project's. */
    preSignUp: functionArn.optional().meta({ leftOut: "the pool calls none" }),
  },
  "{ userPoolId, preSignUp }",
);

export const existingPoolSettings = {
  existingPool: optional(existingPool, {
    doc: "`{ userPoolId, preSignUp }` of a pool that is managed elsewhere and stays so: its sign-ups are checked, its users stay ([how](docs/protect-a-pool.md)). Settings of the pool and of its clients are not possible beside it; `aliasAttributes` or `usernameAttributes` say what the pool has",
    none: "a pool is made",
    source: '"PreSignUp" of LambdaConfigType, Cognito API reference',
  }),
};

export type ExistingPool = z.output<typeof existingPool>;

/** What an existing pool must not be together with. `ownFunction` is the name of the project's function. */
export function existingPoolProblems(
  { userPoolId: id, preSignUp }: ExistingPool,
  {
    region,
    ownFunction,
    ownCheck,
  }: { region: string; ownFunction: string; ownCheck: { readonly functionArn?: string | undefined } | undefined },
): Problem[] {
  const problem = (field: string, value: unknown, allowed: string): Problem[] => [
    { path: ["existingPool", field], value, allowed },
  ];
  return [
    ...(id.startsWith(`${region}_`)
      ? []
      : problem(
          "userPoolId",
          id,
          `a pool of the environment's Region, ${region}: Cognito calls functions of its Region`,
        )),
    ...regionProblems(["existingPool", "preSignUp"], preSignUp, region, `a function of the Region ${region}`),
    ...(preSignUp?.split(":")[6] === ownFunction
      ? problem("preSignUp", preSignUp, "another function than the project's own, which would call itself")
      : []),
    ...(preSignUp !== undefined && ownCheck !== undefined
      ? problem("preSignUp", preSignUp, "nothing beside triggers.preSignUp: one of them can follow the project's check")
      : []),
    ...(preSignUp === undefined && ownCheck?.functionArn !== undefined
      ? [
          {
            path: ["triggers", "preSignUp", "functionArn"],
            value: ownCheck.functionArn,
            allowed: "nothing beside existingPool: existingPool.preSignUp names the function that its pool called",
          },
        ]
      : []),
  ];
}

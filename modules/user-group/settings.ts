import { z } from "zod";
import { fields, roleArn, text, wholeNumber } from "../setting/kinds";
import type { Problem } from "../setting/problems";
import { roleProblems } from "../setting/regions";
import { optional } from "../setting/setting";

/** "CreateGroup", Cognito API reference. */
export const userGroup = fields(
  {
    description: text(/^[\s\S]{1,2048}$/, "a text of 1 to 2048 characters").optional(),
    /** Of a user's groups, the one with the lowest number decides about the role. @default none */
    precedence: wholeNumber(0, 2 ** 31 - 1, "rank")
      .optional()
      .meta({ leftOut: "none" }),
    /** Role that an identity pool gives the group's users. @default none */
    roleArn: roleArn("administrators").optional().meta({ leftOut: "none" }),
  },
  "{ description, precedence, roleArn }",
);

export const userGroupName = text(
  /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u,
  "a group name of 1 to 128 letters, digits, signs or punctuation, without blanks",
);

export const userGroupsSettings = {
  groups: optional(
    z.record(userGroupName, userGroup, { error: "{ administrators: { description, precedence, roleArn }, … }" }),
    {
      doc: "`{ administrators: { description, precedence, roleArn } }`: groups of users, a claim of their tokens",
      none: "none",
      source: '"CreateGroup", Cognito API reference',
    },
  ),
};

/** Users of a group can be given a role of the pool's own partition only. */
export function userGroupsProblems(
  groups: Readonly<Record<string, z.output<typeof userGroup>>> = {},
  region: string,
): Problem[] {
  return Object.entries(groups).flatMap(([name, { roleArn }]) =>
    roleProblems(["groups", name, "roleArn"], roleArn, region),
  );
}

import { fields, roleArn, text, wholeNumber } from "../setting/kinds";

/** "CreateGroup", Cognito API reference. */
export const userGroup = fields(
  {
    description: text(/^[\s\S]{1,2048}$/, "a text of 1 to 2048 characters").optional(),
    /** Of a user's groups, the one with the lowest number decides about the role. @default none */
    precedence: wholeNumber(0, 2 ** 31 - 1, "rank").optional(),
    /** Role that an identity pool gives the group's users. @default none */
    roleArn: roleArn("administrators").optional(),
  },
  "{ description, precedence, roleArn }",
);

export const userGroupName = text(
  /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u,
  "a group name of 1 to 128 letters, digits, signs or punctuation, without blanks",
);

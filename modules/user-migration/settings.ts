import { DEFAULT_IDENTIFIERS } from "../../lambda/trigger/options";
import { type Options, toVariables } from "../../lambda/user-migration/options";
import { variablesProblems } from "../bundled-function/settings";
import { fields, roleArn, text, trueOrFalse } from "../setting/kinds";
import type { Problem } from "../setting/problems";
import { regionProblems } from "../setting/regions";
import { optional } from "../setting/setting";
import { userPoolId } from "../user-pool/settings";

export const migrateFrom = fields(
  {
    /** The pool that accounts come from; its id says in which Region it is. */
    userPoolId,
    /** An app client of that pool, without a secret, with the flow ALLOW_ADMIN_USER_PASSWORD_AUTH and no other. */
    clientId: text(/^[\w+]{1,128}$/, "the id of an app client of that pool, such as 1example23456789"),
    /** Role of another account that may ask that pool. @default the function asks for itself, in its own account */
    roleArn: roleArn("old-pool-reader")
      .optional()
      .meta({ leftOut: "the function asks for itself, in its own account" }),
    /** What that role's trust policy asks for: "ExternalId" of AssumeRole, STS API reference. @default nothing */
    externalId: text(/^[\w+=,.@:/-]{2,1224}$/, "2 to 1224 letters, digits or _ + = , . @ : / -")
      .optional()
      .meta({ leftOut: "nothing" }),
    /** Whether a username that is an e-mail address, or a phone number, becomes the account's old id where this pool does not accept it. */
    renameToId: trueOrFalse.optional().meta({ leftOut: "false" }),
  },
  "{ userPoolId, clientId, roleArn, externalId, renameToId }",
).refine(({ roleArn, externalId }) => roleArn !== undefined || externalId === undefined, {
  error: "an externalId only beside the roleArn that asks for it",
});

export const userMigrationSettings = {
  migrateFrom: optional(migrateFrom, {
    doc: "`{ userPoolId, clientId, roleArn, externalId, renameToId }` of the pool whose accounts move here, passwords included, when their owners first sign in or forget their password ([how](docs/migrating-on-sign-in.md)); `roleArn` and `externalId` for a pool of another account",
    none: "no other pool is asked",
    source: '"AdminInitiateAuth", Cognito API reference; "AssumeRole", STS API reference',
  }),
};

/** What is wrong with these options in a function of this Region. */
export function userMigrationProblems({ migrateFrom, ...common }: Options, region: string): Problem[] {
  const { roleArn } = migrateFrom;
  const { identifiers = DEFAULT_IDENTIFIERS } = common;
  const usernames = "nothing beside usernameAttributes: accounts keep the usernames that they have in the other pool";
  return [
    ...(identifiers.username ? [] : [{ path: ["migrateFrom"], value: migrateFrom, allowed: usernames }]),
    ...regionProblems(["migrateFrom", "roleArn"], roleArn, region, `a role of the partition of ${region}`),
    ...variablesProblems(toVariables({ migrateFrom, ...common }), { path: ["migrateFrom"], value: migrateFrom }),
  ];
}

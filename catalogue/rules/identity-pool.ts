import { type Block, refused, rule, written } from "./rule";

const IDENTITY = (name: string) => `"${name}", Cognito Identity API reference`;
const roleArn = "arn:aws:iam::111122223333:role/editors";
const mapping = (roleMapping: object) => ({ identityPool: { roleMapping } });
const matching = { claim: "given_name", matchType: "Equals", value: "pro", roleArn };

export const identityPool = [
  rule(
    "identity-pool-name",
    "An identity pool's name has 1 to 128 letters, digits, blanks or `_ + = , . @ -`.",
    IDENTITY("CreateIdentityPool"),
    written(
      "it is made of the names of project and environment",
      "cognito_identity_pool",
      ({ identity_pool_name: name }) => /^[\w +=,.@-]{1,128}$/.test(name),
      { identity_pool_name: "acme/dev" },
    ),
  ),
  rule(
    "ambiguous-roles",
    "A role mapping says what happens where no role is found.",
    IDENTITY("RoleMapping"),
    refused(
      "identityPool.roleMapping.ambiguousRoleResolution",
      mapping({ type: "Token" }),
      mapping({ type: "Token", ambiguousRoleResolution: "Deny" }) as object,
    ),
  ),
  rule(
    "role-rules",
    "A role mapping of type Rules has rules.",
    IDENTITY("RoleMapping"),
    refused(
      "identityPool.roleMapping.rules",
      mapping({ type: "Rules", ambiguousRoleResolution: "Deny", rules: [] }),
      mapping({ type: "Rules", ambiguousRoleResolution: "Deny", rules: [matching] }) as object,
    ),
  ),
  rule(
    "identity-pool-roles",
    "An identity pool has roles for authenticated and unauthenticated users.",
    IDENTITY("SetIdentityPoolRoles"),
    written(
      "no other is written",
      "cognito_identity_pool_roles_attachment",
      ({ roles }: Block) => Object.keys(roles).every((name) => ["authenticated", "unauthenticated"].includes(name)),
      { roles: { guests: roleArn } },
    ),
  ),
];

import { API, long, many, refused, rule, written } from "./rule";

const server = (scopes: Readonly<Record<string, string>>, identifier?: string) => ({
  resourceServers: { orders: { scopes, ...(identifier !== undefined && { identifier }) } },
});
const group = (settings: object, name = "admins") => ({ groups: { [name]: settings } });

export const resourceServers = [
  rule(
    "scope-name",
    "A scope's name has no slash and no blank.",
    API("ScopeName", "ResourceServerScopeType"),
    refused("resourceServers.orders.scopes.a/b", server({ "a/b": "Read" }), server({ "a.b": "Read" })),
  ),
  rule(
    "scope-description",
    "A scope's description has 1 to 256 characters.",
    API("ScopeDescription", "ResourceServerScopeType"),
    refused("resourceServers.orders.scopes.read", server({ read: long(257) }), server({ read: long(256) })),
  ),
  rule(
    "most-scopes-of-a-server",
    "A resource server has at most 100 scopes.",
    API("Scopes", "CreateResourceServer"),
    refused("resourceServers.orders.scopes", server(many(101, "Read")), server(many(100, "Read"))),
  ),
  rule(
    "server-identifier",
    "A resource server's identifier has 1 to 256 characters.",
    API("Identifier", "CreateResourceServer"),
    refused(
      "resourceServers.orders.identifier",
      server({ read: "Read" }, long(257)),
      server({ read: "Read" }, long(256)),
    ),
  ),
];

export const groups = [
  rule(
    "group-name-length",
    "A group's name has 1 to 128 characters.",
    API("GroupName", "CreateGroup"),
    refused(`groups.${long(129)}`, group({}, long(129)), group({}, long(128))),
  ),
  rule(
    "group-precedence",
    "A group's precedence is 0 to 2,147,483,647.",
    API("Precedence", "CreateGroup"),
    refused("groups.admins.precedence", group({ precedence: -1 }), group({ precedence: 2_147_483_647 })),
  ),
  rule(
    "group-description",
    "A group's description has at most 2048 characters.",
    API("Description", "CreateGroup"),
    refused("groups.admins.description", group({ description: long(2049) }), group({ description: long(2048) })),
  ),
  rule(
    "group-role",
    "A group's role is an ARN.",
    API("RoleArn", "CreateGroup"),
    refused(
      "groups.admins.roleArn",
      group({ roleArn: "admin" }),
      group({ roleArn: "arn:aws:iam::111122223333:role/admin" }),
    ),
  ),
  rule(
    "group-name-without-blanks",
    "A group's name has no blanks.",
    API("GroupName", "CreateGroup"),
    refused("groups.the admins", group({}, "the admins"), group({}, "the-admins")),
  ),
  rule(
    "group-names-differ",
    "A pool's groups have different names.",
    API("CreateGroup"),
    written(
      "they are the keys of groups",
      "cognito_user_group",
      (_, { aws_cognito_user_group: groups = {} }) =>
        new Set(Object.values(groups).map(({ name }) => name)).size === Object.keys(groups).length,
      { name: "administrators" },
    ),
  ),
];

import { z } from "zod";
import { distinct, fields, literal, oneOf, roleArn, text, trueOrFalse } from "../setting/kinds";
import type { Problem } from "../setting/problems";
import { partitionOf, roleProblems } from "../setting/regions";
import { optional } from "../setting/setting";
import { hasUsers } from "../user-pool-client/has-users";

const ambiguousRoleResolution = oneOf(["AuthenticatedRole", "Deny"]);
const claim = text(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,64}$/u, "a claim of 1 to 64 characters, such as custom:plan");
const VALUE = "a text of 1 to 128 characters";

/** "MappingRule", Cognito Identity API reference. */
const rule = fields(
  {
    claim,
    matchType: oneOf(["Equals", "Contains", "StartsWith", "NotEqual"]),
    value: literal(z.string({ error: VALUE }).min(1, { error: VALUE }).max(128, { error: VALUE }), VALUE),
    roleArn: roleArn("editors"),
  },
  "{ claim, matchType, value, roleArn }",
);
const RULES = "a list of 1 to 25 rules { claim, matchType, value, roleArn }";
const ROLE_MAPPING =
  '{ type: "Token", ambiguousRoleResolution } or { type: "Rules", ambiguousRoleResolution, rules: [{ claim, matchType, value, roleArn }] }';

const TAGS =
  'at most 50 tags as { department: "custom:department" }: the tag\'s key of 1 to 128 characters, and a claim; keys differ by more than letter case';

/** What an identity pool has, beside the clients. */
const own = {
  /** Anybody on the internet gets credentials of the guests' role, without an account. @default false */
  allowUnauthenticatedIdentities: trueOrFalse.optional().meta({ leftOut: "false" }),
  /** The basic flow, in which an app may ask for a role by itself. @default false */
  allowClassicFlow: trueOrFalse.optional().meta({ leftOut: "false" }),
  /** A user who was signed out, disabled or deleted gets no more credentials. @default true */
  serverSideTokenCheck: trueOrFalse.optional().meta({ leftOut: "true" }),
  /** Users get the role of their group (`Token`), or by a claim (`Rules`). @default the role of users who are signed in */
  roleMapping: z
    .discriminatedUnion(
      "type",
      [
        fields({ type: z.literal("Token"), ambiguousRoleResolution }, ROLE_MAPPING),
        fields(
          {
            type: z.literal("Rules"),
            ambiguousRoleResolution,
            rules: z.array(rule, { error: RULES }).min(1, { error: RULES }).max(25, { error: RULES }),
          },
          ROLE_MAPPING,
        ),
      ],
      { error: ROLE_MAPPING },
    )
    .optional(),
  /** Claims as tags of the session, for conditions in policies. @default none */
  principalTags: z
    .record(text(/^[\p{L}\p{Z}\p{N}_.:/=+@-]{1,128}$/u, TAGS), claim, { error: TAGS })
    .refine((all) => Object.keys(all).length > 0 && Object.keys(all).length <= 50, { error: TAGS })
    // "Pass session tags in AWS STS", IAM user guide: Department and department are one key.
    .refine((all) => new Set(Object.keys(all).map((key) => key.toLowerCase())).size === Object.keys(all).length, {
      error: TAGS,
    })
    .optional(),
};

export const identityPool = fields(own, `{ ${Object.keys(own).join(", ")} }`);
export type IdentityPoolSettings = z.output<typeof identityPool>;

/** The name of an environment's own client, beside those of `clients`. */
export const OWN_CLIENT = "user-pool";
const CLIENTS = `a list of different names of clients; ${OWN_CLIENT} is the environment's own`;

/** The same in an environment, where clients have names. */
const identityPoolOfEnvironment = fields(
  {
    /** Clients whose users get credentials. @default all that sign users in */
    clients: distinct(z.string({ error: CLIENTS }), CLIENTS)
      .min(1, { error: CLIENTS })
      .optional()
      .meta({ leftOut: "all that sign users in" }),
    ...own,
  },
  `{ clients, ${Object.keys(own).join(", ")} }`,
);

export const identityPoolSettings = {
  identityPool: optional(identityPoolOfEnvironment, {
    doc: "`{ clients, roleMapping, principalTags, allowUnauthenticatedIdentities }`, or `{}`: users get credentials of AWS, of a role that may do nothing until `customize` lets it",
    none: "no identity pool",
    source: '"CreateIdentityPool", "SetIdentityPoolRoles", Cognito Identity API reference',
  }),
};

/** "Identity pools", Cognito developer guide; in GovCloud and China the service has other names. */
export function identityService(region: string): string {
  const partition = partitionOf(region);
  if (partition === "aws-us-gov") return "cognito-identity-us-gov.amazonaws.com";
  if (partition === "aws-cn") return `cognito-identity.${region}.amazonaws.com.cn`;
  return "cognito-identity.amazonaws.com";
}

interface Client {
  readonly clientType: string;
}

/** The clients whose users get credentials, of all clients by name. */
export function identityPoolClients(
  chosen: readonly string[] | undefined,
  clients: Readonly<Record<string, Client>>,
): string[] {
  return chosen === undefined ? withUsers(clients) : [...chosen];
}

function withUsers(clients: Readonly<Record<string, Client>>): string[] {
  return Object.entries(clients).flatMap(([name, client]) => (hasUsers(client) ? [name] : []));
}

/** Problems at their places in the settings. @param customAttributes of the pool, as `custom:<name>`. @default not known: any may be named */
export function identityPoolProblems(
  { roleMapping, principalTags = {} }: IdentityPoolSettings,
  region: string,
  customAttributes?: readonly string[],
): Problem[] {
  const rules = roleMapping?.type === "Rules" ? roleMapping.rules : [];
  const claims = [
    ...Object.entries(principalTags).map(([tag, claim]) => ({ path: ["principalTags", tag], claim })),
    ...rules.map(({ claim }, index) => ({ path: ["roleMapping", "rules", index, "claim"], claim })),
  ];
  const unknown = claims.filter(
    ({ claim }) => claim.startsWith("custom:") && customAttributes?.includes(claim) === false,
  );
  const allowed = `custom attributes of the pool: ${customAttributes?.join(", ") || "there are none"}`;
  return [
    ...rules.flatMap(({ roleArn }, index) => roleProblems(["roleMapping", "rules", index, "roleArn"], roleArn, region)),
    ...unknown.map(({ path, claim }) => ({ path, value: claim, allowed })),
  ];
}

/** Clients that are not there, or that sign no user in. */
export function identityPoolClientProblems(
  chosen: readonly string[] | undefined,
  clients: Readonly<Record<string, Client>>,
): Problem[] {
  const names = withUsers(clients);
  const allowed = `clients that sign users in: ${names.join(", ") || "there are none"}`;
  if (names.length === 0) return [{ path: ["identityPool"], value: { clients: chosen }, allowed }];
  return (chosen ?? []).flatMap((name, index) =>
    names.includes(name) ? [] : [{ path: ["identityPool", "clients", index], value: name, allowed }],
  );
}

import { isList, isObject, isSame, type Json, type JsonObject } from "../json";
import { after, before, type Rule, UNKNOWN } from "./rule";

/** OpenID Connect's claims, which are attributes of every pool: "Standard attributes", Amazon Cognito developer guide. */
const STANDARD = [
  ...[
    "sub",
    "name",
    "given_name",
    "family_name",
    "middle_name",
    "nickname",
    "preferred_username",
    "profile",
    "picture",
  ],
  ...["website", "email", "email_verified", "gender", "birthdate", "zoneinfo", "locale", "phone_number"],
  ...["phone_number_verified", "address", "updated_at"],
];

/** The provider plans any edit as an update in place, and finds out at apply that Cognito can only add custom attributes. */
export const userPoolSchema: Rule = {
  id: "user-pool-schema",
  types: ["aws_cognito_user_pool"],
  finds: (change) => {
    if (change.action !== "update") return undefined;
    const planned = after(change, "schema");
    if (planned === UNKNOWN) return "The attributes are only known once it is applied: it may fail half-way.";
    const [old, now] = [byName(before(change, "schema")), byName(planned)];
    const problems = [
      ...[...old.keys()].filter((name) => !now.has(name)).map((name) => `${name} cannot be removed`),
      ...[...now].flatMap(([name, attribute]) => {
        const known = old.get(name);
        if (known) return isSame(known, attribute) ? [] : [`${name} cannot be changed`];
        if (STANDARD.includes(name)) return [`${name} would become custom:${name}`];
        return attribute.required === true ? [`${name} cannot be required, because it is added later`] : [];
      }),
    ];
    return problems.length === 0
      ? undefined
      : `Cognito can only add custom attributes to a pool that exists: ${problems.join("; ")}. It plans, but fails when it is applied.`;
  },
};

function byName(schema: Json | undefined): Map<string, JsonObject> {
  const attributes = isList(schema) ? schema.filter(isObject) : [];
  return new Map(attributes.map((attribute) => [String(attribute.name), attribute]));
}

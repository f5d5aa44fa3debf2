import { isList, isObject, isSame, type Json, type JsonObject } from "../json";
import { at, isUnset, texts, UNKNOWN, type Value } from "../value";
import type { At, Attribute, Found } from "./type";

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

/**
 * The provider plans any edit as an update in place, and finds out at apply, after it has changed other things, that Cognito can
 * only add custom attributes. So no allowance helps.
 */
export const schema: Attribute = {
  kind: "guarded",
  rule: "user-pool-schema",
  finds: (from, planned, { isNew, change }) => {
    if (planned === UNKNOWN) {
      return fails("The attributes are only known once it is applied: it may fail half-way.");
    }
    const [old, now] = [byName(from === UNKNOWN ? null : from), byName(planned)];
    const impossible = impossibleIn(planned);
    if (impossible.length > 0) {
      return fails(
        `Cognito refuses these attributes: ${impossible.join("; ")}. It plans, but fails when it is applied, with half of the changes made.`,
      );
    }
    if (isNew) return missing(now, change);
    if (change.action !== "update") return [];
    const problems = [
      ...[...old.keys()].filter((name) => !now.has(name)).map(removed),
      ...[...now].flatMap(([name, attribute]) => {
        const known = old.get(name);
        if (known) return isSame(known, attribute) ? [] : [`${name} cannot be changed`];
        if (STANDARD.includes(name)) return [`${name} would become custom:${name}`];
        return attribute.required === true ? [`${name} cannot be required, because it is added later`] : [];
      }),
    ];
    return problems.length === 0
      ? []
      : fails(
          `Cognito can only add custom attributes to a pool that exists: ${problems.join("; ")}. It plans, but fails when it is applied, with half of the changes made.`,
        );
  },
};

/** "SchemaAttributeType", Cognito API reference. */
const MOST_CUSTOM = 50;
const LONGEST_NAME = 20;

/** What no pool can have, whether it is there already or not. */
function impossibleIn(planned: Json | undefined): string[] {
  const attributes = isList(planned) ? planned.filter(isObject) : [];
  const names = attributes.map(({ name }) => String(name));
  const custom = names.filter((name) => !STANDARD.includes(name));
  return [
    ...[...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map(
      (name) => `${name} is there twice`,
    ),
    ...custom
      .filter((name) => name.length > LONGEST_NAME)
      .map((name) => `${name} is longer than ${LONGEST_NAME} characters`),
    ...(custom.length > MOST_CUSTOM ? [`there are more than ${MOST_CUSTOM} custom ones`] : []),
    ...attributes.flatMap((attribute) => {
      const [text, number] = [attribute.string_attribute_constraints, attribute.number_attribute_constraints];
      return isReversed(text, "min_length", "max_length") || isReversed(number, "min_value", "max_value")
        ? [`${String(attribute.name)} begins above its end`]
        : [];
    }),
  ];
}

function isReversed(constraints: Json | undefined, least: string, most: string): boolean {
  const [min, max] = [least, most].map((name) => at(constraints, 0, name));
  return !isUnset(min) && !isUnset(max) && Number(min) > Number(max);
}

function removed(name: string): string {
  return `${name} cannot be removed (where it was added by hand, write it into the configuration)`;
}

/** What users of a pool sign in with beside a username, or instead of one. */
export function signInAttributes({ after }: { readonly after: Value }): string[] {
  return [...texts(at(after, "alias_attributes")), ...texts(at(after, "username_attributes"))];
}

/**
 * Where users sign in with an e-mail address, an account without a required, changeable one has nothing that tells it from others. Without
 * usernames, users can have a phone number instead.
 */
function missing(schema: ReadonlyMap<string, JsonObject>, { after }: At["change"]): Found[] {
  const email = schema.get("email");
  const hasChoice = texts(at(after, "username_attributes")).length > 1;
  if (hasChoice || !signInAttributes({ after }).includes("email")) return [];
  return email?.required === true && email.mutable === true
    ? []
    : [
        {
          rule: "user-pool-schema",
          why: "Users could sign up without an e-mail address, or never change it: nothing keeps them unique, and it cannot be changed later.",
        },
      ];
}

function fails(why: string): Found[] {
  return [{ rule: "user-pool-schema", why, allowable: false }];
}

function byName(schema: Json | undefined): Map<string, JsonObject> {
  const attributes = isList(schema) ? schema.filter(isObject) : [];
  return new Map(attributes.map((attribute) => [String(attribute.name), attribute]));
}

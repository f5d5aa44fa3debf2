import { z } from "zod";
import { fields, text, trueOrFalse } from "../setting/kinds";
import type { Problem } from "../setting/problems";
import { type Complete, optional } from "../setting/setting";
import { needsEmail, type SignInNames, signsInWith } from "./sign-in-names";

/** "User pool attributes", Cognito developer guide: OpenID Connect's claims, but for `sub` and what Cognito sets itself. */
export const STANDARD_ATTRIBUTES = [
  ...[
    "email",
    "address",
    "birthdate",
    "family_name",
    "gender",
    "given_name",
    "locale",
    "middle_name",
    "name",
    "nickname",
  ],
  ...["phone_number", "picture", "preferred_username", "profile", "updated_at", "website", "zoneinfo"],
] as const;
type StandardAttribute = (typeof STANDARD_ATTRIBUTES)[number];

const standard = fields(
  {
    /** Every account must have it, from its sign-up on. @default false */
    required: trueOrFalse.optional().meta({ leftOut: "false" }),
    /** Its value can be changed later; an identity provider can only be mapped to such one. @default true */
    mutable: trueOrFalse.optional().meta({ leftOut: "true" }),
  },
  "{ required, mutable }",
).optional();

const STANDARD = `{ given_name: { required: true }, … } of ${STANDARD_ATTRIBUTES.join(", ")}`;

const LONGEST_TEXT = 2048;
const length = z
  .int({ error: `a whole number of characters, 0 to ${LONGEST_TEXT}` })
  .min(0, { error: `a whole number of characters, 0 to ${LONGEST_TEXT}` })
  .max(LONGEST_TEXT, { error: `a whole number of characters, 0 to ${LONGEST_TEXT}` })
  .optional();
const number = z.int({ error: "a whole number" }).optional();
const common = {
  mutable: trueOrFalse.optional().meta({ leftOut: "true" }),
  developerOnly: trueOrFalse.optional().meta({ leftOut: "false" }),
};
const CUSTOM =
  '{ type: "String", minLength, maxLength }, { type: "Number", min, max }, { type: "DateTime" } or { type: "Boolean" }; mutable and developerOnly of each';

const custom = z.discriminatedUnion(
  "type",
  [
    fields(
      {
        type: z.literal("String"),
        minLength: length.meta({ leftOut: "0" }),
        maxLength: length.meta({ leftOut: `${LONGEST_TEXT}` }),
        ...common,
      },
      CUSTOM,
    ),
    fields(
      {
        type: z.literal("Number"),
        min: number.meta({ leftOut: "the smallest that JSON carries exactly" }),
        max: number.meta({ leftOut: "the largest that JSON carries exactly" }),
        ...common,
      },
      CUSTOM,
    ),
    fields({ type: z.literal("DateTime"), ...common }, CUSTOM),
    fields({ type: z.literal("Boolean"), ...common }, CUSTOM),
  ],
  { error: CUSTOM },
);
type CustomAttribute = z.output<typeof custom>;

const NAME =
  "1 to 20 letters, digits, marks, signs or punctuation, without the prefix custom:, and no standard attribute's name";
/** Cognito takes an attribute of such a name for the standard attribute. */
const NOT_CUSTOM: readonly string[] = [
  ...STANDARD_ATTRIBUTES,
  ...["sub", "email_verified", "phone_number_verified", "identities"],
];
/** The provider counts the bytes of a name, not its characters. */
const customName = text(/^(?!custom:|dev:)[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,20}$/u, NAME)
  .refine((name) => !NOT_CUSTOM.includes(name), { error: NAME })
  .refine((name) => [...name].length > 20 || Buffer.byteLength(name) <= 20, {
    error: `${NAME}; letters other than a to z count more than once`,
  });
/** "Schema" of CreateUserPool, Cognito API reference: at most 50 attributes, of which e-mail is one. */
const MOST_ATTRIBUTES = 50;

export const attributeSettings = {
  standardAttributes: optional(
    fields(
      Object.fromEntries(STANDARD_ATTRIBUTES.map((name) => [name, standard])) as Record<
        StandardAttribute,
        typeof standard
      >,
      STANDARD,
    ),
    {
      doc: "standard attributes that accounts must have, or that cannot change: `{ given_name: { required: true } }`. Cannot be changed once the pool exists",
      none: "`email` is required where users sign in with it",
      source: '"User pool attributes", Cognito developer guide',
    },
  ),
  customAttributes: optional(z.record(customName, custom, { error: `{ plan: ${CUSTOM} }` }), {
    doc: '`{ plan: { type: "String", maxLength: 20 } }` is `custom:plan`; can be added later, never changed or removed',
    none: "none",
    source: '"SchemaAttributeType", Cognito API reference',
  }),
};

type AttributeSettings = Complete<typeof attributeSettings>;

/** The largest whole number that JSON, and so a token, carries exactly. A bound that is not written would be a difference in every plan. */
const LARGEST_NUMBER = Number.MAX_SAFE_INTEGER;

/**
 * The pool's schema, each attribute with its constraints: AWS fills in what is left out, and every later plan would show a difference
 * (hashicorp/terraform-provider-aws#21654).
 */
export function schemaAttributes({ customAttributes = {}, ...settings }: AttributeSettings & SignInNames) {
  const standardAttributes = standardOf(settings);
  return [
    ...STANDARD_ATTRIBUTES.flatMap((name) => {
      const attribute = standardAttributes[name];
      // Of a pool that existed before: the provider leaves out an attribute that is as Cognito has it.
      const isUnsaid = name === "email" && attribute?.required === false && needsEmail(settings);
      return attribute && !isUnsaid ? [standardAttribute(name, attribute)] : [];
    }),
    ...Object.entries(customAttributes).map(([name, attribute]) => customAttribute(name, attribute)),
  ];
}

/** The standard attributes that are not as Cognito has them. */
function standardOf({
  standardAttributes = {},
  ...names
}: Pick<AttributeSettings, "standardAttributes"> & SignInNames): NonNullable<AttributeSettings["standardAttributes"]> {
  return { ...(needsEmail(names) && { email: { required: true, mutable: true } }), ...standardAttributes };
}

function standardAttribute(name: string, { required = false, mutable = true }: z.output<typeof standard> & object) {
  const common = { name, required, mutable, developerOnlyAttribute: false };
  if (name === "updated_at") {
    // The provider reads a bound that AWS does not have as "".
    return { ...common, attributeDataType: "Number", numberAttributeConstraints: { minValue: "0", maxValue: "" } };
  }
  const [minLength, maxLength] = name === "birthdate" ? ["10", "10"] : ["0", `${LONGEST_TEXT}`];
  return { ...common, attributeDataType: "String", stringAttributeConstraints: { minLength, maxLength } };
}

function customAttribute(name: string, attribute: CustomAttribute) {
  const { type, mutable = true, developerOnly = false } = attribute;
  return {
    name,
    attributeDataType: type,
    // AWS: "Required custom attributes are not supported currently."
    required: false,
    mutable,
    developerOnlyAttribute: developerOnly,
    ...(type === "String" && {
      stringAttributeConstraints: {
        minLength: String(attribute.minLength ?? 0),
        maxLength: String(attribute.maxLength ?? LONGEST_TEXT),
      },
    }),
    ...(type === "Number" && {
      numberAttributeConstraints: {
        minValue: String(attribute.min ?? -LARGEST_NUMBER),
        maxValue: String(attribute.max ?? LARGEST_NUMBER),
      },
    }),
  };
}

export function attributeProblems(settings: AttributeSettings & SignInNames): Problem[] {
  return [
    ...emailProblems(settings),
    ...phoneProblems(settings),
    ...preferredUsernameProblems(settings),
    ...countProblems(settings),
    ...boundProblems(settings),
  ];
}

/**
 * An account could not follow its user to another address, or could not be told from another one by it. The latter can be written: a pool that
 * existed before may have accounts without an address, and its schema cannot change.
 */
function emailProblems({ standardAttributes = {}, ...names }: AttributeSettings & SignInNames): Problem[] {
  const { email } = standardAttributes;
  if (!email || !needsEmail(names) || (email.required !== undefined && email.mutable !== false)) return [];
  const allowed =
    "{ required: true }, because users sign in with it; { required: false } of a pool that was made so (docs/adopting-a-pool.md)";
  return [{ path: ["standardAttributes", "email"], value: email, allowed }];
}

/** The same of a phone number: a user could never take another one. */
function phoneProblems({ standardAttributes = {}, ...names }: AttributeSettings & SignInNames): Problem[] {
  const { phone_number: phone } = standardAttributes;
  if (phone?.mutable !== false || !signsInWith(names, "phone_number")) return [];
  const allowed = "{ mutable: true }, because users sign in with it";
  return [{ path: ["standardAttributes", "phone_number"], value: phone, allowed }];
}

/** "Aliases", Cognito developer guide: an account gets one after its sign-up only, and could get none. */
function preferredUsernameProblems({ standardAttributes = {}, ...names }: AttributeSettings & SignInNames): Problem[] {
  const preferred = standardAttributes.preferred_username;
  if (!preferred || !signsInWith(names, "preferred_username")) return [];
  if (preferred.required !== true && preferred.mutable !== false) return [];
  const allowed =
    "neither required nor immutable, because users sign in with it: Cognito takes a preferred username only after the sign-up";
  return [{ path: ["standardAttributes", "preferred_username"], value: preferred, allowed }];
}

function countProblems(settings: AttributeSettings & SignInNames): Problem[] {
  const { length } = schemaAttributes(settings);
  if (length <= MOST_ATTRIBUTES) return [];
  const allowed = `at most ${MOST_ATTRIBUTES} attributes, the standard ones included: ${length - MOST_ATTRIBUTES} fewer`;
  return [{ path: ["customAttributes"], value: Object.keys(settings.customAttributes ?? {}).length, allowed }];
}

function boundProblems({ customAttributes = {} }: AttributeSettings): Problem[] {
  return Object.entries(customAttributes).flatMap(([name, attribute]) => {
    const [least, most, min, max] =
      attribute.type === "String"
        ? (["minLength", "maxLength", attribute.minLength, attribute.maxLength] as const)
        : attribute.type === "Number"
          ? (["min", "max", attribute.min, attribute.max] as const)
          : [];
    if (least === undefined || min === undefined || max === undefined || min <= max) return [];
    return [{ path: ["customAttributes", name, least], value: min, allowed: `at most ${most}, ${max}` }];
  });
}

/** Attributes that an account must have. */
export function requiredAttributes(settings: Pick<AttributeSettings, "standardAttributes"> & SignInNames): string[] {
  const standardAttributes = standardOf(settings);
  return STANDARD_ATTRIBUTES.filter((name) => standardAttributes[name]?.required);
}

/** Attributes whose value cannot change, as identity providers name them. */
export function immutableAttributes({
  standardAttributes = {},
  customAttributes = {},
}: Pick<AttributeSettings, "standardAttributes" | "customAttributes">): string[] {
  return [
    ...STANDARD_ATTRIBUTES.filter((name) => standardAttributes[name]?.mutable === false),
    ...Object.entries(customAttributes).flatMap(([name, { mutable }]) => (mutable === false ? [`custom:${name}`] : [])),
  ];
}

/** The names of the custom attributes, as tokens and clients have them. */
export function customAttributeNames({ customAttributes = {} }: Pick<AttributeSettings, "customAttributes">): string[] {
  return Object.entries(customAttributes).map(([name, { developerOnly }]) =>
    developerOnly ? `dev:custom:${name}` : `custom:${name}`,
  );
}

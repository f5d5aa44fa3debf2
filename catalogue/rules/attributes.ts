import { API, type Block, CDK, GUIDE, many, refused, reviewed, rule, written } from "./rule";

const POOL = "cognito_user_pool";
const schemaOf = (pool: Block): Block[] => [pool.schema ?? []].flat();
const STRINGS = { attribute_data_type: "String", string_attribute_constraints: {} };

export const attributes = [
  rule(
    "most-attributes",
    "A pool has at most 50 attributes in its schema.",
    API("Schema", "CreateUserPool"),
    refused(
      "customAttributes",
      { customAttributes: many(50, { type: "Boolean" }) },
      { customAttributes: many(49, { type: "Boolean" }) },
    ),
  ),
  rule(
    "attribute-name-length",
    "An attribute's name has 1 to 20 characters.",
    API("Name", "SchemaAttributeType"),
    refused(
      `customAttributes.${"a".repeat(21)}`,
      { customAttributes: { ["a".repeat(21)]: { type: "String" } } },
      { customAttributes: { ["a".repeat(20)]: { type: "String" } } },
    ),
  ),
  rule(
    "custom-attribute-is-optional",
    "A custom attribute is never required.",
    "hashicorp/terraform-provider-aws#18430",
    refused(
      "customAttributes.plan.required",
      { customAttributes: { plan: { type: "String", required: true } } },
      { customAttributes: { plan: { type: "String" } } },
    ),
  ),
  rule(
    "text-length-bounds",
    "A text attribute has 0 to 2048 characters.",
    API("StringAttributeConstraintsType"),
    refused(
      "customAttributes.plan.maxLength",
      { customAttributes: { plan: { type: "String", maxLength: 2049 } } },
      { customAttributes: { plan: { type: "String", maxLength: 2048 } } },
    ),
  ),
  rule(
    "least-is-below-most",
    "An attribute's smallest value or length is not above its largest.",
    API("SchemaAttributeType"),
    refused(
      "customAttributes.seats.min",
      { customAttributes: { seats: { type: "Number", min: 9, max: 8 } } },
      { customAttributes: { seats: { type: "Number", min: 8, max: 8 } } },
    ),
  ),
  rule(
    "constraints-are-written",
    "Texts and numbers have their constraints, or every plan shows a difference.",
    "hashicorp/terraform-provider-aws#21654",
    written(
      "they are always written",
      POOL,
      (pool) =>
        schemaOf(pool).every(
          ({ attribute_data_type: type, string_attribute_constraints: text, number_attribute_constraints: number }) =>
            type === "String"
              ? text?.min_length !== undefined && text.max_length !== undefined
              : type !== "Number" || (number?.min_value !== undefined && number.max_value !== undefined),
        ),
      { schema: [{ name: "email", ...STRINGS }] },
    ),
  ),
  rule(
    "attribute-types",
    "An attribute is a Boolean, DateTime, Number or String.",
    API("AttributeDataType", "SchemaAttributeType"),
    refused(
      "customAttributes.plan.type",
      { customAttributes: { plan: { type: "Text" } } },
      { customAttributes: { plan: { type: "DateTime" } } },
    ),
  ),
  rule(
    "standard-attribute-type",
    "A standard attribute keeps its type.",
    GUIDE("User pool attributes"),
    refused(
      "standardAttributes.given_name.type",
      { standardAttributes: { given_name: { type: "Number" } } },
      { standardAttributes: { given_name: { required: true } } },
    ),
  ),
  rule(
    "attribute-names-differ",
    "A pool's attributes have different names; a custom attribute is not called like a standard one.",
    API("SchemaAttributeType"),
    refused(
      "customAttributes.given_name",
      { customAttributes: { given_name: { type: "String" } } },
      { customAttributes: { first_name: { type: "String" } } },
    ),
  ),
  rule(
    "attributes-are-for-ever",
    "Attributes are never changed or removed.",
    "hashicorp/terraform-provider-aws#21654",
    reviewed("user-pool-schema"),
  ),
];

export const passwords = [
  rule(
    "password-length",
    "A password's least length is 6 to 99 characters.",
    API("MinimumLength", "PasswordPolicyType"),
    refused(
      "passwordPolicy.minimumLength",
      { passwordPolicy: { minimumLength: 5 } },
      { passwordPolicy: { minimumLength: 6 } },
    ),
  ),
  rule(
    "password-length-most",
    "A password's least length is at most 99 characters.",
    API("MinimumLength", "PasswordPolicyType"),
    refused(
      "passwordPolicy.minimumLength",
      { passwordPolicy: { minimumLength: 100 } },
      { passwordPolicy: { minimumLength: 99 } },
    ),
  ),
  rule(
    "temporary-password-days",
    "A temporary password is good for at most 365 days.",
    API("TemporaryPasswordValidityDays", "PasswordPolicyType"),
    refused(
      "passwordPolicy.temporaryPasswordValidityDays",
      { passwordPolicy: { temporaryPasswordValidityDays: 366 } },
      { passwordPolicy: { temporaryPasswordValidityDays: 365 } },
    ),
  ),
  rule(
    "password-history",
    "Cognito keeps at most 24 passwords of a user.",
    API("PasswordHistorySize", "PasswordPolicyType"),
    refused(
      "passwordPolicy.passwordHistorySize",
      { passwordPolicy: { passwordHistorySize: 25 } },
      { passwordPolicy: { passwordHistorySize: 24 } },
    ),
  ),
  rule(
    "password-history-tier",
    "The tier LITE keeps no password history.",
    CDK("CanNot"),
    refused(
      "passwordPolicy.passwordHistorySize",
      { poolTier: "LITE", passwordPolicy: { passwordHistorySize: 1 } },
      { poolTier: "ESSENTIALS", passwordPolicy: { passwordHistorySize: 1 } },
    ),
  ),
];

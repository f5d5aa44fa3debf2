import type { GetUserPoolMfaConfigCommandOutput, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { type Values, valuesOf } from "./existing";

/*
 * What AWS answers, as the provider reads it: its "flatten" functions, internal/service/cognitoidp of hashicorp/aws 5.100. Most
 * arguments are called as in the API, in snake case.
 */

/** A name of the API as the provider has it: `AllowedOAuthFlows` is `allowed_oauth_flows`, `KMSKeyID` is `kms_key_id`. */
export function argumentName(name: string): string {
  return name
    .replace("OAuth", "Oauth")
    .replace("URLs", "Urls")
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}

/** An object of the API, with its objects as blocks. */
export function asArguments(value: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [argumentName(name), asArgument(inner)]));
}

function asArgument(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => (typeof item === "object" && item !== null ? asArguments(item) : item));
  }
  if (value instanceof Date) return undefined;
  return typeof value === "object" && value !== null ? [asArguments(value)] : value;
}

/** Units of tokens that the provider leaves out when it imports a client: Cognito has them where nothing is said. */
const USUAL_UNITS: Readonly<Record<string, unknown>> = {
  access_token: "hours",
  id_token: "hours",
  refresh_token: "days",
};

/** An app client's arguments, as an import reads them. */
export function clientValues({ token_validity_units: units, ...all }: Readonly<Record<string, unknown>>): Values {
  const [block = {}] = (Array.isArray(units) ? units : []) as Array<Readonly<Record<string, unknown>>>;
  const isUsual = Object.entries(block).every(([name, unit]) => !unit || USUAL_UNITS[name] === unit);
  return valuesOf("aws_cognito_user_pool_client", { ...all, ...(!isUsual && { token_validity_units: units }) });
}

type MfaConfig = Omit<GetUserPoolMfaConfigCommandOutput, "$metadata">;

/** The pool's arguments. */
export function poolValues(pool: UserPoolType, mfa: MfaConfig): Values {
  const { Policies, EmailConfiguration, AccountRecoverySetting, UserPoolTags, SchemaAttributes = [], ...rest } = pool;
  const { From, ...email } = EmailConfiguration ?? {};
  const { EmailMfaConfiguration, SoftwareTokenMfaConfiguration, WebAuthnConfiguration, MfaConfiguration } = mfa;
  const token = SoftwareTokenMfaConfiguration;
  const { VerificationMessageTemplate: proof } = rest;
  const DefaultEmailOption = proof?.DefaultEmailOption ?? "CONFIRM_WITH_CODE";
  return valuesOf("aws_cognito_user_pool", {
    ...asArguments({ ...rest, ...Policies, EmailMfaConfiguration, WebAuthnConfiguration, MfaConfiguration }),
    ...(token?.Enabled && { software_token_mfa_configuration: [{ enabled: true }] }),
    account_recovery_setting: [{ recovery_mechanism: AccountRecoverySetting?.RecoveryMechanisms?.map(asArguments) }],
    email_configuration: [{ ...asArguments(email), from_email_address: From }],
    ...(proof && { verification_message_template: [asArguments({ ...proof, DefaultEmailOption })] }),
    tags: ownTags(UserPoolTags),
    schema: SchemaAttributes.map(asArguments)
      .filter((attribute) => isCustom(attribute.name) || !isAsCognitoHasIt(attribute))
      .map((attribute) => ({ ...attribute, name: String(attribute.name).replace(/^(?:dev:)?(?:custom:)?/, "") })),
  });
}

/** "SchemaAttributeType", Cognito API reference: custom attributes begin with custom:, those for developers only with dev:. */
function isCustom(name: unknown): boolean {
  return /^(?:custom|dev):/.test(String(name));
}

/** "Tag naming limits", AWS tagging guide: keys that begin with aws: are AWS's own, and the provider leaves them out. */
function ownTags(tags: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !key.startsWith("aws:")));
}

/**
 * Whether a standard attribute is as in any pool: "User pool attributes", Cognito developer guide. The provider leaves those out that nothing was said of, and
 * an import says nothing.
 */
export function isAsCognitoHasIt(attribute: Readonly<Record<string, unknown>>): boolean {
  const { name, required, mutable, attribute_data_type: type } = attribute;
  // The user's id, and that of its accounts at identity providers.
  if (name === "sub" || name === "identities") return true;
  if (required === true || mutable === false) return false;
  if (type === "Boolean") return true;
  const [text] = (attribute.string_attribute_constraints ?? []) as Array<Record<string, string>>;
  const [number] = (attribute.number_attribute_constraints ?? []) as Array<Record<string, string>>;
  // A state says constraints only where its configuration does.
  if (type === "Number") return number === undefined || (number.min_value === "0" && !number.max_value);
  const [min, max] = name === "birthdate" ? ["10", "10"] : ["0", "2048"];
  return text === undefined || (text.min_length === min && text.max_length === max);
}

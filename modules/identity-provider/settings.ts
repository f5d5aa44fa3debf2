import { z } from "zod";
import { chosen, distinct, fields, hidden, isUrl, literal, oneOf, text, trueOrFalse } from "../setting/kinds";
import { setting } from "../setting/setting";
import { STANDARD_ATTRIBUTES } from "../user-pool/attributes";
import { hasUsers } from "../user-pool-client/has-users";

const NAME =
  "a name of an identity provider: 3 to 32 characters without blanks, _ at most as the second, and not COGNITO, the pool itself";
/** "ProviderName" of CreateIdentityProvider, Cognito API reference. */
export const identityProviderName = text(/^(?!COGNITO$|_|..+_)[\p{L}\p{M}\p{S}\p{N}\p{P}]{3,32}$/u, NAME);

const NAMES = "a list of names of identity providers, as in aws_cognito_identity_provider";
export const identityProviderNames = distinct(identityProviderName, NAMES);

const SECRET =
  'where the secret is stored: { ssmParameter: "name" }, or { secretsManagerSecret: "name or ARN", jsonKey: "key of its JSON" }. A secret in environments.ts would be in Git, in logs and in the synthesized JSON';
const jsonKey = text(/^[\w.-]{1,256}$/, "a key of the secret's JSON: letters, digits, _ . -");
/** "GetParameter", Systems Manager API reference; "GetSecretValue", Secrets Manager API reference. */
export const secretReference = hidden(
  z.union([
    z.strictObject({ ssmParameter: text(/^[\w./-]{1,1011}$/, SECRET) }),
    z.strictObject({
      secretsManagerSecret: text(
        /^(?:arn:aws(?:-[a-z]+)*:secretsmanager:[a-z0-9-]+:\d{12}:secret:)?[\w/+=.@-]{1,512}$/,
        SECRET,
      ),
      jsonKey: jsonKey.optional(),
    }),
  ]),
  SECRET,
);

/** Where a secret is stored that Terraform reads when it plans. */
export type SecretReference = z.output<typeof secretReference>;

const VERIFIED = ["email_verified", "phone_number_verified"];
const ATTRIBUTES: readonly string[] = [...STANDARD_ATTRIBUTES, ...VERIFIED];
const MAPPED = "attributes of the pool: email, email_verified, a standard attribute, or custom:<name>";
const attribute = z
  .string({ error: MAPPED })
  .refine((name) => ATTRIBUTES.includes(name) || /^custom:[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,20}$/u.test(name), {
    error: `${MAPPED}; username is always the id that the provider gives the user`,
  });
const claim = text(/^[^\p{C}]{1,2048}$/u, "the name of a claim of the provider's, 1 to 2048 characters");

const IDENTIFIERS = "a list of 1 to 50 names or domains, each of 1 to 40 letters, digits, blanks or _ + = . @ -";
const common = {
  /** Attribute of the pool → claim of the provider's, beside those that are always mapped. */
  attributeMapping: z.record(attribute, claim, { error: '{ given_name: "first_name", … }' }).optional(),
  /** Other names that a sign-in may choose the provider by: `idp_identifier`, or the domain of an e-mail address. */
  identifiers: distinct(text(/^[\w +=.@-]{1,40}$/, IDENTIFIERS), IDENTIFIERS)
    .min(1, { error: IDENTIFIERS })
    .max(50, { error: IDENTIFIERS })
    .optional(),
};

const SCOPES = "a list of OAuth scopes, each of 1 to 256 characters without blanks";
const scopes = distinct(text(/^[!#-+.-[\]-~]{1,256}$/, SCOPES), SCOPES).min(1, { error: SCOPES });
const plain = (what: string) => text(/^[!-~]{1,256}$/, `${what}, 1 to 256 characters without blanks`);
const credentials = { clientId: plain("the client id that the provider gives"), clientSecret: secretReference };

const google = fields(
  {
    ...credentials,
    /** @default openid, email, profile */
    scopes: scopes.optional().meta({ leftOut: "openid, email, profile" }),
    ...common,
  },
  "{ clientId, clientSecret, scopes, attributeMapping, identifiers }",
);

const facebook = fields(
  {
    ...credentials,
    /** Version of the Graph API. @default v17.0, as in Cognito's API reference */
    apiVersion: text(/^v\d{1,3}\.\d$/, "a version of Facebook's Graph API, such as v17.0")
      .optional()
      .meta({ leftOut: "v17.0, as in Cognito's API reference" }),
    /** @default public_profile, email */
    scopes: scopes.optional().meta({ leftOut: "public_profile, email" }),
    ...common,
  },
  "{ clientId, clientSecret, apiVersion, scopes, attributeMapping, identifiers }",
);

const amazon = fields(
  {
    ...credentials,
    /** @default profile */
    scopes: scopes.optional().meta({ leftOut: "profile" }),
    ...common,
  },
  "{ clientId, clientSecret, scopes, attributeMapping, identifiers }",
);

const apple = fields(
  {
    /** The Services ID. */
    clientId: plain("the Services ID at Apple"),
    teamId: text(/^[A-Z0-9]{10}$/, "the team id at Apple, 10 upper-case letters and digits"),
    keyId: text(/^[A-Z0-9]{10}$/, "the id of the key at Apple, 10 upper-case letters and digits"),
    privateKey: secretReference,
    /** @default email, name */
    scopes: scopes.optional().meta({ leftOut: "email, name" }),
    ...common,
  },
  "{ clientId, teamId, keyId, privateKey, scopes, attributeMapping, identifiers }",
);

const HTTPS = "a URL that begins with https://, without blanks and fragment";
const isHttps = (value: string) => /^https:\/\/[^\s#]{1,2000}$/.test(value) && isUrl(value);
const https = literal(z.string({ error: HTTPS }).refine(isHttps, { error: HTTPS }), HTTPS);
const ISSUER = `${HTTPS}, and no / at the end`;
const ENDPOINTS = "{ authorization, token, userInfo, jwksUri }, all four";
const OPENID = "a list of OAuth scopes with openid in it";

const oidc = fields(
  {
    type: z.literal("OIDC"),
    clientId: credentials.clientId,
    /** @default the provider asks for none */
    clientSecret: secretReference.optional().meta({ leftOut: "the provider asks for none" }),
    issuer: https.refine((value) => !value.endsWith("/"), { error: ISSUER }),
    /** @default openid, email, profile */
    scopes: scopes
      .refine((all) => all.includes("openid"), { error: OPENID })
      .optional()
      .meta({ leftOut: "openid, email, profile" }),
    /** How Cognito asks the provider's userInfo. @default GET */
    attributesRequestMethod: oneOf(["GET", "POST"]).optional().meta({ leftOut: "GET" }),
    /** Of a provider without `<issuer>/.well-known/openid-configuration`. @default Cognito discovers them */
    endpoints: fields({ authorization: https, token: https, userInfo: https, jwksUri: https }, ENDPOINTS)
      .optional()
      .meta({ leftOut: "Cognito discovers them" }),
    ...common,
  },
  '{ type: "OIDC", clientId, clientSecret, issuer, scopes, attributesRequestMethod, endpoints, attributeMapping, identifiers }',
);

const METADATA = "the content of the metadata document, with its <EntityDescriptor>: readFileSync reads a file";
const saml = fields(
  {
    type: z.literal("SAML"),
    /** Cognito reads it again within 6 hours, so that a new certificate needs no deployment. Instead of `metadataFile`. */
    metadataUrl: https.optional(),
    /** Content of the metadata document. Instead of `metadataUrl`. */
    metadataFile: literal(
      z
        .string({ error: METADATA })
        .max(131_072, { error: METADATA })
        .regex(/<(?:\w+:)?EntityDescriptor[\s>]/, { error: METADATA }),
      METADATA,
    ).optional(),
    /** A sign-out of the pool also signs out of the provider. @default false */
    idpSignout: trueOrFalse.optional().meta({ leftOut: "false" }),
    /** Sign-ins may begin at the provider. @default false */
    idpInitiated: trueOrFalse.optional().meta({ leftOut: "false" }),
    /** The provider has to encrypt its assertions. @default false */
    encryptedResponses: trueOrFalse.optional().meta({ leftOut: "false" }),
    /** Cognito signs its requests. @default it does not */
    requestSigningAlgorithm: oneOf(["rsa-sha256"]).optional().meta({ leftOut: "it does not" }),
    ...common,
  },
  '{ type: "SAML", metadataUrl or metadataFile, idpSignout, idpInitiated, encryptedResponses, requestSigningAlgorithm, attributeMapping, identifiers }',
);

/** Providers that Cognito knows by name: "Provider example cannot be of type Google" (hashicorp/terraform-provider-aws#4822). */
const BY_NAME = { Google: google, Facebook: facebook, SignInWithApple: apple, LoginWithAmazon: amazon };
const TYPE = `"OIDC" or "SAML"; providers of other types are called ${Object.keys(BY_NAME).join(", ")}, and have no type`;

type OfName = { [Name in keyof typeof BY_NAME]: z.output<(typeof BY_NAME)[Name]> };
type Enterprise = z.output<typeof oidc> | z.output<typeof saml>;

/** What is said of one identity provider. */
export type IdentityProviderSettings = OfName[keyof OfName] | Enterprise;

/** The schema of a provider, by its name and its type. */
export function identityProvider(name: string, value: unknown): z.ZodType<IdentityProviderSettings> {
  if (Object.hasOwn(BY_NAME, name)) return BY_NAME[name as keyof OfName];
  const { type } = (typeof value === "object" && value !== null ? value : {}) as { readonly type?: unknown };
  if (type === "OIDC") return oidc;
  return type === "SAML" ? saml : (z.looseObject({ type: z.never({ error: TYPE }) }) as unknown as typeof saml);
}

/** Providers by name. */
export type IdentityProviders = { readonly [Name in keyof OfName]?: OfName[Name] } & Readonly<
  Record<string, IdentityProviderSettings>
>;

const PROVIDERS =
  '{ Google: { clientId, clientSecret: { ssmParameter: "name" } }, AcmeOkta: { type: "OIDC", issuer, … }, … }';
const providers = z.record(identityProviderName, z.unknown(), { error: PROVIDERS }).superRefine((all, context) => {
  for (const [name, value] of Object.entries(all)) {
    const { error } = identityProvider(name, value).safeParse(value);
    for (const issue of error?.issues ?? []) context.addIssue({ ...issue, path: [name, ...issue.path] });
  }
}) as unknown as z.ZodType<IdentityProviders>;

const namesOnly = distinct(identityProviderName, `${NAMES}, or ${PROVIDERS}`);

export const identityProvidersSettings = {
  identityProviders: setting(
    chosen<string[] | IdentityProviders>((value) => (isObject(value) ? providers : namesOnly), {
      ...BY_NAME,
      "<name, OIDC>": oidc,
      "<name, SAML>": saml,
    }),
    {
      doc: '`{ Google: { clientId, clientSecret: { ssmParameter: "name" } }, AcmeOkta: { type: "OIDC", … } }`: identity providers of the pool ([all six types](docs/identity-providers.md)), or a list of names of providers that are made elsewhere. The app client offers them beside the pool itself',
      default: [],
      source: '"CreateIdentityProvider", Cognito API reference',
    },
  ),
};

/** The names of identity providers, which clients and the function are told. */
export function providerNames(all: string[] | IdentityProviders): string[] {
  return isNames(all) ? all : Object.keys(all);
}

/** The identity providers that an environment's own client offers: all, or for a machine none of those that are made for other clients. */
export function offeredProviders({
  identityProviders,
  clientType,
}: {
  readonly identityProviders: string[] | IdentityProviders;
  readonly clientType: string;
}): string[] {
  return !hasUsers({ clientType }) && !isNames(identityProviders) ? [] : providerNames(identityProviders);
}

/** The identity providers to make: none of a list of names. */
export function providersToMake(all: string[] | IdentityProviders): IdentityProviders {
  return isNames(all) ? {} : all;
}

function isNames(all: string[] | IdentityProviders): all is string[] {
  return Array.isArray(all);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A provider with its type, which is its name where Cognito knows the provider by name. */
export type TypedProvider =
  | { [Name in keyof OfName]: OfName[Name] & { readonly type: Name } }[keyof OfName]
  | Enterprise;

export function withType(name: string, provider: IdentityProviderSettings): TypedProvider {
  return { type: name, ...provider } as TypedProvider;
}

/** The field that says where the provider's secret is stored. */
export function secretField(provider: IdentityProviderSettings): "privateKey" | "clientSecret" {
  return "privateKey" in provider ? "privateKey" : "clientSecret";
}

/** Where the provider's secret is stored; undefined of a provider that has none. */
export function secretOf(provider: IdentityProviderSettings): SecretReference | undefined {
  const { privateKey, clientSecret } = provider as { [field in "privateKey" | "clientSecret"]?: SecretReference };
  const reference = privateKey ?? clientSecret;
  // Beside a value that only the plan knows nothing is validated: a secret that is written down must not get into an error.
  return typeof reference === "object" ? reference : undefined;
}

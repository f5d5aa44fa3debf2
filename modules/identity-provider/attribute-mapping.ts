import type { Problem } from "../setting/problems";
import { STANDARD_ATTRIBUTES } from "../user-pool/attributes";
import type { TypedProvider } from "./settings";

/** What an identity provider has to know of its pool. */
export interface PoolOfProvider {
  /** Attributes that an account must have. */
  readonly requiredAttributes: readonly string[];
  /** Custom attributes, as `custom:<name>`. @default not known: any may be named */
  readonly customAttributes?: readonly string[] | undefined;
  /** Attributes whose value cannot change. */
  readonly immutableAttributes: readonly string[];
}

type Mapping = Readonly<Record<string, string>>;

/** The username is made of this claim, and AWS writes it into the mapping: left out, it would be a difference in every plan. */
const USERNAME: Readonly<Record<TypedProvider["type"], Mapping>> = {
  Google: { username: "sub" },
  Facebook: { username: "id" },
  SignInWithApple: { username: "sub" },
  LoginWithAmazon: { username: "user_id" },
  OIDC: { username: "sub" },
  // It is the assertion's NameID, which no mapping says.
  SAML: {},
};

const CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims";

/**
 * Claims of the providers for attributes of a pool: "Mapping IdP attributes to profiles and tokens", Cognito developer guide. Facebook and
 * Amazon do not say whether an address is verified, and SAML has no common claim for it.
 */
const KNOWN: Readonly<Record<TypedProvider["type"], Mapping>> = {
  Google: same("email", "email_verified", "name", "given_name", "family_name", "picture"),
  Facebook: {
    ...same("email", "name", "middle_name"),
    given_name: "first_name",
    family_name: "last_name",
  },
  SignInWithApple: { ...same("email", "email_verified", "name"), given_name: "firstName", family_name: "lastName" },
  LoginWithAmazon: same("email", "name"),
  OIDC: same("email", "email_verified", ...STANDARD_ATTRIBUTES),
  SAML: {
    email: `${CLAIMS}/emailaddress`,
    name: `${CLAIMS}/name`,
    given_name: `${CLAIMS}/givenname`,
    family_name: `${CLAIMS}/surname`,
  },
};

/** Claims that OpenID Connect calls like the attributes. */
function same(...names: readonly string[]): Mapping {
  return Object.fromEntries(names.map((name) => [name, name]));
}

/**
 * What becomes of a provider's claims: the username, the e-mail address and whether it is verified, what the pool requires, as far as the
 * provider is known to say it, and what is written.
 */
export function mappingOf(
  { type, attributeMapping = {} }: TypedProvider,
  { requiredAttributes }: Pick<PoolOfProvider, "requiredAttributes">,
): Mapping {
  const known = Object.entries(KNOWN[type]).filter(
    ([attribute]) => ["email", "email_verified"].includes(attribute) || requiredAttributes.includes(attribute),
  );
  return { ...USERNAME[type], ...Object.fromEntries(known), ...attributeMapping };
}

/** Cognito writes every mapped attribute at each sign-in, and refuses a sign-in that leaves out what the pool requires. */
export function mappingProblems(provider: TypedProvider, pool: PoolOfProvider): Problem[] {
  const mapping = mappingOf(provider, pool);
  const { requiredAttributes, customAttributes: custom, immutableAttributes } = pool;
  const missing = requiredAttributes.filter((attribute) => mapping[attribute] === undefined);
  return [
    ...Object.keys(provider.attributeMapping ?? {})
      .filter((attribute) => attribute.startsWith("custom:") && custom !== undefined && !custom.includes(attribute))
      .map((attribute) =>
        refused(attribute, `custom attributes of the pool: ${custom?.join(", ") || "there are none"}`),
      ),
    ...Object.keys(mapping)
      .filter((attribute) => immutableAttributes.includes(attribute))
      .map((attribute) =>
        refused(attribute, "attributes that can change: Cognito writes a mapped one at each sign-in"),
      ),
    ...missing.map((attribute) => ({
      path: ["attributeMapping", attribute],
      value: undefined,
      allowed: "the provider's claim for it, because the pool requires the attribute",
    })),
  ];
}

const refused = (attribute: string, allowed: string): Problem => ({
  path: ["attributeMapping", attribute],
  value: attribute,
  allowed,
});

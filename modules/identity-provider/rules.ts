import { type Problem, within } from "../setting/problems";
import { regionProblems } from "../setting/regions";
import { mappingOf, mappingProblems, type PoolOfProvider } from "./attribute-mapping";
import {
  type IdentityProviderSettings,
  type IdentityProviders,
  providerNames,
  providersToMake,
  secretField,
  secretOf,
  type TypedProvider,
  withType,
} from "./settings";

/** What a provider's settings must not be together, or beside those of its pool, although each of them is allowed. */
export function identityProviderProblems(
  name: string,
  settings: IdentityProviderSettings,
  pool: PoolOfProvider,
): Problem[] {
  const provider = withType(name, settings);
  return [...(provider.type === "SAML" ? metadataProblems(provider) : []), ...mappingProblems(provider, pool)];
}

/** "MetadataFile" and "MetadataURL" of CreateIdentityProvider, Cognito API reference: one of the two. */
function metadataProblems({ metadataUrl, metadataFile }: Extract<TypedProvider, { type: "SAML" }>): Problem[] {
  if ((metadataUrl === undefined) !== (metadataFile === undefined)) return [];
  const allowed = "either metadataUrl or metadataFile";
  return [{ path: ["metadataUrl"], value: metadataUrl, allowed }];
}

/** What is wrong with all identity providers of a pool, by itself and together. */
export function identityProvidersProblems(
  all: string[] | IdentityProviders,
  pool: PoolOfProvider,
  region: string,
): Problem[] {
  const made = Object.entries(providersToMake(all));
  return made.flatMap(([name, provider], index) => {
    const before = made.slice(0, index);
    return within(
      ["identityProviders", name],
      [
        ...identityProviderProblems(name, provider, pool),
        ...secretProblems(provider, region),
        ...nameProblems(name, before),
        ...identifierProblems(provider, before),
      ],
    );
  });
}

function secretProblems(provider: IdentityProviderSettings, region: string): Problem[] {
  const reference = secretOf(provider);
  const secret = reference && "secretsManagerSecret" in reference ? reference.secretsManagerSecret : "";
  const arn = secret.startsWith("arn:") ? secret : undefined;
  const path = [secretField(provider), "secretsManagerSecret"];
  return regionProblems(path, arn, region, `a secret of the pool's Region, ${region}`);
}

type Named = readonly [name: string, provider: IdentityProviderSettings];

/** Usernames begin with the provider's name, and are told apart regardless of letter case. */
function nameProblems(name: string, before: readonly Named[]): Problem[] {
  const other = before.find(([one]) => one.toLowerCase() === name.toLowerCase());
  if (other === undefined) return [];
  return [
    { path: [], value: name, allowed: `a name that differs from ${JSON.stringify(other[0])} by more than letter case` },
  ];
}

/**
 * A pool has one provider of an identifier: "SAML identity provider names and identifiers", Cognito developer guide. It does not say whether letter case
 * counts. An identifier is compared with the domain of an e-mail address, where it does not (RFC 4343): two providers could both be meant.
 */
function identifierProblems({ identifiers = [] }: IdentityProviderSettings, before: readonly Named[]): Problem[] {
  return identifiers.flatMap((identifier, index) => {
    const isSame = (one: string) => one.toLowerCase() === identifier.toLowerCase();
    const other = before.find(([, provider]) => provider.identifiers?.some(isSame));
    if (other === undefined) return [];
    const allowed = `an identifier that ${JSON.stringify(other[0])} does not have, in any letter case`;
    return [{ path: ["identifiers", index], value: identifier, allowed }];
  });
}

/** The attributes that each provider sets at a sign-in, by its name; of a provider made elsewhere they are not known. */
export function attributesByProvider(
  all: string[] | IdentityProviders,
  pool: Pick<PoolOfProvider, "requiredAttributes">,
): Readonly<Record<string, readonly string[]>> {
  const made = providersToMake(all);
  return Object.fromEntries(
    providerNames(all).map((name) => {
      const provider = made[name];
      return [name, provider ? Object.keys(mappingOf(withType(name, provider), pool)) : []];
    }),
  );
}

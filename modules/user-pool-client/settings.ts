import { z } from "zod";
import { identityProviderNames } from "../identity-provider/settings";
import { distinct, fields, isUrl, literal, oneOf, text, trueOrFalse, wholeNumber } from "../setting/kinds";
import type { Problem } from "../setting/problems";
import { type Complete, optional, setting } from "../setting/setting";
import { STANDARD_ATTRIBUTES } from "../user-pool/attributes";
import { hasUsers } from "./has-users";

/** "CallbackURLs" and "LogoutURLs" of CreateUserPoolClient, Cognito API reference. */
const CLIENT_URLS = { most: 100, longest: 1024, httpHosts: ["localhost", "127.0.0.1", "[::1]"] } as const;
const HTTP = "Cognito takes http only for localhost, 127.0.0.1 and [::1]";
const CLIENT_URL = `https://…, http://localhost… or an app's own scheme such as my-app://…, without fragment (${HTTP})`;
/** What an environment's URLs are made of it with: the longer one. */
const LONGEST_PATH = "/logout".length;
const APPLICATION_URL = `https://… or http://localhost…, at most ${CLIENT_URLS.longest - LONGEST_PATH} characters, without query or fragment (${HTTP})`;
const APPLICATION_URLS = "URLs that differ by more than a / at the end";

const urls = (isAllowed: (value: string) => boolean, allowed: string, none = "") => {
  const list = `a list of 1 to ${CLIENT_URLS.most} different URLs: ${allowed}${none && `; [] ${none}`}`;
  return z
    .array(literal(z.string({ error: allowed }).refine(isAllowed, { error: allowed }), allowed), { error: list })
    .min(none === "" ? 1 : 0, { error: list })
    .max(CLIENT_URLS.most, { error: list })
    .refine((all) => new Set(all).size === all.length, { error: list });
};

/** True for what Cognito takes as a callback or logout URL: https, http on localhost, or an app's own scheme. */
function isClientUrl(value: string): boolean {
  // The characters are those of "RedirectUrlType": none that is blank or invisible.
  const isWritten = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u.test(value) && !value.includes("#");
  if (value.length > CLIENT_URLS.longest || !isWritten || !isUrl(value)) return false;
  const { protocol } = new URL(value);
  // WHATWG's parser takes https:acme.com and https:\\acme.com for https://acme.com; AWS's does not.
  if (["http:", "https:"].includes(protocol) && !/^https?:\/\/[^/\\]+(?:\/|\?|$)/i.test(value)) return false;
  if (protocol === "http:") return isLocal(value);
  return protocol === "https:" || !["javascript:", "data:", "file:", "about:", "blob:"].includes(protocol);
}

function isApplicationUrl(value: string): boolean {
  if (!isClientUrl(value) || value.length > CLIENT_URLS.longest - LONGEST_PATH) return false;
  const { protocol, search, username } = new URL(value);
  return ["http:", "https:"].includes(protocol) && search === "" && username === "" && !value.includes("?");
}

/** True for a URL that Cognito takes although it is not https: of the user's own machine. */
export function isLocal(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "http:" && CLIENT_URLS.httpHosts.some((host) => host === hostname);
}

/** URLs that callbacks and logouts can be derived from. */
export const applicationUrls = urls(isApplicationUrl, APPLICATION_URL).refine(
  (all) => new Set(all.map(withoutSlash)).size === all.length,
  { error: APPLICATION_URLS },
);

/** An application's URL, as callback and logout URLs begin with it. */
export function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}

/** "Scopes, M2M, and resource servers", Cognito developer guide. */
const USER_SCOPES = ["openid", "email", "profile", "phone", "aws.cognito.signin.user.admin"];
const SCOPES = `a list of ${USER_SCOPES.join(", ")}, or <resource server>/<scope>` as const;
const scope = z
  .string({ error: SCOPES })
  .refine((value) => USER_SCOPES.includes(value) || /^[!#-[\]-~]+\/[!#-.0-[\]-~]+$/.test(value), { error: SCOPES });

const FLOWS = [
  ...["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_CUSTOM_AUTH"],
  ...["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
] as const;
const FLOWS_ALLOWED = `a list of ${FLOWS.join(", ")}`;

export const DURATION = "a number and its unit, such as 30 minutes, 12 hours or 30 days";
const duration = text(/^[1-9]\d{0,8} (?:second|minute|hour|day)s?$/, DURATION).optional();

const ATTRIBUTES = "a list of attributes: email, email_verified, a standard attribute, or custom:<name>";
const KNOWN_ATTRIBUTES: readonly string[] = ["email_verified", "phone_number_verified", ...STANDARD_ATTRIBUTES];
const attribute = z
  .string({ error: ATTRIBUTES })
  .refine((name) => KNOWN_ATTRIBUTES.includes(name) || /^(?:dev:)?custom:./u.test(name), { error: ATTRIBUTES });

/** Of the client that every environment has, and of each of `clients`. */
export const userPoolClientSettings = {
  clientType: setting(oneOf(["server", "web", "native", "machine"]), {
    doc: "what signs users in with the client: a `server`, which keeps a secret; a `web` page or a `native` app, which cannot; or a `machine`, which signs itself in (client credentials). Changing it makes a new client",
    default: "server",
  }),
  callbackUrls: optional(urls(isClientUrl, CLIENT_URL, "for a client that signs in without hosted pages"), {
    doc: "OAuth callback URLs; the first is the default redirect. `[]` for a client that signs users in without the hosted pages",
    none: "`<url>/auth` of each of `applicationUrls`",
    source: '"CallbackURLs" of CreateUserPoolClient, Cognito API reference',
  }),
  logoutUrls: optional(urls(isClientUrl, CLIENT_URL, "for none"), {
    doc: "where a user may be sent after signing out",
    none: "`<url>/logout` of each of `applicationUrls`",
    source: '"LogoutURLs" of CreateUserPoolClient, Cognito API reference',
  }),
  identityProviders: setting(identityProviderNames, {
    doc: "names of the pool's identity providers that the app client offers beside the pool itself",
    default: [],
    source: '"ProviderName" of CreateIdentityProvider, Cognito API reference',
  }),
  scopes: optional(distinct(scope, SCOPES).min(1, { error: SCOPES }).max(50, { error: "at most 50 scopes" }), {
    doc: "what a token of the client allows: OpenID Connect's scopes, or `<resource server>/<scope>`",
    none: "`openid`, `email`, `profile`, and `phone` where users sign in with a phone number; of a `machine` they must be given",
    source: '"AllowedOAuthScopes" of CreateUserPoolClient, Cognito API reference',
  }),
  authFlows: optional(distinct(oneOf(FLOWS), FLOWS_ALLOWED).min(1, { error: FLOWS_ALLOWED }), {
    doc: "ways to sign in without the hosted pages",
    none: "SRP and refresh tokens; of a `server` passwords, too",
    source: '"ExplicitAuthFlows" of CreateUserPoolClient, Cognito API reference',
  }),
  tokenValidity: optional(
    fields(
      {
        accessToken: duration.meta({ leftOut: "an hour" }),
        idToken: duration.meta({ leftOut: "an hour" }),
        refreshToken: duration.meta({ leftOut: "30 days" }),
      },
      "{ accessToken, idToken, refreshToken }",
    ),
    {
      doc: '`{ accessToken: "30 minutes", idToken, refreshToken }`: how long tokens are good for',
      none: "an hour, an hour, 30 days, as Cognito has it",
      source: '"TokenValidityUnitsType", Cognito API reference',
    },
  ),
  authSessionValidity: optional(wholeNumber(3, 15, "minutes"), {
    doc: "minutes that a user has for all steps of a sign-in",
    none: "3, as Cognito has it",
    source: '"AuthSessionValidity" of CreateUserPoolClient, Cognito API reference',
  }),
  refreshTokenRotation: optional(
    fields(
      { retryGracePeriodSeconds: wholeNumber(0, 60, "seconds").optional().meta({ leftOut: "0" }) },
      "{ retryGracePeriodSeconds }, {} for none",
    ),
    {
      doc: "`{ retryGracePeriodSeconds: 10 }`: a refresh token can be used once, and for so long again",
      none: "a refresh token can be used until it expires",
      source: '"RefreshTokenRotationType", Cognito API reference',
    },
  ),
  readAttributes: optional(distinct(attribute, ATTRIBUTES).min(1, { error: ATTRIBUTES }), {
    doc: "attributes of a user that the client may read",
    none: "`email`, `email_verified`, `name`, `nickname`, `picture`, and what users sign in with or the pool requires",
    source: '"ReadAttributes" of CreateUserPoolClient, Cognito API reference',
  }),
  writeAttributes: optional(distinct(attribute, ATTRIBUTES).min(1, { error: ATTRIBUTES }), {
    doc: "attributes of a user that the client may write, at a sign-up, too",
    none: "`email`, `name`, `nickname`, `picture`, and what users sign in with or the pool requires",
    source: '"WriteAttributes" of CreateUserPoolClient, Cognito API reference',
  }),
  propagateUserContext: setting(trueOrFalse, {
    doc: "the client's server may tell Cognito the address of the user's device, for threat protection",
    default: false,
    source: '"EnablePropagateAdditionalUserContextData" of CreateUserPoolClient, Cognito API reference',
  }),
};

/** What tokens of a client allow. */
export function scopesOfClient(
  { scopes }: Pick<UserPoolClientSettings, "scopes">,
  { signInAttributes = EMAIL }: Pick<PoolOfClient, "signInAttributes">,
): string[] {
  const phone = signInAttributes.includes("phone_number") ? ["phone"] : [];
  return scopes ?? ["email", "openid", ...phone, "profile"];
}

/** What users sign in with where it is not known. */
const EMAIL: readonly string[] = ["email"];

export type UserPoolClientSettings = Complete<typeof userPoolClientSettings>;

/** What a client has to know of its pool. */
export interface PoolOfClient {
  /** Attributes that an account must have. */
  readonly requiredAttributes: readonly string[];
  /** What users sign in with beside a username. @default their e-mail address */
  readonly signInAttributes?: readonly string[] | undefined;
  /** Custom attributes, as `custom:<name>`. @default not known: any may be named */
  readonly customAttributes?: readonly string[] | undefined;
  /** Scopes of the resource servers, as `<identifier>/<scope>`. @default not known: any may be named */
  readonly scopes?: readonly string[] | undefined;
  /** Names of the identity providers. @default not known: any may be named */
  readonly identityProviders?: readonly string[] | undefined;
  /** Attributes that each identity provider sets at a sign-in, by its name. @default not known */
  readonly mappedAttributes?: Readonly<Record<string, readonly string[]>> | undefined;
  /** @default not known */
  readonly poolTier?: string | undefined;
}

/** Whether the client keeps a secret. */
export function hasSecret({ clientType }: Pick<UserPoolClientSettings, "clientType">): boolean {
  return clientType === "server" || !hasUsers({ clientType });
}

/**
 * What the client may read and write, with what the pool requires, since Cognito refuses a client that may not write that; and with what its
 * identity providers set, since Cognito refuses a sign-in through them otherwise ("WriteAttributes" of CreateUserPoolClient).
 */
export function attributesOf(settings: UserPoolClientSettings, pool: PoolOfClient) {
  const { readAttributes, writeAttributes } = settings;
  const written = ["email", "name", "nickname", "picture"];
  const needed = [...(pool.signInAttributes ?? EMAIL), ...pool.requiredAttributes, ...mappedAttributes(settings, pool)];
  const others = [...new Set(needed)].filter((name) => !written.includes(name));
  const proved = others.includes("phone_number") ? ["phone_number_verified"] : [];
  return {
    writeAttributes: writeAttributes ?? [...written, ...others],
    readAttributes: readAttributes ?? ["email", "email_verified", "name", "nickname", "picture", ...others, ...proved],
  };
}

/** What the client's identity providers set, without what no client can write. */
function mappedAttributes({ identityProviders }: UserPoolClientSettings, { mappedAttributes = {} }: PoolOfClient) {
  return identityProviders
    .flatMap((name) => mappedAttributes[name] ?? [])
    .filter((name) => name !== "username" && !name.endsWith("_verified"));
}

const SECONDS: Readonly<Record<string, number>> = { second: 1, minute: 60, hour: 3600, day: 86_400 };
const SHORTEST_ACCESS = 300;
const LONGEST_ACCESS = 86_400;
const SHORTEST_REFRESH = 3600;
const LONGEST_REFRESH = 3650 * 86_400;

/** A duration as AWS's API takes it, a number and a unit. */
export function durationOf(text: string): { readonly value: number; readonly unit: string; readonly seconds: number } {
  const [, value = "0", unit = "second"] = /^(\d+) (\w+?)s?$/.exec(text) ?? [];
  return { value: Number(value), unit: `${unit}s`, seconds: Number(value) * (SECONDS[unit] ?? 1) };
}

/** What these settings must not be together, although each of them is allowed. */
export function userPoolClientProblems(settings: UserPoolClientSettings, pool: PoolOfClient): Problem[] {
  return [
    ...(hasUsers(settings) ? userProblems(settings) : machineProblems(settings)),
    ...scopeProblems(settings, pool),
    ...providerProblems(settings, pool),
    ...attributeProblems(settings, pool),
    ...tokenProblems(settings),
    ...(settings.authFlows?.includes("ALLOW_USER_AUTH") && pool.poolTier === "LITE"
      ? [refused("authFlows", settings.authFlows, "flows without ALLOW_USER_AUTH with the tier LITE")]
      : []),
    ...(settings.refreshTokenRotation && settings.authFlows?.includes("ALLOW_REFRESH_TOKEN_AUTH")
      ? [refused("authFlows", settings.authFlows, "flows without ALLOW_REFRESH_TOKEN_AUTH beside refreshTokenRotation")]
      : []),
    ...(settings.propagateUserContext && !hasSecret(settings)
      ? [refused("propagateUserContext", true, "false, or a clientType with a secret (server)")]
      : []),
  ];
}

const refused = (field: string, value: unknown, allowed: string): Problem => ({ path: [field], value, allowed });

/** A machine has no user to send anywhere: "Scopes, M2M, and resource servers", Cognito developer guide. */
function machineProblems(settings: UserPoolClientSettings): Problem[] {
  const { scopes, identityProviders } = settings;
  const none = (["callbackUrls", "logoutUrls", "authFlows", "refreshTokenRotation"] as const).filter(
    (field) => settings[field] !== undefined,
  );
  return [
    ...none.map((field) => refused(field, settings[field], "nothing with clientType machine, which signs no user in")),
    ...(identityProviders.length > 0
      ? [refused("identityProviders", identityProviders, "nothing with clientType machine, which signs no user in")]
      : []),
    ...(scopes === undefined || scopes.some((name) => USER_SCOPES.includes(name))
      ? [
          refused(
            "scopes",
            scopes,
            "scopes of resource servers only with clientType machine: <resource server>/<scope>",
          ),
        ]
      : []),
  ];
}

/** Whether users sign in with the client on the hosted pages, and not only by calls of the API. */
export function hasPages({ callbackUrls }: Pick<UserPoolClientSettings, "callbackUrls">): boolean {
  return callbackUrls === undefined || callbackUrls.length > 0;
}

function userProblems(settings: UserPoolClientSettings): Problem[] {
  const { callbackUrls, scopes } = settings;
  const unused = hasPages(settings) ? [] : (["logoutUrls", "scopes"] as const);
  const needOpenId = scopes?.some((name) => ["email", "profile", "phone"].includes(name));
  return [
    ...(callbackUrls === undefined
      ? [refused("callbackUrls", callbackUrls, "at least one URL, but with clientType machine")]
      : []),
    ...unused
      .filter((field) => (settings[field]?.length ?? 0) > 0)
      .map((field) =>
        refused(field, settings[field], "nothing without callbackUrls, for which there are hosted pages"),
      ),
    ...(needOpenId && !scopes?.includes("openid")
      ? [refused("scopes", scopes, "email, profile and phone only beside openid")]
      : []),
  ];
}

function scopeProblems({ scopes = [] }: UserPoolClientSettings, pool: PoolOfClient): Problem[] {
  const known = pool.scopes;
  const unknown = known && scopes.find((name) => !USER_SCOPES.includes(name) && !known.includes(name));
  if (known === undefined || unknown === undefined) return [];
  const list = known.length > 0 ? known.join(", ") : "none, because there are no resourceServers";
  return [refused("scopes", unknown, `scopes of the pool's resource servers: ${list}`)];
}

function providerProblems(settings: UserPoolClientSettings, pool: PoolOfClient): Problem[] {
  const { identityProviders: known } = pool;
  if (known === undefined) return [];
  const allowed = `identity providers of the pool: ${known.join(", ") || "there are none"}`;
  return settings.identityProviders
    .filter((name) => !known.includes(name))
    .map((name) => refused("identityProviders", name, allowed));
}

function attributeProblems(settings: UserPoolClientSettings, pool: PoolOfClient): Problem[] {
  const { readAttributes = [], writeAttributes } = settings;
  const custom = pool.customAttributes;
  const unknown = (field: "readAttributes" | "writeAttributes", names: readonly string[]) =>
    names
      .filter((name) => name.includes("custom:") && custom !== undefined && !custom.includes(name))
      .map((name) => refused(field, name, `custom attributes of the pool: ${custom?.join(", ") || "there are none"}`));
  const missing = pool.requiredAttributes.filter((name) => writeAttributes && !writeAttributes.includes(name));
  const unset = mappedAttributes(settings, pool).filter(
    (name) => writeAttributes && !writeAttributes.includes(name) && !missing.includes(name),
  );
  const verified = writeAttributes?.filter((name) => name.endsWith("_verified")) ?? [];
  return [
    ...unknown("readAttributes", readAttributes),
    ...unknown("writeAttributes", writeAttributes ?? []),
    ...(missing.length > 0
      ? [refused("writeAttributes", writeAttributes, `a list with what the pool requires in it: ${missing.join(", ")}`)]
      : []),
    ...(unset.length > 0
      ? [
          refused(
            "writeAttributes",
            writeAttributes,
            `a list with what its identityProviders set in it: ${[...new Set(unset)].join(", ")}`,
          ),
        ]
      : []),
    ...verified.map((name) => refused("writeAttributes", name, "attributes other than those that Cognito verifies")),
  ];
}

function tokenProblems({ tokenValidity = {} }: UserPoolClientSettings): Problem[] {
  const { refreshToken = "30 days" } = tokenValidity;
  const refresh = durationOf(refreshToken).seconds;
  const own = (["accessToken", "idToken"] as const).flatMap((field) => {
    const text = tokenValidity[field];
    if (text === undefined) return [];
    const { seconds } = durationOf(text);
    const path = ["tokenValidity", field];
    if (seconds < SHORTEST_ACCESS || seconds > LONGEST_ACCESS) {
      return [{ path, value: text, allowed: "5 minutes to 1 day" }];
    }
    return seconds > refresh
      ? [{ path, value: text, allowed: `at most as long as the refresh token, ${refreshToken}` }]
      : [];
  });
  const outside = refresh < SHORTEST_REFRESH || refresh > LONGEST_REFRESH;
  return [
    ...own,
    ...(outside
      ? [{ path: ["tokenValidity", "refreshToken"], value: refreshToken, allowed: "60 minutes to 3650 days" }]
      : []),
  ];
}

import { z } from "zod";
import { distinct, text } from "../setting/kinds";
import { derived, setting } from "../setting/setting";

/** "CallbackURLs" and "LogoutURLs" of CreateUserPoolClient, Cognito API reference. */
const CLIENT_URLS = { most: 100, longest: 1024, httpHosts: ["localhost", "127.0.0.1", "[::1]"] } as const;
const HTTP = "Cognito takes http only for localhost, 127.0.0.1 and [::1]";
const CLIENT_URL = `https://…, http://localhost… or an app's own scheme such as my-app://…, without fragment (${HTTP})`;
const APPLICATION_URL = `https://… or http://localhost…, without query or fragment (${HTTP})`;

const urls = (isAllowed: (value: string) => boolean, allowed: string) => {
  const list = `a list of 1 to ${CLIENT_URLS.most} different URLs: ${allowed}`;
  return z
    .array(z.string({ error: allowed }).refine(isAllowed, { error: allowed }), { error: list })
    .min(1, { error: list })
    .max(CLIENT_URLS.most, { error: list })
    .refine((all) => new Set(all).size === all.length, { error: list });
};

/** True for what Cognito takes as a callback or logout URL: https, http on localhost, or an app's own scheme. */
function isClientUrl(value: string): boolean {
  if (value.length > CLIENT_URLS.longest || /[\s#]/u.test(value) || !URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  if (protocol === "http:") return CLIENT_URLS.httpHosts.some((host) => host === hostname);
  return protocol === "https:"
    ? hostname !== ""
    : !["javascript:", "data:", "file:", "about:", "blob:"].includes(protocol);
}

function isApplicationUrl(value: string): boolean {
  if (!isClientUrl(value)) return false;
  const { protocol, search, username } = new URL(value);
  return ["http:", "https:"].includes(protocol) && search === "" && username === "" && !value.includes("?");
}

/** True for a URL that Cognito takes although it is not https: of the user's own machine. */
export function isLocal(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "http:" && CLIENT_URLS.httpHosts.some((host) => host === hostname);
}

/** URLs that callbacks and logouts can be derived from. */
export const applicationUrls = urls(isApplicationUrl, APPLICATION_URL);

const PROVIDERS = "a list of names of identity providers, as in aws_cognito_identity_provider";
/** COGNITO is the pool itself. */
const IDENTITY_PROVIDER = /^(?!COGNITO$)[^_\p{Z}][\p{L}\p{M}\p{S}\p{N}\p{P}]{1,30}[^_\p{Z}]$/u;

export const userPoolClientSettings = {
  callbackUrls: derived(urls(isClientUrl, CLIENT_URL), {
    doc: "OAuth callback URLs; the first is the default redirect",
    from: "`<url>/auth` of each of `applicationUrls`",
    source: '"CallbackURLs" of CreateUserPoolClient, Cognito API reference',
  }),
  logoutUrls: derived(urls(isClientUrl, CLIENT_URL), {
    doc: "where a user may be sent after signing out",
    from: "`<url>/logout` of each of `applicationUrls`",
    source: '"LogoutURLs" of CreateUserPoolClient, Cognito API reference',
  }),
  identityProviders: setting(distinct(text(IDENTITY_PROVIDER, PROVIDERS.replace("a list of ", "")), PROVIDERS), {
    doc: "names of the pool's identity providers that the app client offers beside the pool itself",
    default: [],
    source: '"ProviderName" of CreateIdentityProvider, Cognito API reference',
  }),
};

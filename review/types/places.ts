import type { Plan } from "../plan";
import { at, currentOf, isUrl, presentOf, texts } from "../value";

export const CLIENT_URLS = ["callback_urls", "logout_urls"] as const;

/** Where an application is: a host with its port, or an app's own scheme. */
export function placeOf(url: string): string {
  const { protocol, host, hostname } = new URL(url);
  if (!["http:", "https:"].includes(protocol)) return protocol;
  return hostname === "localhost" ? "localhost" : host;
}

/** Where clients send users today; nothing where there is no client yet, so that whatever is configured begins. */
export function placesOfClients(plan: Plan): ReadonlySet<string> | undefined {
  const clients = presentOf(plan, "aws_cognito_user_pool_client");
  if (clients.length === 0) return undefined;
  const known = clients.flatMap((client) => CLIENT_URLS.flatMap((name) => texts(at(client, name))));
  return new Set(known.filter((url) => isUrl(url)).map(placeOf));
}

/** Whether a host is that of the pool's hosted pages, by a prefix of Cognito's domain or as a domain of their own. */
export function isHostedPages(host: string, plan: Plan): boolean {
  return currentOf(plan, "aws_cognito_user_pool_domain").some(({ before, after }) => {
    const domain = at(before ?? after, "domain");
    if (typeof domain !== "string" || domain === "") return false;
    return isHostOf(host, domain);
  });
}

/** Whether a host is that of a domain: a custom one, or of Cognito's with that prefix. */
export function isHostOf(host: string, domain: string): boolean {
  return domain.includes(".") ? host === domain : isCognitosHost(host, domain);
}

/** Whether a host is the one of Cognito's domain that a prefix makes. */
function isCognitosHost(host: string, prefix: string): boolean {
  return host.startsWith(`${prefix}.auth`) && COGNITO.test(host.slice(prefix.length));
}

const COGNITO = /^\.auth(?:-fips)?\.[a-z0-9-]+\.amazoncognito\.com$/;

import type { Plan } from "../plan";
import { at, currentOf, quoted, texts, UNKNOWN, type Value } from "../value";
import { type Attribute, found } from "./type";

const NAMES = ["callback_urls", "logout_urls"] as const;

const WHERE = {
  callback_urls: "Cognito would send authorization codes of users to",
  logout_urls: "Cognito would send users, once they sign out, to",
} as const;

export const callbackUrls = urls("callback_urls");
export const logoutUrls = urls("logout_urls");

/** Where Cognito sends users that no URL is named for; it has to be one of those that are judged. */
export const redirectUri: Attribute = {
  kind: "guarded",
  rule: "client-callback",
  finds: (_, to, { change }) => {
    const listed = texts(at(change.after, "callback_urls"));
    if (to === null || to === undefined || to === "" || (typeof to === "string" && listed.includes(to))) return [];
    return [
      found("client-callback", `${WHERE.callback_urls} ${quoted(to)}, which is not one of the client's callbacks.`),
    ];
  },
};

function urls(name: (typeof NAMES)[number]): Attribute {
  return {
    kind: "safer",
    rule: "client-callback",
    finds: (from, to, at) => {
      if (to === UNKNOWN)
        return [found("client-callback", `${WHERE[name]} a place that is only known once it is applied.`)];
      const old = at.isNew ? [] : texts(from);
      const places = placesBefore(at);
      return texts(to)
        .filter((url) => !old.includes(url))
        .flatMap((url) => {
          const problem = problemOf(url, places);
          return problem === undefined ? [] : [found("client-callback", `${WHERE[name]} ${quoted(url)}, ${problem}.`)];
        });
    },
  };
}

function problemOf(url: string, places: ReadonlySet<string> | undefined): string | undefined {
  if (!URL.canParse(url)) return "which is no URL";
  const { protocol, hostname, username, password, hash } = new URL(url);
  if (/[*\s\\]/.test(url) || hash !== "") return "which can stand for more than one place";
  if (username !== "" || password !== "")
    return `whose host is ${quoted(hostname)} and not what stands in front of the @`;
  if (protocol === "http:" && hostname !== "localhost") return "over http, where others can read along";
  if (["javascript:", "data:", "file:", "about:", "blob:", "vbscript:"].includes(protocol))
    return "which is no place on the web";
  if (places === undefined || places.has(placeOf(url))) return undefined;
  if (!["http:", "https:"].includes(protocol)) return "a scheme that any app on a device can claim";
  return "a host that no client of this pool uses today";
}

/** Where an application is: a host with its port, or an app's own scheme. */
function placeOf(url: string): string {
  const { protocol, host, hostname } = new URL(url);
  if (!["http:", "https:"].includes(protocol)) return protocol;
  return hostname === "localhost" ? "localhost" : host;
}

/** Where clients send users today; nothing where there is no client yet, so that whatever is configured begins. */
function placesBefore({ plan }: { plan: Plan }): ReadonlySet<string> | undefined {
  const clients = currentOf(plan, "aws_cognito_user_pool_client").filter(({ before }) => before !== undefined);
  if (clients.length === 0) return undefined;
  const known = clients.flatMap(({ before }) => NAMES.flatMap((name) => texts(at(before as Value, name))));
  return new Set(known.filter((url) => URL.canParse(url)).map(placeOf));
}

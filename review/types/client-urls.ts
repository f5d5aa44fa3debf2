import { at, isUrl, listed, quoted, texts, UNKNOWN } from "../value";
import { type CLIENT_URLS, placeOf, placesOfClients } from "./places";
import { type Attribute, found } from "./type";

const WHERE = {
  callback_urls: "Cognito would send authorization codes of users to",
  logout_urls: "Cognito would send users, once they sign out, to",
} as const;

const WITHOUT = {
  callback_urls: (urls: string) =>
    `Users who sign in by way of ${urls} would be shown an error instead of coming back.`,
  logout_urls: (urls: string) => `Users who sign out by way of ${urls} would be shown an error instead of coming back.`,
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

function urls(name: (typeof CLIENT_URLS)[number]): Attribute {
  return {
    kind: "safer",
    rule: "client-callback",
    finds: (from, to, { isNew, plan }) => {
      if (to === UNKNOWN)
        return [found("client-callback", `${WHERE[name]} a place that is only known once it is applied.`)];
      const [old, now] = [isNew ? [] : texts(from), texts(to)];
      const places = placesOfClients(plan);
      const less = old.filter((url) => !now.includes(url) && !isLocal(url));
      return [
        ...now
          .filter((url) => !old.includes(url))
          .flatMap((url) => {
            const problem = problemOf(url, places);
            return problem === undefined
              ? []
              : [found("client-callback", `${WHERE[name]} ${quoted(url)}, ${problem}.`)];
          }),
        ...(less.length === 0 ? [] : [found("client-callback", WITHOUT[name](listed(less)))]),
      ];
    },
  };
}

/** Of a developer's own machine: no user comes back there. */
function isLocal(url: string): boolean {
  return isUrl(url) && ["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname);
}

function problemOf(url: string, places: ReadonlySet<string> | undefined): string | undefined {
  if (!isUrl(url)) return "which is no URL";
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

import { isList, isObject } from "../json";
import type { Plan } from "../plan";
import { isUrl, listed, UNKNOWN, type Value } from "../value";
import { isHostedPages, placeOf, placesOfClients } from "./places";
import { type Attribute, found } from "./type";

/** A text that users are sent. In a new pool it begins as the team has written it. */
export const messageText: Attribute = {
  kind: "safer",
  rule: "user-pool-texts",
  finds: (from, to, { isNew, plan, change }) => {
    if (isNew && change.importing === undefined) return [];
    if (to === UNKNOWN) {
      return [found("user-pool-texts", "What users would be sent is only known once it is applied.")];
    }
    const places = strangePlaces(to, plan).filter((place) => isNew || !placesIn(from).includes(place));
    return places.length === 0
      ? []
      : [
          found(
            "user-pool-texts",
            `Users would be sent to ${listed(places)} by messages in the pool's name: no client of the pool is there, and the owner of that place can ask for their code or password.`,
          ),
        ];
  },
};

/** Places that a text names, and that neither an application nor the hosted pages use. */
export function strangePlaces(value: Value, plan: Plan): string[] {
  const known = placesOfClients(plan);
  if (known === undefined) return [];
  const hosts = [...known];
  // `acme.com` is the same owner's as `app.acme.com`; the reverse need not be.
  const isKnown = (place: string) =>
    hosts.some((host) => host === place || host.endsWith(`.${place}`)) || isHostedPages(place, plan);
  return placesIn(value).filter((place) => !isKnown(place));
}

/** Every place that a reader, or the reader's mail program, can follow out of a text. */
function placesIn(value: Value): string[] {
  const places = strings(value).flatMap((text) => {
    const plain = decoded(text);
    const urls = (plain.match(URLS) ?? []).map((url) => placeOfUrl(url));
    return [...urls, ...(plain.replaceAll(URLS, " ").match(HOSTS) ?? []).map((host) => host.toLowerCase())];
  });
  return [...new Set(places)];
}

/** `https://x`, `//x`, `my-app://x`, and what browsers take for the same: `https:\x`, `https:x`. */
const URLS = /(?:https?:|(?:[a-z][a-z0-9+.-]*:)?[\\/]{2})[^\s"'<>]+/gi;

/** `x.example`, also behind an @. */
const HOSTS = /(?<![\p{L}\p{N}.-])(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}{2,}(?![\p{L}\p{N}-])/gu;

function placeOfUrl(url: string): string {
  const absolute = /^[\\/]/.test(url) ? `https:${url}` : url;
  return isUrl(absolute) ? placeOf(absolute) : url;
}

/** Mail is HTML: characters may be written as entities, and split by what is not shown. */
function decoded(text: string): string {
  const code = (digits: string, base: number) => {
    const number = Number.parseInt(digits, base);
    return number <= 0x10_ff_ff ? String.fromCodePoint(number) : "";
  };
  return text
    .replaceAll(/&#x([\da-f]+);?/gi, (_, digits: string) => code(digits, 16))
    .replaceAll(/&#(\d+);?/g, (_, digits: string) => code(digits, 10))
    .replaceAll(/&(colon|sol|period|bsol|commat|amp);/gi, (_, name: string) => ENTITIES[name.toLowerCase()] ?? "")
    .replaceAll(/\p{Cf}/gu, "");
}

const ENTITIES: Readonly<Record<string, string>> = {
  colon: ":",
  sol: "/",
  period: ".",
  bsol: "\\",
  commat: "@",
  amp: "&",
};

function strings(value: Value): string[] {
  if (typeof value === "string") return [value];
  if (value === UNKNOWN || value === undefined) return [];
  if (isList(value)) return value.flatMap(strings);
  return isObject(value) ? Object.values(value).flatMap(strings) : [];
}

import type { PreSignUpTriggerEvent } from "aws-lambda";
import { INVISIBLE } from "../identity/characters";

/** Characters of a value that is kept out of a text; a shorter one is part of many words. */
const SHORTEST_VALUE = 3;

/** On one line, with single blanks and without invisible characters: Lambda logs what is thrown, and a browser shows it. */
const onOneLine = (text: string) =>
  text
    .replace(/[\s\p{Z}]+/gu, " ")
    .replace(INVISIBLE, "")
    // Unassigned characters and new format characters are in no list yet.
    .replace(/\p{C}/gu, "")
    .normalize("NFC")
    .replace(/ +/g, " ")
    .trim();

/**
 * A refusal's text on one line, and without what the user wrote: the text is in the log. Found is a value in any letter case, however it is spaced; of an
 * e-mail address also the part before the @ as a word; of a phone number its digits, however they are grouped. Each is replaced by `…`.
 */
export function withoutValues(text: string, { userName, request }: PreSignUpTriggerEvent): string {
  const { userAttributes, validationData, clientMetadata } = request;
  const values = [
    userName,
    ...[userAttributes, validationData, clientMetadata].flatMap((all) => Object.values(all ?? {})),
  ]
    .filter((value) => typeof value === "string")
    .map(onOneLine);
  const patterns = [
    ...longestFirst(values.filter((value) => !/^(?:true|false)$/.test(value))).map(anyhowSpaced),
    // Words only: "info" is part of "information".
    ...longestFirst(values.flatMap(localPart)).map((part) => `(?<![\\p{L}\\p{N}])${escaped(part)}(?![\\p{L}\\p{N}])`),
  ];
  const plain = onOneLine(text);
  return patterns.length === 0 ? plain : plain.replace(new RegExp(patterns.join("|"), "giu"), "…");
}

function longestFirst(values: readonly string[]): string[] {
  return values.filter((value) => value.length >= SHORTEST_VALUE).sort((one, other) => other.length - one.length);
}

function localPart(value: string): string[] {
  const at = value.lastIndexOf("@");
  return at > 0 ? [value.slice(0, at)] : [];
}

function anyhowSpaced(value: string): string {
  if (/^\+\d{7,}$/.test(value)) return `\\+?${[...value.slice(1)].join("[ ().\\-]*")}`;
  return value.split(" ").map(escaped).join(" ?");
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}

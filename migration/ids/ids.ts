import { MigrationError } from "../migration-error";

/** How often a text, or anything that holds texts, names an old id. */
export interface Sightings {
  /** As a whole word: rewritten. */
  found: number;
  /** Inside a longer hexadecimal string, or without its hyphens: left alone. */
  nearMisses: number;
}

const ID_LENGTH = 36;
const SHORTEST = 32;
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** With or without hyphens, in either case. From its end, there is one way only to read one: matches cannot hide another. */
const SIGHTING = /[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/gi;
const HEX_DIGIT = /[0-9a-f]/i;

/** Old user ids (Cognito's subs: UUIDs) and what becomes of them. */
export class Ids {
  /** Old ids that become the same new one, by any of them. An id that is alone in its new one is not here. */
  private readonly siblings = new Map<string, readonly string[]>();

  private constructor(private readonly successors: ReadonlyMap<string, string>) {
    const origins = new Map<string, string[]>();
    for (const [old, successor] of successors) origins.set(successor, [...(origins.get(successor) ?? []), old]);
    for (const olds of origins.values()) if (olds.length > 1) for (const old of olds) this.siblings.set(old, olds);
  }

  /** Throws a {@link MigrationError} if there is nothing to do, or an id is not a UUID. Letter case does not matter. */
  static of(mapping: ReadonlyMap<string, string>, source: string): Ids {
    if (mapping.size === 0) throw new MigrationError(`${source}: there are no ids in it.`);
    const successors = new Map<string, string>();
    for (const pair of mapping) {
      const [old, successor] = pair.map((id) => id.toLowerCase()) as [string, string];
      for (const id of [old, successor]) {
        if (!ID.test(id)) throw new MigrationError(`${source}: "${id}" is not a user id of Cognito's (a UUID).`);
      }
      if ((successors.get(old) ?? successor) !== successor) {
        throw new MigrationError(`${source}: ${old} is there in upper and in lower case, with different new ids.`);
      }
      successors.set(old, successor);
    }
    for (const successor of successors.values()) {
      if (!successors.has(successor)) continue;
      throw new MigrationError(`${source}: ${successor} is both an old and a new id: rewriting could not be repeated.`);
    }
    return new Ids(successors);
  }

  /** The text with every old id replaced, counting them. A new id is written in capitals where the old one was. */
  rewrite(text: string, sightings: Sightings): string {
    if (text.length < SHORTEST) return text;
    return text.replace(SIGHTING, (sighted, offset: number) => {
      const successor = this.successors.get(hyphenated(sighted));
      if (successor === undefined) return sighted;
      if (sighted.length < ID_LENGTH || isHexDigit(text[offset - 1]) || isHexDigit(text[offset + ID_LENGTH])) {
        sightings.nearMisses++;
        return sighted;
      }
      sightings.found++;
      return isCapitals(sighted) ? successor.toUpperCase() : successor;
    });
  }

  /**
   * The other texts that become the same text, because several old ids become one: up to `most` of them. An id that is
   * in capitals in one is in capitals in all.
   */
  twins(text: string, most: number): string[] {
    if (this.siblings.size === 0) return [];
    let twins = [""];
    let end = 0;
    for (const { 0: sighted, index } of text.matchAll(SIGHTING)) {
      const before = text.slice(end, index);
      const olds = sighted.length === ID_LENGTH ? this.siblings.get(sighted.toLowerCase()) : undefined;
      const spellings = olds?.map((old) => (isCapitals(sighted) ? old.toUpperCase() : old)) ?? [sighted];
      twins = twins.flatMap((twin) => spellings.map((spelling) => twin + before + spelling)).slice(0, most + 1);
      end = index + sighted.length;
    }
    return twins.map((twin) => twin + text.slice(end)).filter((twin) => twin !== text);
  }
}

function hyphenated(sighted: string): string {
  const lower = sighted.toLowerCase();
  if (lower.length === ID_LENGTH) return lower;
  const digits = lower.replaceAll("-", "");
  return [0, 8, 12, 16, 20].map((start, part) => digits.slice(start, [8, 12, 16, 20, 32][part])).join("-");
}

function isHexDigit(character: string | undefined): boolean {
  return character !== undefined && HEX_DIGIT.test(character);
}

function isCapitals(id: string): boolean {
  return id === id.toUpperCase() && id !== id.toLowerCase();
}

import { MigrationError } from "../migration-error";

/** How many old ids a text, or a value that holds texts, contains. */
export interface MatchCounts {
  /** Whole words: rewritten. Escapes such as `%23` do not belong to the word. */
  found: number;
  /** Inside a longer hexadecimal string, or without hyphens: not rewritten. */
  nearMisses: number;
}

const ID_LENGTH = 36;
const SHORTEST = 32;
const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** With or without hyphens, in any letter case. Matches cannot overlap: a match can be read in one way only from its end. */
const ID_IN_TEXT = /[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}/gi;
const HEX_DIGIT = /[0-9a-f]/i;

/** Old user ids (Cognito's subs, which are UUIDs) and their new ids. */
export class Ids {
  /** For an old id: all old ids with the same new id. Only ids that share their new id are here. */
  private readonly siblings = new Map<string, readonly string[]>();

  private constructor(
    private readonly successors: ReadonlyMap<string, string>,
    private readonly keptNames: ReadonlySet<string>,
  ) {
    // Few ids share their new id: a list for each of millions of ids would take more memory than the mapping.
    const seen = new Set<string>();
    const shared = new Map<string, string[]>();
    for (const successor of successors.values()) {
      if (seen.has(successor)) shared.set(successor, []);
      seen.add(successor);
    }
    for (const [old, successor] of successors) {
      const olds = shared.get(successor);
      if (!olds) continue;
      olds.push(old);
      this.siblings.set(old, olds);
    }
  }

  /**
   * Throws a {@link MigrationError} if the mapping is empty, or an id is not a UUID. Letter case is ignored.
   * @param keptNames names of attributes, and of members of maps, in which an old id is a username: see {@link rewriteKept}
   */
  static of(mapping: ReadonlyMap<string, string>, source: string, keptNames: readonly string[] = []): Ids {
    if (mapping.size === 0) throw new MigrationError(`${source}: it contains no ids.`);
    const successors = new Map<string, string>();
    for (const pair of mapping) {
      const [old, successor] = pair.map((id) => id.toLowerCase()) as [string, string];
      for (const id of [old, successor]) {
        if (!ID.test(id)) throw new MigrationError(`${source}: "${id}" is not a Cognito user id (a UUID).`);
      }
      if ((successors.get(old) ?? successor) !== successor) {
        throw new MigrationError(`${source}: ${old} occurs in upper and in lower case with different new ids.`);
      }
      successors.set(old, successor);
    }
    for (const successor of successors.values()) {
      if (!successors.has(successor)) continue;
      throw new MigrationError(
        `${source}: ${successor} is both an old and a new id: a second run would replace it again.`,
      );
    }
    return new Ids(successors, new Set(keptNames));
  }

  /** The text with every old id replaced; counts them. A new id gets upper case if the old one had it. */
  rewrite(text: string, counts: MatchCounts): string {
    if (text.length < SHORTEST) return text;
    return text.replace(ID_IN_TEXT, (match, offset: number) => {
      const successor = this.successors.get(hyphenated(match));
      if (successor === undefined) return match;
      if (match.length < ID_LENGTH || isInWord(text, offset) || isHexDigit(text[offset + ID_LENGTH])) {
        counts.nearMisses++;
        return match;
      }
      counts.found++;
      return isUpperCase(match) ? successor.toUpperCase() : successor;
    });
  }

  isKept(name: string): boolean {
    return this.keptNames.has(name);
  }

  /**
   * A text in which an old id is a username, which the account keeps: it is not replaced. Of AppSync's owner, `<id>::<username>`, the id is.
   */
  rewriteKept(text: string, counts: MatchCounts): string {
    const owner = ownerIn(text);
    return owner ? `${this.rewrite(owner.id, counts)}::${owner.username}` : text;
  }

  /** {@link conflictingTexts} of a text that {@link rewriteKept} rewrites. */
  conflictingKept(text: string, most: number): string[] {
    const owner = ownerIn(text);
    return owner ? this.conflictingTexts(owner.id, most).map((id) => `${id}::${owner.username}`) : [];
  }

  /**
   * The other texts that are rewritten to the same text, because several old ids have the same new id: at most `most`. An id
   * keeps its upper or lower case in all of them.
   */
  conflictingTexts(text: string, most: number): string[] {
    if (this.siblings.size === 0) return [];
    let texts = [""];
    let end = 0;
    for (const { 0: match, index } of text.matchAll(ID_IN_TEXT)) {
      const before = text.slice(end, index);
      const olds = match.length === ID_LENGTH ? this.siblings.get(match.toLowerCase()) : undefined;
      const spellings = olds?.map((old) => (isUpperCase(match) ? old.toUpperCase() : old)) ?? [match];
      texts = texts.flatMap((other) => spellings.map((spelling) => other + before + spelling)).slice(0, most + 1);
      end = index + match.length;
    }
    return texts.map((other) => other + text.slice(end)).filter((other) => other !== text);
  }
}

function ownerIn(text: string): { readonly id: string; readonly username: string } | undefined {
  const [id = "", username, ...more] = text.split("::");
  return username === undefined || more.length > 0 ? undefined : { id, username };
}

function hyphenated(match: string): string {
  const lower = match.toLowerCase();
  if (lower.length === ID_LENGTH) return lower;
  const digits = lower.replaceAll("-", "");
  return [0, 8, 12, 16, 20].map((start, part) => digits.slice(start, [8, 12, 16, 20, 32][part])).join("-");
}

/**
 * What a character is escaped with in a text: `%23` of a URL, `%2523` of one in another, `%u0023`, `\u0022`, `\x22`, `\f` and `\b` of JSON and JavaScript, `\043` of C, `=3D` of
 * quoted-printable, `U+0023`. Its digits do not belong to the id after it.
 */
const ESCAPED =
  /(?:%(?:25)*[0-9a-f]{2}|(?:%u|\\u|%5cu|u\+)[0-9a-f]{4}|(?:\\|%5c)(?:x[0-9a-f]{2}|[bf]|[0-7]{3})|=[0-9a-f]{2})$/i;
/** Characters of the longest of them that is looked for. */
const LONGEST_ESCAPE = 12;

function isInWord(text: string, offset: number): boolean {
  return isHexDigit(text[offset - 1]) && !ESCAPED.test(text.slice(Math.max(0, offset - LONGEST_ESCAPE), offset));
}

function isHexDigit(character: string | undefined): boolean {
  return character !== undefined && HEX_DIGIT.test(character);
}

function isUpperCase(id: string): boolean {
  return id === id.toUpperCase() && id !== id.toLowerCase();
}

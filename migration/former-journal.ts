import { createHash } from "node:crypto";
import { linesOf } from "./lines";
import { MigrationError } from "./migration-error";

/*
 * Until version 0.2 a move, and a rewriting of ids, recorded its calls in a file of JSON lines. Every line is {"sum":…,"entry":…}. The sum is the
 * SHA-256 of the previous line's sum and this line's entry, so a changed, removed or moved line breaks the chain at that line. The first entry
 * identifies the operation. A store takes such a file over once.
 */

/** The operation that a journal records. */
export interface JournalOf {
  /** For example "move". */
  readonly kind: string;
  /** For example `{ from: "eu-west-1_A", to: "eu-west-1_B" }`. */
  readonly parameters: Readonly<Record<string, string | readonly string[]>>;
}

interface Header extends JournalOf {
  readonly format: 1;
}

const OPENING = '{"sum":"';
const MIDDLE = '","entry":';
/** Characters of a SHA-256 in base64url. */
const SUM_LENGTH = 43;

/**
 * Reads a journal, entry by entry. An incomplete last line is left out. Throws a {@link MigrationError} if it records another operation, or if it
 * was edited. A missing file has no entries.
 */
export async function* readJournal<Entry extends object>(file: string, of: JournalOf): AsyncGenerator<Entry> {
  let sum = "";
  let number = 0;
  for await (const line of wholeLines(file)) {
    number++;
    const text = line.toString("utf8");
    const json = text.slice(OPENING.length + SUM_LENGTH + MIDDLE.length, -1);
    sum = createHash("sha256").update(sum).update(json).digest("base64url");
    if (text !== `${OPENING}${sum}${MIDDLE}${json}}`) {
      throw new MigrationError(
        `${file}, line ${number}: this line was changed, or a line was removed or moved here; restore the original file.`,
      );
    }
    const entry = JSON.parse(json);
    if (number === 1) checkHeader(file, entry, of);
    else yield entry;
  }
}

function checkHeader(file: string, { format, kind, parameters }: Header, of: JournalOf): void {
  if (format !== 1 || kind !== of.kind) {
    throw new MigrationError(
      `${file} is the journal of ${kind ?? "another operation"}, not of ${of.kind}: name another file.`,
    );
  }
  for (const name of new Set([...Object.keys(parameters), ...Object.keys(of.parameters)])) {
    const [was, is] = [parameters[name], of.parameters[name]].map((value) => JSON.stringify(value));
    if (was !== is) {
      throw new MigrationError(
        `${file} is the journal of a ${kind} with ${name} ${was}, not ${is}: use the parameters of the first run, or name another file.`,
      );
    }
  }
}

/** The complete lines of a journal. A missing file has none. An incomplete last line is left out. */
async function* wholeLines(file: string): AsyncGenerator<Buffer> {
  try {
    for await (const { line, ends } of linesOf(file)) if (ends) yield line;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}

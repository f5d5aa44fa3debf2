import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import path from "node:path";
import { linesOf } from "./lines";
import { lockFile } from "./lock-file";
import { MigrationError } from "./migration-error";

/*
 * A journal is an append-only file of JSON lines. Every line is {"sum":…,"entry":…}. The sum is the SHA-256 of the previous
 * line's sum and this line's entry, so a changed, removed or moved line breaks the chain at that line.
 * The chain detects accidents and manual edits. It does not stop an attacker that recomputes it. Lines missing at the very
 * end look like calls that were never recorded, so the code that uses a journal must be able to detect the result of such calls.
 * The first entry identifies the operation. A journal may hold usernames, so its mode is 0600.
 */

/** The operation that a journal records. A journal of another operation is refused. */
export interface JournalOf {
  /** For example "move". */
  readonly kind: string;
  /** Parameters that must not change between runs, for example `{ from: "eu-west-1_A", to: "eu-west-1_B" }`. */
  readonly parameters: Readonly<Record<string, string | readonly string[]>>;
}

interface Header extends JournalOf {
  readonly format: 1;
  readonly created: string;
}

const NO_SUM = "";
const OPENING = '{"sum":"';
const MIDDLE = '","entry":';
/** Characters of a SHA-256 in base64url. */
const SUM_LENGTH = 43;

/** A journal that is open for writing. Only this process can write to it. */
export class Journal<Entry extends object> {
  private waiting: Array<{ line: string; resolve: () => void; reject: (error: unknown) => void }> = [];
  private writing: Promise<void> | undefined;
  /** The error of a failed write. The chain includes the lost entry, so no more entries can be written. */
  private broken: { readonly error: unknown } | undefined;

  private constructor(
    private readonly handle: FileHandle,
    private readonly unlock: () => Promise<void>,
    private sum: string,
  ) {}

  /**
   * Opens a journal, or creates one. Calls `onEntry` for every existing entry before it resolves. Removes an incomplete last
   * line. Throws a {@link MigrationError} if another process uses the journal, if it records another operation, or if it was
   * edited.
   */
  static async open<Entry extends object>(
    file: string,
    of: JournalOf,
    onEntry: (entry: Entry) => void = () => {},
  ): Promise<Journal<Entry>> {
    const unlock = await lockFile(file);
    let handle: FileHandle | undefined;
    try {
      const end = await replay<Entry>(file, of, onEntry);
      handle = await open(file, "a", 0o600);
      await handle.truncate(end.bytes);
      const journal = new Journal<Entry>(handle, unlock, end.sum);
      if (end.bytes === 0) {
        await journal.write({ format: 1, ...of, created: new Date().toISOString() } satisfies Header);
        await syncFolder(path.dirname(file));
      }
      return journal;
    } catch (error) {
      await handle?.close();
      await unlock();
      throw error;
    }
  }

  /** Resolves when the entry is on disk. Entries that arrive during a flush share the next one. */
  append(entry: Entry): Promise<void> {
    return this.write(entry);
  }

  async close(): Promise<void> {
    await this.writing;
    await this.handle.close();
    await this.unlock();
  }

  private write(entry: object): Promise<void> {
    if (this.broken) return Promise.reject(this.broken.error);
    const json = JSON.stringify(entry);
    this.sum = sumOf(this.sum, json);
    const line = `${OPENING}${this.sum}${MIDDLE}${json}}\n`;
    return new Promise((resolve, reject) => {
      this.waiting.push({ line, resolve, reject });
      this.writing ??= this.flush();
    });
  }

  private async flush(): Promise<void> {
    // Entries that are appended in this turn of the event loop are part of this flush.
    await new Promise(setImmediate);
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        await this.handle.appendFile(batch.map(({ line }) => line).join(""));
        await this.handle.datasync();
      } catch (error) {
        this.broken = { error };
        for (const { reject } of [...batch, ...this.waiting]) reject(error);
        this.waiting = [];
        return;
      }
      for (const { resolve } of batch) resolve();
    }
    this.writing = undefined;
  }
}

/** The position of an entry in the file, in bytes. */
export interface Place {
  readonly offset: number;
  readonly length: number;
}

/** Reads a journal, entry by entry, without locking or changing it. Throws as {@link Journal.open} does. */
export async function* readJournal<Entry extends object>(file: string, of: JournalOf): AsyncGenerator<Entry> {
  for await (const { entry } of readPlaces<Entry>(file, of)) yield entry;
}

/** The same, with the position of each entry for {@link entryAt}, for example to read the entries backwards. */
export async function* readPlaces<Entry extends object>(
  file: string,
  of: JournalOf,
): AsyncGenerator<{ readonly entry: Entry; readonly place: Place }> {
  let offset = 0;
  for await (const { entry, number, bytes } of chained(file)) {
    if (number === 1) checkHeader(file, entry as Header, of);
    else yield { entry: entry as Entry, place: { offset, length: bytes - offset } };
    offset = bytes;
  }
}

/** The entry at a position that {@link readPlaces} returned. {@link readPlaces} has verified it. */
export async function entryAt<Entry extends object>(handle: FileHandle, { offset, length }: Place): Promise<Entry> {
  const { buffer } = await handle.read(Buffer.alloc(length), 0, length, offset);
  return JSON.parse(buffer.toString("utf8")).entry;
}

async function replay<Entry>(file: string, of: JournalOf, onEntry: (entry: Entry) => void) {
  let end = { bytes: 0, sum: NO_SUM };
  for await (const { entry, number, sum, bytes } of chained(file)) {
    if (number === 1) checkHeader(file, entry as Header, of);
    else onEntry(entry as Entry);
    end = { bytes, sum };
  }
  return end;
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

/** The complete lines of a journal, each verified against the previous one. `bytes` is the offset where the line ends. */
async function* chained(file: string) {
  let sum = NO_SUM;
  let number = 0;
  let bytes = 0;
  for await (const line of wholeLines(file)) {
    number++;
    bytes += line.length + 1;
    const text = line.toString("utf8");
    const json = text.slice(OPENING.length + SUM_LENGTH + MIDDLE.length, -1);
    const next = sumOf(sum, json);
    if (text !== `${OPENING}${next}${MIDDLE}${json}}`) {
      throw new MigrationError(
        `${file}, line ${number}: this line was changed, or a line was removed or moved here; restore the original file.`,
      );
    }
    sum = next;
    yield { entry: JSON.parse(json) as object, number, sum, bytes };
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

function sumOf(previous: string, json: string): string {
  return createHash("sha256").update(previous).update(json).digest("base64url");
}

/** A new file is durable only once its folder is synced too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}

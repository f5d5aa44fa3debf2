import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import path from "node:path";
import { linesOf } from "./lines";
import { lockFile } from "./lock-file";
import { MigrationError } from "./migration-error";

/*
 * A journal is a file of JSON lines that is only ever appended to. Every line is {"sum":…,"entry":…}, where sum is the
 * SHA-256 of the line before's sum and this line's entry: a line that was changed, removed or moved breaks the chain there.
 * (It shows accidents and hand edits; whoever recomputes the chain is not stopped. Lines missing at the very end look like
 * work that was never recorded: whoever uses a journal must be able to find out about that work.)
 * The first entry says what the journal is of. It may hold usernames: its mode is 0600.
 */

/** What a journal is of: a journal of something else is refused. */
export interface JournalOf {
  /** For example "move". */
  readonly kind: string;
  /** What must not change between runs, for example `{ from: "eu-west-1_A", to: "eu-west-1_B" }`. */
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

/** A journal that is being written, by this process alone. */
export class Journal<Entry extends object> {
  private waiting: Array<{ line: string; resolve: () => void; reject: (error: unknown) => void }> = [];
  private writing: Promise<void> | undefined;
  /** What kept an entry from the disk. The chain goes over it, so nothing more can be written. */
  private broken: { readonly error: unknown } | undefined;

  private constructor(
    private readonly handle: FileHandle,
    private readonly unlock: () => Promise<void>,
    private sum: string,
  ) {}

  /**
   * Opens a journal, or begins one. What is in it is given to `onEntry`, one by one, before this resolves. A last line
   * that was not written to its end is taken off. Throws a {@link MigrationError} if it is in use by another process, is
   * of something else, or was edited.
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

  /** Resolves when the entry is on the disk. Entries that come while the disk is busy share the next flush. */
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
    // What is appended in this turn of the event loop goes along.
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

/** Where an entry is in a file, in bytes. */
export interface Place {
  readonly offset: number;
  readonly length: number;
}

/** Reads a journal, entry by entry, without locking or changing it. Throws as {@link Journal.open} does. */
export async function* readJournal<Entry extends object>(file: string, of: JournalOf): AsyncGenerator<Entry> {
  for await (const { entry } of readPlaces<Entry>(file, of)) yield entry;
}

/** The same, with where each entry is, so that {@link entryAt} can find it again: backwards, for example. */
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

/** An entry whose place is known from {@link readPlaces}, which has checked it. */
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
    throw new MigrationError(`${file} is the journal of ${kind ?? "something else"}, not of ${of.kind}: name another.`);
  }
  for (const name of new Set([...Object.keys(parameters), ...Object.keys(of.parameters)])) {
    const [was, is] = [parameters[name], of.parameters[name]].map((value) => JSON.stringify(value));
    if (was !== is) {
      throw new MigrationError(
        `${file} is the journal of a ${kind} with ${name} ${was}, not ${is}: go on as it was begun, or name another.`,
      );
    }
  }
}

/** The lines of a journal that are whole, each proved to follow the one before; `bytes` is where it ends. */
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
        `${file}, line ${number}: it was changed, or a line was removed or moved here; bring back the file as it was written.`,
      );
    }
    sum = next;
    yield { entry: JSON.parse(json) as object, number, sum, bytes };
  }
}

/** A journal that is not there has no lines; nor is one that was not written to its end a line. */
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

/** A new file is on the disk only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  await handle.sync().finally(() => handle.close());
}

import { mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { bytesParsed } from "../garbage";
import type { Directory } from "./directory";
import { readExport } from "./export";
import type { Source } from "./groups";
import type { User } from "./user";

export interface DownloadOptions {
  readonly directory: Directory;
  /** Where the accounts go: a file of JSON lines that {@link readExport} reads. */
  readonly file: string;
  /** Whether to go on where an earlier download stopped. */
  readonly resume: boolean;
  readonly onPage: (accounts: number) => void;
  readonly note: (text: string) => void;
}

/** How far a download is: what comes after `bytes` in the file is not to be trusted. */
interface Bookmark {
  readonly bytes: number;
  readonly accounts: number;
  /** Where to go on; undefined when all of it is there. */
  readonly token?: string | undefined;
}

const NOTHING: Bookmark = { bytes: 0, accounts: 0 };

/** Reads a whole pool into a file, page by page, and remembers after every page how far it is; answers how many accounts. */
export async function download(options: DownloadOptions): Promise<number> {
  const { directory, file, resume, note } = options;
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const bookmark = await readBookmark(file);
  if (!bookmark) return pagesTo(options, NOTHING);
  if (!resume) {
    if (bookmark.token) {
      note(
        `An earlier reading of ${directory.id} stopped after ${bookmark.accounts} accounts: --resume goes on there.`,
      );
    }
    return pagesTo(options, NOTHING);
  }
  note(`Going on after the ${bookmark.accounts} accounts of ${directory.id} that an earlier reading got.`);
  if (!bookmark.token) return bookmark.accounts;
  try {
    return await pagesTo(options, bookmark);
  } catch (error) {
    // Cognito's pagination tokens expire, after an hour or more; it then calls them invalid.
    if ((error as Error).name !== "InvalidParameterException") throw error;
    note("Cognito no longer knows where the earlier reading stopped: starting again.");
    return pagesTo(options, NOTHING);
  }
}

/** Forgets a download, finished or not. */
export async function forget(file: string): Promise<void> {
  await rm(file, { force: true });
  await rm(bookmarkOf(file), { force: true });
}

/** A downloaded pool. */
export function downloaded(file: string): Source {
  return { read: () => readExport(file) };
}

async function pagesTo({ directory, file, onPage }: DownloadOptions, from: Bookmark): Promise<number> {
  const handle = await open(file, "a", 0o600);
  let { bytes, accounts } = from;
  try {
    await handle.truncate(bytes);
    for await (const { users, next } of directory.pages(from.token)) {
      const lines = Buffer.from(users.map((user) => `${JSON.stringify(listed(user))}\n`).join(""));
      await handle.appendFile(lines);
      bytes += lines.length;
      bytesParsed(lines.length);
      accounts += users.length;
      await writeBookmark(file, { bytes, accounts, token: next });
      onPage(accounts);
    }
  } finally {
    await handle.close();
  }
  return accounts;
}

/** As ListUsers would have it. */
function listed({ username, attributes, status, enabled, created, modified }: User) {
  return {
    Username: username,
    Attributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    UserStatus: status,
    Enabled: enabled,
    UserCreateDate: created,
    UserLastModifiedDate: modified,
  };
}

const bookmarkOf = (file: string) => `${file}.bookmark`;

async function readBookmark(file: string): Promise<Bookmark | undefined> {
  const text = await readFile(bookmarkOf(file), "utf8").catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}

/** Written aside and renamed: a bookmark is whole, whenever the process is killed. */
async function writeBookmark(file: string, bookmark: Bookmark): Promise<void> {
  const aside = `${bookmarkOf(file)}.new`;
  await writeFile(aside, JSON.stringify(bookmark), { mode: 0o600 });
  await rename(aside, bookmarkOf(file));
}

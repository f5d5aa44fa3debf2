import { mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { bytesParsed } from "../garbage";
import type { Directory } from "./directory";
import type { Source } from "./groups";
import { jsonAccounts } from "./json-accounts";
import type { User } from "./user";

export interface DownloadOptions {
  readonly directory: Directory;
  /** The file for the accounts, as JSON lines for {@link jsonAccounts}. */
  readonly file: string;
  /** Whether to continue an earlier download. */
  readonly resume: boolean;
  readonly onPage: (accounts: number) => void;
  readonly note: (text: string) => void;
}

/** The progress of a download. Bytes after `bytes` in the file are not valid. */
interface Bookmark {
  readonly bytes: number;
  readonly accounts: number;
  /** Token of the next page; undefined if the download is complete. */
  readonly token?: string | undefined;
}

const EMPTY: Bookmark = { bytes: 0, accounts: 0 };

/** Reads a whole pool into a file and saves its progress after every page. Returns the number of accounts. */
export async function download(options: DownloadOptions): Promise<number> {
  const { directory, file, resume, note } = options;
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const bookmark = await readBookmark(file);
  if (!bookmark) return pagesTo(options, EMPTY);
  if (!resume) {
    if (bookmark.token) {
      note(`An earlier run stopped after ${bookmark.accounts} accounts of ${directory.id}: --resume continues there.`);
    }
    return pagesTo(options, EMPTY);
  }
  note(`Continuing after the ${bookmark.accounts} accounts of ${directory.id} that an earlier run read.`);
  if (!bookmark.token) return bookmark.accounts;
  try {
    return await pagesTo(options, bookmark);
  } catch (error) {
    // Cognito's pagination tokens expire, after an hour or more; it then calls them invalid.
    if ((error as Error).name !== "InvalidParameterException") throw error;
    note("The pagination token of the earlier run has expired: starting again.");
    return pagesTo(options, EMPTY);
  }
}

/** Deletes a download, complete or not. */
export async function forget(file: string): Promise<void> {
  await rm(file, { force: true });
  await rm(bookmarkOf(file), { force: true });
}

/** A downloaded pool. */
export function downloaded(file: string): Source {
  return { read: () => jsonAccounts(file) };
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

/** The account in the format of ListUsers. */
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

/** Written to a temporary file and renamed, so that the bookmark is complete even if the process is killed. */
async function writeBookmark(file: string, bookmark: Bookmark): Promise<void> {
  const temporary = `${bookmarkOf(file)}.new`;
  await writeFile(temporary, JSON.stringify(bookmark), { mode: 0o600 });
  await rename(temporary, bookmarkOf(file));
}

import { linesOf } from "../lines";
import { MigrationError } from "../migration-error";
import type { User } from "../pool/user";
import { csvAccounts, dialectOf, isMarked } from "./csv-accounts";
import type { Dialect } from "./dialects";
import { isJson, jsonAccounts } from "./json-accounts";

export const FORMATS = ".csv, .json, .jsonl or .ndjson";

/** Whether the file's extension is one of {@link FORMATS}. */
export function isAccountsFile(file: string): boolean {
  return isCsv(file) || isJson(file);
}

const isCsv = (file: string) => /\.csv$/i.test(file);

/** What was seen while a file was read from its beginning to its end. */
export interface Reading {
  /** Rows of a CSV file but the first, or users of a JSON file. Each is an account, or an error was thrown. */
  readonly rows: number;
  /** Accounts with an e-mail address. */
  readonly withEmail: number;
  /** Whether the file's last page says that there is another one: the file was cut off. */
  readonly isCutOff: boolean;
}

/** A file of accounts. */
export class AccountsFile {
  /** What the last complete reading saw. */
  reading: Reading | undefined;

  private constructor(
    private readonly file: string,
    /** Lines: about as many as accounts. */
    readonly lines: number,
    private readonly dialect: Dialect | undefined,
    private readonly isSaid: boolean,
  ) {}

  /**
   * @param dialect of a CSV file. @default told by its header and content; a {@link MigrationError} is thrown where that can mean both
   */
  static async open(file: string, dialect?: Dialect): Promise<AccountsFile> {
    if (!isAccountsFile(file)) throw new MigrationError(`${file}: its name must end in ${FORMATS}.`);
    let lines = 0;
    let hasMarks = false;
    for await (const { line } of linesOf(file)) {
      lines++;
      hasMarks ||= isMarked(line);
    }
    if (lines === 0) throw new MigrationError(`${file}: the file is empty.`);
    const read = isCsv(file) ? (dialect ?? (await dialectOf(file, hasMarks))) : undefined;
    return new AccountsFile(file, lines, read, dialect !== undefined);
  }

  /** The accounts, in the order of the file. Throws a {@link MigrationError} that names the line where one cannot be read, or if there are none. */
  async *read(): AsyncGenerator<User> {
    let rows = 0;
    let withEmail = 0;
    let isCutOff = false;
    const users = this.dialect
      ? csvAccounts(this.file, this.dialect, this.isSaid)
      : jsonAccounts(this.file, (page) => {
          isCutOff = page.hasNext;
        });
    for await (const user of users) {
      rows++;
      if (user.attributes.email) withEmail++;
      yield user;
    }
    if (rows === 0) throw new MigrationError(`${this.file}: there are no accounts in it.`);
    this.reading = { rows, withEmail, isCutOff };
  }
}

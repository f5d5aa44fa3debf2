import { type CsvRecord, csvRecords, type Row, rowsOf } from "../csv";
import { textLinesOf } from "../lines";
import { MigrationError } from "../migration-error";
import { isStorable, type User } from "../pool/user";
import type { Dialect } from "./dialects";
import { nearlyCalled } from "./nearly-called";

const USERNAME = "cognito:username";
const MFA = "cognito:mfa_enabled";
/** Columns that are not attributes. */
const OTHER_COLUMNS = [USERNAME, MFA, "cognito:user_status", "enabled", "created", "last_modified"];

/**
 * The accounts of a CSV file with the header that Cognito gives for imports (GetCSVHeader). Columns `sub`, `cognito:user_status`, `enabled`,
 * `created` and `last_modified` are optional. `isSaid`: the operator has said the dialect, so that a cell with line ends and commas is one value.
 */
export async function* csvAccounts(file: string, dialect: Dialect, isSaid: boolean): AsyncGenerator<User> {
  let isFirst = true;
  for await (const row of rowsOf(file, recordsOf(file, dialect, isSaid))) {
    if (isFirst) checkColumns(file, Object.keys(row.cells));
    isFirst = false;
    yield fromRow(file, row);
  }
}

function recordsOf(file: string, dialect: Dialect, isSaid = false): AsyncGenerator<CsvRecord> {
  if (dialect === "cognito") return cognitoRecords(file);
  return csvRecords(file, { mayHoldRows: isSaid, sayBy: "--dialect rfc4180" });
}

async function* cognitoRecords(file: string): AsyncGenerator<CsvRecord> {
  for await (const { text, number } of textLinesOf(file)) {
    if (text === "") continue;
    const cells = text.includes("\\,")
      ? text.split(/(?<!\\),/).map((cell) => cell.replaceAll("\\,", ","))
      : text.split(",");
    yield { line: number, cells };
  }
}

/** Whether a line has anything that the dialects read in different ways. */
export function isMarked(line: Buffer): boolean {
  return line.includes('"') || line.includes("\\");
}

/**
 * The dialect in which every row of a file can be read. `hasMarks` says whether a line of it {@link isMarked}. Throws a {@link MigrationError} where that is both, and they read different cells: a name
 * in quotation marks is the same name in one dialect only.
 */
export async function dialectOf(file: string, hasMarks: boolean): Promise<Dialect> {
  if (!(await isOfCognito(file))) return "rfc4180";
  if (!hasMarks) return "cognito";
  if (!(await isReadable(file, "cognito"))) return "rfc4180";
  if (!(await isReadable(file, "rfc4180"))) return "cognito";
  const line = await firstDifference(file);
  if (line === undefined) return "rfc4180";
  throw new MigrationError(
    `${file}, line ${line}: a quotation mark or a backslash means one thing in RFC 4180 and another in Cognito's imports; say which it is with --dialect rfc4180 or --dialect cognito.`,
  );
}

/** Whether its first line is what GetCSVHeader answers. */
async function isOfCognito(file: string): Promise<boolean> {
  for await (const { text } of textLinesOf(file)) {
    const columns = text.split(",");
    return columns.includes(USERNAME) && columns.includes(MFA);
  }
  return false;
}

async function isReadable(file: string, dialect: Dialect): Promise<boolean> {
  try {
    for await (const _ of rowsOf(file, recordsOf(file, dialect)));
    return true;
  } catch (error) {
    if (error instanceof MigrationError) return false;
    throw error;
  }
}

/** The line of the first record that the dialects read in different ways. */
async function firstDifference(file: string): Promise<number | undefined> {
  const others = cognitoRecords(file);
  try {
    for await (const { line, cells } of csvRecords(file)) {
      const { value: other } = await others.next();
      if (!other || cells.some((cell, index) => cell !== other.cells[index])) return line;
    }
    return (await others.next()).value?.line;
  } finally {
    await others.return(undefined);
  }
}

function checkColumns(file: string, columns: readonly string[]): void {
  for (const column of columns) {
    const meant = nearlyCalled(column, columns, OTHER_COLUMNS);
    if (meant === undefined) continue;
    throw new MigrationError(`${file}, line 1: the column ${JSON.stringify(column)} must be called ${meant}.`);
  }
  if (!columns.includes(USERNAME)) throw new MigrationError(`${file}: its first line must name a column ${USERNAME}.`);
}

function fromRow(file: string, { line, cells }: Row): User {
  const refused = (what: string) => new MigrationError(`${file}, line ${line}: ${what}.`);
  const username = cells[USERNAME] ?? "";
  if (username === "") throw refused("the username is missing");
  const identifier = [USERNAME, "email", "sub"].find((column) => /[\r\n]/.test(cells[column] ?? ""));
  if (identifier !== undefined) throw refused(`the value of ${identifier} has a line end in it`);
  const unstorable = [USERNAME, "email", "sub"].find((column) => !isStorable(cells[column] ?? ""));
  if (unstorable !== undefined) throw refused(`the value of ${unstorable} has a NUL in it`);
  const enabled = (cells.enabled ?? "").trim().toLowerCase();
  if (!["", "true", "false"].includes(enabled)) throw refused("enabled must be true or false");
  const attributes = Object.entries(cells).filter(([name, value]) => value !== "" && !OTHER_COLUMNS.includes(name));
  return {
    username,
    sub: cells.sub ?? "",
    attributes: Object.fromEntries(attributes),
    status: cells["cognito:user_status"] ?? "",
    enabled: enabled !== "false",
    created: cells.created ?? "",
    modified: cells.last_modified ?? "",
  };
}

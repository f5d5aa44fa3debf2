import { type Row, readCsv } from "../csv";
import { textLinesOf } from "../lines";
import { MigrationError } from "../migration-error";
import { type ListedUser, type User, userFrom } from "./user";

/** Whether the file's extension is one of the supported formats. */
export function isExport(file: string): boolean {
  return CSV.test(file) || JSON_LINES.test(file);
}

const CSV = /\.csv$/i;
const JSON_LINES = /\.(?:jsonl|ndjson)$/i;

/**
 * The accounts in a file, in its order: JSON lines as ListUsers answers (a user or a page of users per line), or CSV with
 * the header that Cognito gives for imports (GetCSVHeader). Columns `sub`, `cognito:user_status`, `enabled`, `created` and
 * `last_modified` are optional.
 */
export function readExport(file: string): AsyncGenerator<User> {
  if (CSV.test(file)) return fromCsv(file);
  if (JSON_LINES.test(file)) return fromJsonLines(file);
  throw new MigrationError(`${file}: its name must end in .csv or .jsonl.`);
}

async function* fromJsonLines(file: string): AsyncGenerator<User> {
  for await (const { text, number } of textLinesOf(file)) {
    if (text.trim() === "") continue;
    const listed = parsed(text);
    const users = listed && ("Users" in listed ? listed.Users : [listed]);
    if (!users?.every(({ Username }) => typeof Username === "string")) {
      throw new MigrationError(
        `${file}, line ${number}: each line must be a user as list-users returns it, in JSON, such as` +
          ` {"Username":"ana","Attributes":[{"Name":"email","Value":"ana@example.com"}]}.`,
      );
    }
    for (const user of users) yield userFrom(user);
  }
}

function parsed(line: string): ListedUser | { readonly Users: ListedUser[] } | undefined {
  try {
    const value = JSON.parse(line);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const USERNAME = "cognito:username";
/** Columns that are not attributes. */
const OTHER_COLUMNS = [USERNAME, "cognito:mfa_enabled", "cognito:user_status", "enabled", "created", "last_modified"];

async function* fromCsv(file: string): AsyncGenerator<User> {
  for await (const row of readCsv(file)) yield fromRow(file, row);
}

function fromRow(file: string, { line, cells }: Row): User {
  const username = cells[USERNAME];
  if (username === undefined) throw new MigrationError(`${file}: its first line must name a column ${USERNAME}.`);
  if (username === "") throw new MigrationError(`${file}, line ${line}: the username is missing.`);
  const attributes = Object.entries(cells).filter(([name, value]) => value !== "" && !OTHER_COLUMNS.includes(name));
  return {
    username,
    sub: cells.sub ?? "",
    attributes: Object.fromEntries(attributes),
    status: cells["cognito:user_status"] ?? "",
    enabled: cells.enabled?.toLowerCase() !== "false",
    created: cells.created ?? "",
    modified: cells.last_modified ?? "",
  };
}

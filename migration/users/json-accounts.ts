import { open } from "node:fs/promises";
import { JSONParser } from "@streamparser/json";
import { textLinesOf, textOf } from "../lines";
import { MigrationError } from "../migration-error";
import { parsedJson } from "../parsed-json";
import { isStorable, type ListedUser, type User, userFrom } from "../pool/user";
import { nearlyCalled } from "./nearly-called";

/** Whether the file's extension is one of JSON. */
export const isJson = (file: string) => /\.(?:json|jsonl|ndjson)$/i.test(file);

/** A page of ListUsers. `hasNext` says that it is not the last one. */
export type OnPage = (page: { readonly hasNext: boolean }) => void;

const EXAMPLE = '{"Username":"ana","Attributes":[{"Name":"email","Value":"ana@example.com"}]}';

/**
 * The accounts of a JSON file, in its order: what ListUsers answers, a user or a page of users per line, or one document as the AWS CLI prints it.
 * Throws a {@link MigrationError} that says where the file holds something else.
 */
export async function* jsonAccounts(file: string, onPage: OnPage = () => {}): AsyncGenerator<User> {
  const head = await headOf(file);
  const [firstLine = ""] = head.trimStart().split("\n", 1);
  const isDocument = /^[[{]/.test(firstLine) && parsedJson(firstLine) === undefined;
  yield* isDocument ? fromDocument(file, firstLine.startsWith("["), onPage) : fromLines(file, onPage);
}

/** Bytes. A page of ListUsers, a line of such a file, has up to 60 users of a few kilobytes. */
const HEAD = 1 << 22;

async function headOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    return buffer.toString("utf8", 0, bytesRead).replace(/^\uFEFF/, "");
  } finally {
    await handle.close();
  }
}

async function* fromLines(file: string, onPage: OnPage): AsyncGenerator<User> {
  for await (const { text, number } of textLinesOf(file)) {
    if (text.trim() === "") continue;
    const refused = (what: string) =>
      new MigrationError(
        `${file}, line ${number}: ${what}each line must be a user as list-users returns it, in JSON, such as ${EXAMPLE}.`,
      );
    const value = parsedJson(text.replaceAll(USERNAME, `$&${PADDING}`));
    if (typeof value !== "object" || value === null) throw refused("");
    const users = Array.isArray(value) ? value : "Users" in value ? value.Users : [value];
    if (!Array.isArray(users)) throw refused("Users is no list; ");
    if (keysIn(text) > users.length) throw refused("a user has two names, or there are two lists of users; ");
    if ("Users" in value) onPage({ hasNext: hasNext(value) });
    for (const user of users) yield checked(unpadded(user), (what) => refused(`${what}; `));
  }
}

/*
 * JSON.parse puts texts of up to ten characters into a table of V8, which only a full collection empties: memory would grow with every short
 * username. So a username is made longer before its line is parsed.
 */
const USERNAME = /"Username"\s*:\s*"/g;
const PADDING = "<username>:";

function unpadded(value: unknown): unknown {
  const user = value as ListedUser | null;
  if (typeof user?.Username !== "string" || !user.Username.startsWith(PADDING)) return value;
  return { ...user, Username: user.Username.slice(PADDING.length) };
}

/** The keys `Username` of a line: of two equal ones JSON.parse takes the last. A quotation mark within a text is escaped. */
function keysIn(text: string): number {
  return text.match(USERNAME)?.length ?? 0;
}

const TOKENS = ["PaginationToken", "NextToken"];

function hasNext(page: object): boolean {
  return TOKENS.some((name) => typeof (page as Record<string, unknown>)[name] === "string");
}

async function* fromDocument(file: string, isList: boolean, onPage: OnPage): AsyncGenerator<User> {
  // A document of a million users is larger than a text may be: its users are taken out one by one.
  const parser = new JSONParser({
    paths: isList ? ["$.*"] : ["$.Users.*", ...TOKENS.map((name) => `$.${name}`)],
    keepStack: false,
  });
  let users: unknown[] = [];
  let number = 0;
  parser.onValue = ({ value, key }) => {
    if (TOKENS.includes(String(key))) onPage({ hasNext: typeof value === "string" });
    else users.push(value);
  };
  let line = 1;
  for await (const text of textOf(file)) {
    try {
      if (!parser.isEnded || text.trim() !== "") parser.write(text);
    } catch (error) {
      throw new MigrationError(
        `${file}, near line ${line}: this is no JSON as list-users prints it (${messageOf(error)}).`,
      );
    }
    line += text.split("\n").length - 1;
    for (const user of users) {
      number++;
      yield checked(
        user,
        (what) => new MigrationError(`${file}, user ${number}: ${what}; a user looks like ${EXAMPLE}.`),
      );
    }
    users = [];
  }
  if (!parser.isEnded) throw new MigrationError(`${file}: the document is cut off after ${number} users.`);
}

const messageOf = (error: unknown) => (error as Error).message.split("\n")[0];

/** A user of a file, which may hold anything. */
function checked(value: unknown, refused: (what: string) => MigrationError): User {
  const user = value as ListedUser | null;
  if (typeof user !== "object" || typeof user?.Username !== "string" || user.Username === "") {
    throw refused("Username is missing");
  }
  // AdminGetUser's answer calls them UserAttributes.
  const { Attributes = user.UserAttributes ?? [], UserStatus, Enabled, UserCreateDate, UserLastModifiedDate } = user;
  const isList = Array.isArray(Attributes);
  if (!isList || !Attributes.every((one) => typeof one?.Name === "string" && isTextOrLeftOut(one.Value))) {
    throw refused("Attributes is no list of { Name, Value }");
  }
  if (!isTextOrLeftOut(UserStatus)) throw refused("UserStatus is no text");
  if (!(Enabled === undefined || typeof Enabled === "boolean")) throw refused("Enabled is neither true nor false");
  if (![UserCreateDate, UserLastModifiedDate].every(isTime))
    throw refused("UserCreateDate or UserLastModifiedDate is no time");
  const names = Attributes.map(({ Name = "" }) => Name);
  for (const name of names) {
    const meant = nearlyCalled(name, names);
    if (meant !== undefined) throw refused(`the attribute ${JSON.stringify(name)} must be called ${meant}`);
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw refused(`the attribute ${JSON.stringify(twice)} is there twice`);
  const identifiers = [
    user.Username,
    ...Attributes.flatMap(({ Name, Value = "" }) => (Name === "email" || Name === "sub" ? Value : [])),
  ];
  if (!identifiers.every(isStorable)) throw refused("Username, sub or email holds a NUL, or half of a character");
  if (identifiers.some((text) => /[\r\n]/.test(text))) throw refused("Username, sub or email has a line end in it");
  return userFrom({ ...user, Attributes });
}

const isTime = (value: unknown) => value === undefined || value === null || ["string", "number"].includes(typeof value);

const isTextOrLeftOut = (value: unknown) => value === undefined || typeof value === "string";

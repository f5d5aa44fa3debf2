import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { isVerified, type User } from "../../../migration/pool/user";
import { AccountsFile } from "../../../migration/users/accounts-file";
import type { Dialect } from "../../../migration/users/dialects";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "export-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(name: string, text: string | Buffer, dialect?: Dialect): Promise<User[]> {
  const file = path.join(folder, name);
  await writeFile(file, text);
  const users: User[] = [];
  const accounts = await AccountsFile.open(file, dialect);
  for await (const user of accounts.read()) users.push(user);
  expect(accounts.reading?.rows).toBe(users.length);
  return users;
}

const attributes = [
  { Name: "sub", Value: "1" },
  { Name: "email", Value: "ana@example.com" },
  { Name: "email_verified", Value: "true" },
];
const user = { Username: "ana", Attributes: attributes, Enabled: false, UserStatus: "CONFIRMED" };
const expected = {
  username: "ana",
  sub: "1",
  attributes: { sub: "1", email: "ana@example.com", email_verified: "true" },
  status: "CONFIRMED",
  enabled: false,
  created: "2024-01-02T03:04:05.678Z",
  modified: "2024-01-02T03:04:05.678Z",
};

it("JSON lines of list-users are read, a user or a page a line, with times as strings or seconds", async () => {
  const asText = { ...user, UserCreateDate: "2024-01-02T04:04:05.678+01:00", UserLastModifiedDate: expected.modified };
  const asSeconds = { ...user, UserCreateDate: 1704164645.678, UserLastModifiedDate: 1704164645.678 };
  const text = `${JSON.stringify(asText)}\r\n\n${JSON.stringify({ Users: [asSeconds, asText] })}`;
  expect(await read("users.jsonl", text)).toEqual([expected, expected, expected]);
});

it("CSV with Cognito's header and additional columns is read", async () => {
  const header = "name,email,email_verified,cognito:mfa_enabled,cognito:username,custom:team";
  const [ana] = await read("import.csv", `${header}\nAna,ana@example.com,TRUE,false,ana,\n`);
  expect(ana).toEqual({
    username: "ana",
    sub: "",
    attributes: { name: "Ana", email: "ana@example.com", email_verified: "TRUE" },
    status: "",
    enabled: true,
    created: "",
    modified: "",
  });
  expect(ana && isVerified(ana)).toBe(true);
  const more = "sub,cognito:user_status,enabled,created,last_modified,cognito:username";
  expect(await read("more.csv", `${more}\n1,CONFIRMED,False,a,b,ana\n`)).toEqual([
    { ...expected, attributes: { sub: "1" }, created: "a", modified: "b" },
  ]);
});

it("one document as the AWS CLI prints it is read, of pages or of users", async () => {
  const users = Array.from({ length: 3 }, (_, index) => ({ ...user, Username: `user${index}` }));
  const names = ["user0", "user1", "user2"];
  for (const document of [{ Users: users }, users]) {
    const text = `\uFEFF${JSON.stringify(document, undefined, 4)}\n`;
    expect((await read("users.json", text)).map(({ username }) => username)).toEqual(names);
  }
});

it("a document in one line, and what AdminGetUser answers, are read", async () => {
  expect(await read("users.json", JSON.stringify([user, user]))).toHaveLength(2);
  const { Attributes: UserAttributes, ...rest } = user;
  expect(await read("users.jsonl", JSON.stringify({ ...rest, UserAttributes }))).toEqual(
    await read("users.jsonl", JSON.stringify(user)),
  );
});

it("a cell that looks as if it held other rows is one value where the dialect is said", async () => {
  const text = 'address,cognito:username\n"Way 1, Town\nRoad 2, City",ana\n';
  await expect(read("users.csv", text)).rejects.toThrow("or say with --dialect rfc4180 that it is one value");
  expect(await read("users.csv", text, "rfc4180")).toMatchObject([
    { attributes: { address: "Way 1, Town\nRoad 2, City" } },
  ]);
});

it("a file whose last page names a next one was cut off", async () => {
  const file = path.join(folder, "pages.jsonl");
  const cutOff = async (text: string) => {
    await writeFile(file, text);
    const accounts = await AccountsFile.open(file);
    for await (const _ of accounts.read());
    return accounts.reading?.isCutOff;
  };
  const page = (token?: string) => `${JSON.stringify({ Users: [user], PaginationToken: token })}\n`;
  expect(await cutOff(page("more") + page())).toBe(false);
  expect(await cutOff(page("more"))).toBe(true);
  expect(await cutOff(JSON.stringify({ Users: [user], NextToken: "more" }, undefined, 2))).toBe(true);
});

const COGNITO = "name,email,cognito:mfa_enabled,cognito:username";
const PLAIN = "name,email,cognito:username";

describe("the dialect of a CSV file", () => {
  const names = async (text: string, dialect?: Dialect) =>
    (await read("users.csv", text, dialect)).map(({ username, attributes }) => [username, attributes.name]);

  it.each([
    ["Cognito's, by commas with a backslash", `${COGNITO}\nLee\\, Ana,a@x.org,FALSE,ana\n`, [["ana", "Lee, Ana"]]],
    [
      "Cognito's, where quotation marks are a part of names",
      `${COGNITO}\n"Ana,a@x.org,FALSE,ana\nBen,b@x.org,FALSE,ben\n"Cleo,c@x.org,FALSE,cleo\n`,
      [
        ["ana", '"Ana'],
        ["ben", "Ben"],
        ["cleo", '"Cleo'],
      ],
    ],
    [
      "Cognito's, where a name is a quotation mark, twice",
      `${COGNITO}\n",a@x.org,FALSE,ana\nBen,b@x.org,FALSE,ben\n",c@x.org,FALSE,cleo\n`,
      [
        ["ana", '"'],
        ["ben", "Ben"],
        ["cleo", '"'],
      ],
    ],
    ["RFC 4180, by cells with commas", `${COGNITO}\n"Lee, Ana",a@x.org,FALSE,ana\n`, [["ana", "Lee, Ana"]]],
    ["RFC 4180, by a quoted header", `"name","email","cognito:username"\n"Ana",a@x.org,ana\n`, [["ana", "Ana"]]],
    ["RFC 4180, with another header than Cognito's", `${PLAIN}\n"Ana",a@x.org,ana\n`, [["ana", "Ana"]]],
    ["either, without such characters", `${COGNITO}\nAna,a@x.org,FALSE,ana\n`, [["ana", "Ana"]]],
  ])("is %s", async (_, text, expected) => {
    expect(await names(text)).toEqual(expected);
  });

  it("has to be said where both are possible", async () => {
    const text = `${COGNITO}\nBen,b@x.org,FALSE,ben\n"Ana",a@x.org,FALSE,ana\n`;
    await expect(names(text)).rejects.toThrow(/users.csv, line 3: .* --dialect rfc4180 or --dialect cognito/);
    expect(await names(text, "rfc4180")).toContainEqual(["ana", "Ana"]);
    expect(await names(text, "cognito")).toContainEqual(["ana", '"Ana"']);
  });
});

const ANA = JSON.stringify({ ...user, Username: "ana" });
const asJson = (change: object) => `${ANA}\n${JSON.stringify({ ...user, ...change })}\n`;
const latin1 = (text: string) => Buffer.from(text, "latin1");
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, "utf16le");
const LIST = "line 2: Attributes is no list of { Name, Value }";

it.each<[name: string, text: string | Buffer, refusal: string]>([
  ["users.txt", "", "its name must end in .csv, .json, .jsonl or .ndjson"],
  // Nothing in them.
  ["users.csv", "", "the file is empty"],
  ["users.jsonl", "", "the file is empty"],
  ["users.json", "", "the file is empty"],
  ["users.csv", "\n\n", "the file is empty"],
  ["users.csv", `${PLAIN}\n`, "there are no accounts in it"],
  ["users.jsonl", '{"Users":[]}\n', "there are no accounts in it"],
  ["users.json", '{\n  "Users": []\n}\n', "there are no accounts in it"],
  ["users.json", '{\n  "Groups": [{}]\n}\n', "there are no accounts in it"],
  // Their first line.
  ["users.csv", "name\nAna\n", "its first line must name a column cognito:username"],
  ["users.csv", "name,username\nAna,ana\n", 'the column "username" must be called cognito:username'],
  ["users.csv", "name, email,cognito:username\nAna,a@x.org,ana\n", 'line 1: the column " email" must be called email'],
  ["users.csv", "name,E-Mail,cognito:username\nAna,a@x.org,ana\n", 'line 1: the column "E-Mail" must be called email'],
  ["users.csv", "email,email,cognito:username\na@x.org,,ana\n", 'line 1: the column "email" is there twice'],
  [
    "users.csv",
    `${PLAIN.replaceAll(",", ";")}\nAna;a@x.org;ana\n`,
    "its first line must name a column cognito:username",
  ],
  ["users.csv", `${PLAIN}\rAna,a@x.org,ana\r`, "its lines end in CR alone"],
  // Their bytes.
  ["users.csv", latin1(`${PLAIN}\nAna,a@x.org,ana\nJosé,j@x.org,josé\n`), "line 3: this is not UTF-8"],
  ["users.csv", latin1(`${COGNITO}\nJosé,j@x.org,FALSE,josé\n`), "line 2: this is not UTF-8"],
  ["users.jsonl", latin1(`${ANA}\n${ANA.replace("ana", "josé")}\n`), "line 2: this is not UTF-8"],
  ["users.json", latin1(JSON.stringify({ Users: [{ ...user, Username: "josé" }] }, undefined, 1)), "this is not UTF-8"],
  ["users.csv", utf16(`${PLAIN}\nAna,a@x.org,ana\n`), "line 1: this is not UTF-8"],
  // Their cells.
  ["users.csv", "name,cognito:username\nAna,\n", "line 2: the username is missing"],
  ["users.csv", `${PLAIN}\nAna,a@x.org\n`, "line 2: 2 values where the first line names 3 columns"],
  ["users.csv", `${PLAIN}\nLee, Ana,a@x.org,ana\n`, "line 2: 4 values where the first line names 3 columns"],
  ["users.csv", `${COGNITO}\nLee, Ana,a@x.org,FALSE,ana\n`, "line 2: 5 values where the first line names 4 columns"],
  ["users.csv", `${PLAIN}\n"Ana" Lee,a@x.org,ana\n`, "line 2: text after a closing quotation mark"],
  [
    "users.csv",
    `${PLAIN}\nBen,b@x.org,ben\nAna "Lee",a@x.org,ana\n`,
    "line 3: a quotation mark in the middle of a cell",
  ],
  ["users.csv", `${PLAIN}\n"Ana,a@x.org,ana\nBen,b@x.org,ben\n`, "line 2: a quotation mark is never closed"],
  [
    "users.csv",
    `${PLAIN}\nBen,b@x.org,ben\n",a@x.org,ana\nCleo,c@x.org,cleo\n",d@x.org,dora\n`,
    "line 3: a quoted cell goes on to line 5 and seems to hold other rows",
  ],
  ["users.csv", `${PLAIN}\n"Ana,a@x.org,ana\n${"Ben,b@x.org,ben\n".repeat(100_000)}`, "line 2: a row of more than"],
  ["users.csv", `${PLAIN}\nAna,"a@x.\norg",ana\n`, "line 2: the value of email has a line end in it"],
  ["users.csv", "enabled,cognito:username\nno,ana\n", "line 2: enabled must be true or false"],
  // JSON that is something else.
  ["users.jsonl", "{}\n", "line 1: Username is missing; each line must be a user as list-users returns it"],
  ["users.jsonl", `${ANA}\n{\n`, "line 2: each line must be a user as list-users returns it"],
  ["users.jsonl", "null\n", "line 1: each line must be a user"],
  ["users.jsonl", `${ANA}\n"ana"\n`, "line 2: each line must be a user"],
  ["users.jsonl", `${ANA}\n[1]\n`, "line 2: Username is missing"],
  ["users.jsonl", `${ANA}\n{"Users":null}\n`, "line 2: Users is no list"],
  ["users.jsonl", `${ANA}\n{"Users":[null]}\n`, "line 2: Username is missing"],
  ["users.jsonl", asJson({ Username: 5 }), "line 2: Username is missing"],
  ["users.jsonl", asJson({ Username: "" }), "line 2: Username is missing"],
  ["users.jsonl", asJson({ Attributes: null }), LIST],
  ["users.jsonl", asJson({ Attributes: {} }), LIST],
  ["users.jsonl", asJson({ Attributes: [null] }), LIST],
  ["users.jsonl", asJson({ Attributes: [{ Name: 1, Value: "1" }] }), LIST],
  ["users.jsonl", asJson({ Attributes: [{ Name: "email", Value: null }] }), LIST],
  [
    "users.jsonl",
    asJson({ UserCreateDate: { toString: 1 } }),
    "line 2: UserCreateDate or UserLastModifiedDate is no time",
  ],
  ["users.jsonl", asJson({ Username: "ana\nben" }), "line 2: Username, sub or email has a line end in it"],
  [
    "users.jsonl",
    asJson({ Attributes: [{ Name: "Email", Value: "a@x.org" }] }),
    'the attribute "Email" must be called email',
  ],
  ["users.jsonl", asJson({ Attributes: [...attributes, ...attributes] }), 'the attribute "sub" is there twice'],
  ["users.jsonl", '{"Username":"ana","Username":"ben"}\n', "line 1: a user has two names, or there are two lists"],
  [
    "users.jsonl",
    `{"Users":[${ANA}],"Users":[${ANA.replace("ana", "ben")}]}\n`,
    "line 1: a user has two names, or there are two lists",
  ],
  ["users.jsonl", asJson({ UserStatus: 1 }), "line 2: UserStatus is no text"],
  ["users.jsonl", asJson({ Enabled: "false" }), "line 2: Enabled is neither true nor false"],
  [
    "users.json",
    `${JSON.stringify({ Users: [user] }, undefined, 1).slice(0, -2)}`,
    "the document is cut off after 1 users",
  ],
  ["users.json", `${JSON.stringify({ Users: [user, {}] }, undefined, 1)}`, "user 2: Username is missing"],
  ["users.json", "{\n  Users: []\n}\n", "near line 1: this is no JSON as list-users prints it"],
  ["users.json", `${JSON.stringify({ Users: [user] }, undefined, 1)}\nmore`, "this is no JSON as list-users prints it"],
])("a file that cannot be read whole is refused: %s %j", async (name, text, refusal) => {
  await expect(read(name, text)).rejects.toThrow(refusal);
});

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { readExport } from "../../../migration/users/export";
import { isVerified, type User } from "../../../migration/users/user";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "export-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(name: string, text: string): Promise<User[]> {
  const file = path.join(folder, name);
  await writeFile(file, text);
  const users: User[] = [];
  for await (const user of readExport(file)) users.push(user);
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

it.each([
  ["users.txt", "", "its name must end in .csv or .jsonl"],
  ["users.jsonl", "{}\n", "line 1: each line must be a user as list-users returns it"],
  ["users.jsonl", `${JSON.stringify(user)}\n{\n`, "line 2: each line must be a user as list-users returns it"],
  ["users.csv", "name\nAna\n", "its first line must name a column cognito:username"],
  ["users.csv", "name,cognito:username\nAna,\n", "line 2: the username is missing"],
])("an invalid export is refused: %s %j", async (name, text, refusal) => {
  await expect(read(name, text)).rejects.toThrow(refusal);
});

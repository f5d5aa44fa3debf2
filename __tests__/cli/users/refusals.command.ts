import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { formerJournal } from "../../support/former-journal";
import { StubCognito, type StubPool } from "../../support/stub-cognito";
import { users } from "../../support/users-command";

// Every command is a process of its own, and the machine may be busy.

const FROM = "eu-west-1_Old";
const TO = "eu-west-1_New";

let folder: string;
let cognito: StubCognito;
let target: StubPool;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "refusals-"));
  cognito = await StubCognito.start();
  const old = cognito.addPool(FROM, { caseSensitive: true });
  target = cognito.addPool(TO);
  old.add("ana", { email: "ana@example.com", email_verified: "true" });
  old.add("ben", { email: "ben@example.com", email_verified: "true" });
  await run("plan");
});
afterAll(async () => {
  await cognito.stop();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  cognito.interfere = () => undefined;
  target.users.clear();
});

function run(verb: string, ...args: string[]) {
  return users(cognito.endpoint, verb, "--from", FROM, "--to", TO, "--folder", folder, ...args);
}

/** Expects one sentence on stderr, an empty stdout, and no new account. */
async function refuses(
  refused: Promise<{ code: number; stdout: string; stderr: string }>,
  sentence: string | RegExp,
  exitCode = 1,
) {
  const { code, stdout, stderr } = await refused;
  expect({ code, stdout }).toEqual({ code: exitCode, stdout: "" });
  if (typeof sentence === "string") expect(stderr).toBe(`${sentence}\n`);
  else expect(stderr).toMatch(sentence);
  expect(target.users.size).toBe(0);
}

it("a missing pool is refused", async () => {
  await refuses(
    users(cognito.endpoint, "audit", "--pool", "eu-west-1_Missing", "--folder", folder),
    "AWS knows no such thing: User pool eu-west-1_Missing does not exist.",
  );
  await refuses(
    run("plan", "--to", "eu-west-1_Missing"),
    "AWS knows no such thing: User pool eu-west-1_Missing does not exist.",
  );
});

it("an invalid pool id, and the same pool for --from and --to, are refused", async () => {
  for (const [verb, option] of [
    ["audit", "--pool"],
    ["plan", "--from"],
    ["move", "--to"],
  ] as const) {
    const sentence = /argument 'old' is invalid\. A user pool's id looks like eu-west-1_AbCdEfGhI\.\n/;
    await refuses(users(cognito.endpoint, verb, option, "old"), sentence, 64);
  }
  await refuses(run("plan", "--to", FROM), "--from and --to are the same pool.", 64);
});

it("an audit without a pool or file, with both, or with an unusable file is refused", async () => {
  const audit = (...args: string[]) => users(cognito.endpoint, "audit", ...args);
  const either = "Name either a pool with --pool, or a file with --file.";
  await refuses(audit(), either, 64);
  await refuses(audit("--pool", FROM, "--file", "package.json"), either, 64);
  await refuses(audit("--file", "none.csv"), `There is no file ${path.resolve("none.csv")}.`, 64);
  const named = `${path.resolve("README.md")}: its name must end in .csv, .json, .jsonl or .ndjson.`;
  await refuses(audit("--file", "README.md"), named, 64);
  await refuses(audit("--file", "package.json"), /package\.json: there are no accounts in it\.\n$/);
  const missing = `/none/x.csv cannot be written: there is no folder /none.`;
  await refuses(audit("--pool", FROM, "--csv", "/none/x.csv"), missing, 64);
});

it("what an export cannot tell is said, with exit code 2", async () => {
  const audit = async (name: string, text: string, ...args: string[]) => {
    const file = path.join(folder, name);
    await writeFile(file, text);
    return users(cognito.endpoint, "audit", "--file", file, "--folder", folder, ...args);
  };
  expect(await audit("names.csv", "cognito:username\nana\nben\n")).toMatchObject({
    code: 2,
    stdout: expect.stringContaining("No e-mail addresses were compared, only usernames"),
  });
  const user = { Username: "ana", Attributes: [{ Name: "email", Value: "ana@example.com" }] };
  expect(await audit("page.jsonl", JSON.stringify({ Users: [user], NextToken: "more" }))).toMatchObject({
    code: 2,
    stdout: expect.stringContaining("The file was cut off"),
  });
});

it("a file of addresses is readable by its owner only, and names give the terminal no commands", async () => {
  const file = path.join(folder, "users.csv");
  await writeFile(file, "email,cognito:username\na@x.org,ana\na@x.org,\u001b[2Jben\n");
  const groups = path.join(folder, "groups.csv");
  await writeFile(groups, "", { mode: 0o666 });
  const { stdout } = await users(cognito.endpoint, "audit", "--file", file, "--folder", folder, "--csv", groups);
  expect(stdout).toContain("\\u{1b}[2Jben");
  expect(stdout).not.toContain("\u001b[2J");
  expect((await stat(groups)).mode & 0o777).toBe(0o600);
  expect(await readFile(groups, "utf8")).toContain("\u001b[2Jben");
});

it("a missing permission is reported", async () => {
  cognito.interfere = (operation) =>
    operation === "AdminCreateUser"
      ? { error: "AccessDeniedException", message: "not authorized to perform: cognito-idp:AdminCreateUser" }
      : undefined;
  await refuses(
    run("move", "--apply", "--suppress"),
    /\nAWS does not allow this: not authorized to perform: cognito-idp:AdminCreateUser\n$/,
  );
});

it("a move without --invite or --suppress is refused", async () => {
  await refuses(
    run("move", "--apply"),
    "Add --invite (Cognito sends every user an e-mail with a temporary password) or --suppress (it sends nothing).",
    64,
  );
  await refuses(run("move", "--invite", "--suppress"), "--invite and --suppress exclude each other.", 64);
});

it("a missing plan, and a plan for other pools, are refused", async () => {
  const empty = path.join(folder, "empty");
  await refuses(
    run("move", "--folder", empty),
    `There is no plan in ${empty}/move.db: run \`users plan --from ${FROM} --to ${TO}\` first.`,
  );
  await refuses(
    run("move", "--from", "eu-west-1_Other"),
    `${folder}/move.db is the move from ${FROM} to ${TO}, not from eu-west-1_Other to ${TO}: name another --folder.`,
  );
});

it("an edited journal of a former version is refused", async () => {
  const former = path.join(folder, "former");
  await mkdir(former);
  const journal = path.join(former, "journal.jsonl");
  const text = formerJournal({ kind: "move", parameters: { from: FROM, to: TO } }, [
    { sub: "1", step: "create", state: "begun" },
  ]);
  const edited = text.replace("begun", "done");
  await writeFile(journal, edited);
  const sentence = `${journal}, line 2: this line was changed, or a line was removed or moved here; restore the original file.`;
  for (const verb of ["plan", "verify"]) await refuses(run(verb, "--folder", former), sentence);
  await refuses(run("move", "--folder", former, "--apply", "--suppress"), sentence);
  expect(await readFile(journal, "utf8")).toBe(edited);
});

import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { StubCognito, type StubPool } from "../../support/stub-cognito";
import { users } from "../../support/users-command";

// Every command is a process of its own, and the machine may be busy.
jest.setTimeout(60_000);

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
}, 30_000);
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

/** One sentence, nothing else, and nobody made. */
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

it("a pool that is not there", async () => {
  await refuses(
    users(cognito.endpoint, "audit", "--pool", "eu-west-1_Nobody", "--folder", folder),
    "AWS knows no such thing: User pool eu-west-1_Nobody does not exist.",
  );
  await refuses(
    run("plan", "--to", "eu-west-1_Nobody"),
    "AWS knows no such thing: User pool eu-west-1_Nobody does not exist.",
  );
});

it("what is no pool id, and a pool that is to be moved into itself", async () => {
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

it("an audit of nothing, of both, and of files that cannot be used", async () => {
  const audit = (...args: string[]) => users(cognito.endpoint, "audit", ...args);
  const either = "Name either a pool with --pool, or a file with --file.";
  await refuses(audit(), either, 64);
  await refuses(audit("--pool", FROM, "--file", "package.json"), either, 64);
  await refuses(audit("--file", "none.csv"), `There is no file ${path.resolve("none.csv")}.`, 64);
  const json = path.resolve("package.json");
  await refuses(audit("--file", "package.json"), `${json}: its name must end in .csv or .jsonl.`, 64);
  const missing = `/none/x.csv cannot be written: there is no folder /none.`;
  await refuses(audit("--pool", FROM, "--csv", "/none/x.csv"), missing, 64);
});

it("a missing permission", async () => {
  cognito.interfere = (operation) =>
    operation === "AdminCreateUser"
      ? { error: "AccessDeniedException", message: "not authorized to perform: cognito-idp:AdminCreateUser" }
      : undefined;
  await refuses(
    run("move", "--apply", "--suppress"),
    /\nAWS does not allow this: not authorized to perform: cognito-idp:AdminCreateUser\n$/,
  );
});

it("a move of which nobody said whether it invites", async () => {
  await refuses(
    run("move", "--apply"),
    "Say --invite (Cognito sends everybody an e-mail with a temporary password) or --suppress (it sends nothing).",
    64,
  );
  await refuses(run("move", "--invite", "--suppress"), "--invite and --suppress exclude each other.", 64);
});

it("a plan that is not there, or is about other pools", async () => {
  const empty = path.join(folder, "empty");
  await refuses(
    run("move", "--folder", empty),
    `There is no plan ${empty}/plan.jsonl: run \`npm run users -- plan --from ${FROM} --to ${TO}\`.`,
  );
  await refuses(
    run("move", "--from", "eu-west-1_Other"),
    `${folder}/plan.jsonl is a plan from ${FROM} to ${TO}, not from eu-west-1_Other to ${TO}.`,
  );
});

it("a journal that was edited", async () => {
  expect(await run("move", "--apply", "--suppress")).toMatchObject({ code: 0 });
  target.users.clear();
  const journal = path.join(folder, "journal.jsonl");
  const text = await readFile(journal, "utf8");
  const edited = text.replace("begun", "done");
  await writeFile(journal, edited);
  const sentence = `${journal}, line 2: it was changed, or a line was removed or moved here; bring back the file as it was written.`;
  for (const verb of ["plan", "verify"]) await refuses(run(verb), sentence);
  await refuses(run("move", "--apply", "--suppress"), sentence);
  expect(await readFile(journal, "utf8")).toBe(edited);
  expect((await readdir(folder)).filter((name) => name.endsWith(".lock"))).toEqual([]);
});

import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { ProjectCopy } from "../../support/project-copy";

let copy: ProjectCopy;
beforeAll(async () => {
  const environments = {
    dev: {},
    look: { uniqueness: "directory" as const },
    phone: { usernameAttributes: ["phone_number" as const] },
  };
  copy = await ProjectCopy.make({ project: "acme", region: "eu-west-1", environments });
});
afterAll(() => copy.remove());

const prove = (...args: string[]) => copy.script("prove", ...args);

it("without --apply it says what it would do, and what that does not show", async () => {
  const { code, stdout } = await prove("dev");
  expect(code).toBe(0);
  expect(stdout).toContain(
    "On the pool of dev, with --apply:\n  a sign-up: a sign-up whose identifiers are free is admitted\n",
  );
  expect(stdout).toContain("32 sign-ups at the same moment");
  expect(stdout).toContain("Nothing was done: add --apply.");
  expect((await prove("look")).stdout).not.toContain("32 sign-ups at the same moment");
  expect((await prove("look")).stdout).toContain('With uniqueness: "directory"');
  expect((await prove("phone")).stdout).toContain("the same phone number is refused");
});

it.each<[args: readonly string[], message: string]>([
  [[], "missing required argument 'environment'"],
  [["prod"], 'There is no environment "prod" in environments.ts. There are: dev, look, phone.'],
  [["prod", "--apply"], 'There is no environment "prod" in environments.ts.'],
  [["prod", "--clean"], 'There is no environment "prod" in environments.ts.'],
  [["state", "--apply"], "state is the stack of the state bucket, not an environment."],
  [["dev", "--through", "mail"], "Allowed choices are admin, sign-up."],
  [["dev", "--format", "html"], "Allowed choices are text, markdown, json."],
  [["dev", "--apply", "--out", "/none/proof.md"], "/none/proof.md cannot be written"],
])("%j is called wrongly", async (args, message) => {
  const { code, stderr } = await prove(...args);
  expect({ code, stderr }).toEqual({ code: 64, stderr: expect.stringContaining(message) });
});

it("--clean says where there is nothing, and leaves no folder", async () => {
  expect(await prove("dev", "--clean")).toMatchObject({ code: 0, stdout: "No earlier run has left anything.\n" });
  expect(existsSync(path.join(copy.folder, ".prove"))).toBe(false);
});

it("a list that cannot be read is said to be none, and stays", async () => {
  const file = path.join(copy.folder, ".prove/dev.json");
  await mkdir(path.dirname(file));
  await writeFile(file, '{"run":');
  const { code, stderr } = await prove("dev", "--clean");
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(".prove/dev.json is not a list") });
  expect(await readFile(file, "utf8")).toBe('{"run":');
  await rm(path.dirname(file), { recursive: true });
});

it("what a killed run had half written is deleted", async () => {
  const folder = path.join(copy.folder, ".prove");
  await mkdir(folder);
  await writeFile(path.join(folder, "dev.json.1234"), "{");
  expect(await prove("dev", "--clean")).toMatchObject({ code: 0 });
  expect(existsSync(folder)).toBe(false);
});

it("--help says what each exit code means", async () => {
  const { code, stdout } = await prove("--help");
  expect(code).toBe(0);
  for (const words of ["--apply", "--clean", "--assumptions", "every promise is held", "a promise is broken"]) {
    expect(stdout).toContain(words);
  }
});

import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { planJson } from "../../support/plans/fixture";
import { DOMAIN, POOL, TABLE } from "../../support/plans/scenario";
import { ProjectCopy } from "../../support/project-copy";
import { PROJECT } from "../../support/settings";

// Several commands in one test, each a process of its own.
jest.setTimeout(60_000);

let copy: ProjectCopy;
let folder: string;
beforeAll(async () => {
  copy = await ProjectCopy.make(PROJECT);
  folder = await mkdtemp(path.join(tmpdir(), "review-"));
});
afterAll(async () => {
  await copy.remove();
  await rm(folder, { recursive: true });
});

/** `npm run review`, where there is no Terraform. */
const review = (...args: string[]) => copy.scriptWith({ PATH: folder }, "review", ...args);

async function saved(name: string, content: string | object = planJson(name)): Promise<string> {
  const file = path.join(folder, `${name}.json`);
  await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
  return file;
}

it("ends with the verdict's exit code", async () => {
  expect(await review("prod", "--plan", await saved("nothing"))).toMatchObject({ code: 0, stderr: "" });
  expect(await review("prod", "--plan", await saved("weekly-memory"))).toMatchObject({ code: 2, stderr: "" });
  expect(await review("prod", "--plan", await saved("pool-unprotected"))).toMatchObject({ code: 3, stderr: "" });
  const allowed = ["--allow", POOL, "--allow", TABLE];
  expect(await review("prod", "--plan", await saved("pool-unprotected"), ...allowed)).toMatchObject({ code: 2 });
});

it("an allowance that nothing needs is an error, after the review", async () => {
  const { code, stdout, stderr } = await review("prod", "--plan", await saved("weekly-memory"), "--allow", DOMAIN);
  expect(stdout).toContain("Review of prod: changes to sign");
  expect(stderr).toBe(`Nothing is blocked at ${DOMAIN}: take it from what is allowed, or correct the address.\n`);
  expect(code).toBe(64);
});

it("prints JSON, Markdown, or text without colours", async () => {
  const file = await saved("pool-unprotected");
  const json = JSON.parse((await review("prod", "--plan", file, "--format", "json")).stdout);
  expect(json).toMatchObject({ format: 1, environment: "prod", verdict: "blocked", exitCode: 3 });
  expect((await review("prod", "--plan", file, "--format", "markdown")).stdout).toContain("\n| --- | --- |");
  const { stdout } = await copy.scriptWith({ PATH: folder, FORCE_COLOR: "1" }, "review", "prod", "--plan", file);
  expect(stdout).not.toContain("\u001b");
});

it("writes to a file, and then prints the verdict alone", async () => {
  const out = path.join(folder, "comment.md");
  const file = await saved("pool-unprotected");
  expect(await review("prod", "--plan", file, "--format", "markdown", "--out", out)).toEqual({
    code: 3,
    stdout: "blocked\n",
    stderr: "",
  });
  expect(await readFile(out, "utf8")).toMatch(/^### ⛔ Review of prod: blocked\n[\s\S]*\n$/);
});

it("refuses the plan of another environment, and says which command is meant", async () => {
  const file = await saved("nothing");
  expect(await review("dev", "--plan", file)).toEqual({
    code: 64,
    stdout: "",
    stderr: `${file} is a plan of prod, not of dev: review it with \`npm run review -- prod\`.\n`,
  });
  const foreign = await saved("foreign", { ...planJson("nothing"), variables: {} });
  expect(await review("prod", "--plan", foreign)).toMatchObject({
    code: 64,
    stderr: expect.stringContaining("does not say which environment it is of"),
  });
});

it("says what is wrong with a file that is no plan", async () => {
  for (const [name, content, message] of [
    ["text", "Plan: 1 to add.", "is neither a plan that Terraform saved, nor the JSON"],
    [
      "state",
      { format_version: "1.0", values: {} },
      "cannot be reviewed. It is the JSON of something else than a plan",
    ],
    ["future", { format_version: "2.0" }, "cannot be reviewed. Its format_version is 2.0"],
  ] as const) {
    const { code, stderr } = await review("prod", "--plan", await saved(name, content));
    expect(stderr).toContain(message);
    expect(code).toBe(1);
  }
  expect(await review("prod", "--plan", folder)).toMatchObject({
    code: 1,
    stderr: `${folder} cannot be read (EISDIR).\n`,
  });
});

it("ends with 64 where something is named that there is not", async () => {
  const plan = await saved("nothing");
  for (const [args, message] of [
    [["production", "--plan", plan], 'There is no environment "production"'],
    [["prod", "--plan", path.join(folder, "none")], "There is no file"],
    [["prod", "--plan", plan, "--format", "html"], "Allowed choices are text, markdown, json."],
    [["prod", "--color"], "unknown option"],
    [[], "missing required argument 'environment'"],
  ] as const) {
    const { code, stderr } = await review(...args);
    expect(stderr).toContain(message);
    expect(code).toBe(64);
  }
  expect(await copy.scriptWith({ PATH: folder }, "drift", "production")).toMatchObject({ code: 64 });
});

it.each(["review", "drift"])("the help of %s explains the exit codes", async (command) => {
  const { code, stdout } = await copy.scriptWith({ PATH: folder }, command, "--help");
  expect(stdout).toMatch(/Exit codes:\n {2}0 {3}.*\n {2}1 {3}.*\n {2}2 {3}/);
  expect(code).toBe(0);
});

import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { planJson } from "../../support/plans/fixture";
import { DOMAIN, POOL, TABLE } from "../../support/plans/scenario";
import { ProjectCopy } from "../../support/project-copy";
import { PROJECT } from "../../support/settings";

// Several commands in one test, each a process of its own.

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

it("an allowance that nothing needs is an error, and nothing is printed or written", async () => {
  const out = path.join(folder, "not-written");
  expect(await review("prod", "--plan", await saved("weekly-memory"), "--allow", DOMAIN, "--out", out)).toEqual({
    code: 64,
    stdout: "",
    stderr: `Nothing is blocked at ${DOMAIN}: leave it out, or correct the address. Nothing is blocked in this plan.\n`,
  });
  expect(existsSync(out)).toBe(false);
  const half = ["--allow", POOL, "--allow", "aws_x.y"];
  expect(await review("prod", "--plan", await saved("pool-unprotected"), ...half)).toEqual({
    code: 64,
    stdout: "",
    stderr: `Nothing is blocked at aws_x.y: leave it out, or correct the address. Blocked are: ${TABLE}, ${POOL}.\n`,
  });
});

it.each(["text", "markdown"])(
  "advises, as %s, the command as it was called, with what is still to be allowed",
  async (format) => {
    const args = ["prod", "--plan", await saved("pool-unprotected"), "--allow", POOL, "--format", format];
    const { stdout } = await review(...args);
    expect(stdout).toContain(`npm run review -- ${args.join(" ")} --allow ${TABLE}`);
  },
);

it("notes a line of the file for an environment that there is not", async () => {
  const file = path.join(folder, "allow.txt");
  await writeFile(file, `prod ${POOL}\nprodd ${TABLE}\n`);
  const { code, stdout } = await review("prod", "--plan", await saved("pool-unprotected"), "--allow-file", file);
  expect(stdout).toContain(
    `Note: ${file}, line 2: there is no environment \`prodd\`, so that the line allows nothing. Did you mean prod?`,
  );
  expect(code).toBe(3);
  await writeFile(file, "prod\n");
  expect(await review("prod", "--plan", await saved("nothing"), "--allow-file", file)).toEqual({
    code: 64,
    stdout: "",
    stderr: `${file}, line 1: not <environment> <address>.\n`,
  });
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
    stderr: `${file} is a plan of prod, not of dev: review it with \`npm run review -- prod --plan ${file}\`.\n`,
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
    code: 64,
    stderr: `${folder} is a folder, not a file.\n`,
  });
});

it("ends with 64 where something is named that there is not", async () => {
  const plan = await saved("nothing");
  for (const [args, message] of [
    [["production", "--plan", plan], 'There is no environment "production"'],
    [["prod", "--plan", path.join(folder, "none")], "There is no file"],
    [["prod", "--plan", plan, "--out", path.join(folder, "none/x")], `there is no folder ${folder}/none.`],
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

it.each(["plan", "review", "deploy", "destroy"])(
  "%s refuses what no plan shows before it runs Terraform",
  async (command) => {
    const removed = [{ from: "aws_iam_role.x", provisioner: [{ "local-exec": { command: "id" } }] }];
    const file = path.join(copy.stack("prod"), "x_override.tf.json");
    await writeFile(file, JSON.stringify({ removed }));
    const { code, stderr } = await copy.scriptWith({ PATH: folder }, command, "prod");
    await rm(file);
    expect(stderr).toContain("x_override.tf.json: removed aws_iam_role.x has a provisioner");
    expect(stderr).not.toContain("Terraform is not installed");
    expect(code).toBe(3);
  },
);

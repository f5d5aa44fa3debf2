import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildReviewer } from "../../../cli/generate/reviewer";
import { type Finished, finished } from "../../support/command";

let folder: string;
let reviewer: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "reviewer-"));
  reviewer = path.join(folder, "one-account-review");
  await buildReviewer(reviewer);
  chmodSync(reviewer, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = (args: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Promise<Finished> =>
  finished(reviewer, args, { cwd: folder, ...options });

it("the reviewer is the same file wherever it is built", async () => {
  const again = path.join(folder, "again");
  await buildReviewer(again);
  expect(readFileSync(again).equals(readFileSync(reviewer))).toBe(true);
  expect(readFileSync(reviewer, "utf8")).not.toContain(process.cwd());
});

it("the reviewer needs none of this project's files or packages", async () => {
  for (const args of [["--help"], ["plan", "--help"], ["review", "--help"]]) {
    const stdout = expect.stringMatching(/^Usage:\n/);
    expect(await run(args)).toEqual({ code: 0, stderr: "", stdout });
  }
});

it("wrong usage is told, with exit code 64", async () => {
  for (const args of [[], ["plan"], ["folder", "dev"], ["plan", "dev", "--allow", "x"], ["review", "dev"]]) {
    const { code, stderr } = await run(args);
    expect(stderr).toContain("Usage:");
    expect(code).toBe(64);
  }
});

it("a file that is not there, and a command that there is not, are named", async () => {
  expect(await run(["plan", "dev", "--plan", "none.json"])).toEqual({
    code: 64,
    stdout: "",
    stderr: "none.json cannot be read (ENOENT).\n",
  });
  expect((await run(["plam", "dev"])).stderr).toMatch(/^There is no command plam\. Did you mean plan\?\nUsage:/);
});

describe("a plan", () => {
  const plan = (name: string) => path.resolve("__tests__/review/plans", `${name}.json`);
  const lists = (allowed: string) => {
    const file = path.join(folder, "review-allow.txt");
    writeFileSync(file, allowed);
    return ["--allow-file", file];
  };

  it("of nothing has exit code 0, also from standard input", async () => {
    expect(await run(["plan", "prod", "--plan", plan("nothing")])).toMatchObject({ code: 0, stderr: "" });
    const piped = `'${reviewer}' plan prod < '${plan("nothing")}'`;
    expect(await finished("sh", ["-c", piped])).toMatchObject({ code: 0, stderr: "" });
  });

  it("that loses something is blocked, with the lines of a file that would allow it", async () => {
    const { code, stdout } = await run(["plan", "prod", "--plan", plan("client-tells-who-exists"), ...lists("")]);
    expect(stdout).toMatch(/^Review of prod: blocked\n/);
    expect(stdout).toContain("\n    prod aws_cognito_user_pool_client.user_pool_client");
    expect(stdout).not.toContain("--allow");
    expect(code).toBe(3);
  });

  it("that loses nothing passes with lines that nothing needs", async () => {
    const unused = lists("prod aws_dynamodb_table.reservations\ndev aws_cognito_user_pool.user_pool\n");
    expect(await run(["plan", "prod", "--plan", plan("weekly-tags"), ...unused])).toMatchObject({ code: 2 });
  });

  it("of another environment, or that is none, is not judged", async () => {
    const other = await run(["plan", "dev", "--plan", plan("nothing")]);
    expect(other).toMatchObject({ code: 64, stderr: expect.stringContaining("a plan of prod, not of dev") });
    const none = await finished("sh", ["-c", `'${reviewer}' plan prod < /dev/null`]);
    expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining("not JSON") });
  });
});

describe("a folder", () => {
  let clone: string;
  const git = (...args: string[]) =>
    execFileSync("git", ["-C", clone, ...args], { stdio: ["ignore", "pipe", "ignore"] });
  const commit = () => {
    git("add", "--all", "--force");
    git(
      "-c",
      "user.name=t",
      "-c",
      "user.email=t@example.com",
      "-c",
      "commit.gpgsign=false",
      "commit",
      "--allow-empty",
      "-m",
      "x",
    );
  };
  const VARIABLES = {
    WORKSPACE: "dev",
    REPO_REL_DIR: "synthesized/dev",
    PROJECT_NAME: "dev",
    COMMENT_ARGS: "",
    BASE_BRANCH_NAME: "main",
  };
  const check = (variables: Partial<typeof VARIABLES> = {}) =>
    run(["folder"], { cwd: path.join(clone, "synthesized/dev"), env: { ...process.env, ...VARIABLES, ...variables } });

  beforeEach(() => {
    clone = mkdtempSync(path.join(folder, "clone-"));
    cpSync("synthesized", path.join(clone, "synthesized"), { recursive: true });
    git("init", "--quiet", "--initial-branch=main");
    commit();
    git("update-ref", "refs/remotes/origin/main", "HEAD");
  });

  it("as synthesis writes it may be planned, with what Terraform has left in it", async () => {
    mkdirSync(path.join(clone, "synthesized/dev/.terraform"));
    for (const name of [".terraform/environment", "dev-dev.tfplan"]) {
      writeFileSync(path.join(clone, "synthesized/dev", name), "");
    }
    expect(await check()).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  it.each([
    [{ COMMENT_ARGS: "\\-\\d\\e\\s\\t\\r\\o\\y" }, "Arguments after -- are not taken"],
    [{ WORKSPACE: "prod" }, "A plan in workspace prod is made in synthesized/prod, nowhere else."],
    [{ REPO_REL_DIR: "evil" }, "A plan in workspace dev is made in synthesized/dev, nowhere else."],
    [{ PROJECT_NAME: "other" }, 'The project of workspace dev is called dev, not "other".'],
  ])("is not planned with %p", async (variables, problem) => {
    const { code, stdout } = await check(variables);
    expect(stdout).toContain(problem);
    expect(code).toBe(3);
  });

  it("with a tracked file of Terraform's own names, or a link, is not planned", async () => {
    mkdirSync(path.join(clone, "synthesized/dev/.terraform"));
    writeFileSync(path.join(clone, "synthesized/dev/.terraform/environment"), "prod");
    symlinkSync("/proc/self/environ", path.join(clone, "synthesized/dev/notes"));
    commit();
    const { code, stdout } = await check();
    expect(stdout).toContain('".terraform/environment" does not belong there');
    expect(stdout).toContain('"notes" does not belong there');
    expect(code).toBe(3);
  });

  it.each(["left.auto.tfvars", "cdk.tofu.json"])(
    "with a file that would be read, tracked or not, is not planned: %s",
    async (name) => {
      writeFileSync(path.join(clone, "synthesized/dev", name), "");
      expect(await check()).toMatchObject({
        code: 3,
        stdout: expect.stringContaining(`"${name}" does not belong there`),
      });
    },
  );

  it("is compared with the main branch, which has to be there", async () => {
    const file = path.join(clone, "synthesized/dev/cdk.tf.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"bucket": "', '"bucket": "another-'));
    commit();
    expect((await check()).stdout).toContain("kept elsewhere than that of the main branch");
    git("update-ref", "refs/remotes/origin/main", "HEAD");
    expect(await check()).toMatchObject({ code: 0 });
    const missing = await check({ BASE_BRANCH_NAME: "other" });
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining("--checkout-strategy=merge") });
  });
});

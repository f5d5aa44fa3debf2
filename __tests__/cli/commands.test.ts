import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { bundleFile } from "../../lambda/functions";
import { ProjectCopy } from "../support/project-copy";
import { PROJECT } from "../support/settings";

let copy: ProjectCopy;
let emptyFolder: string;
beforeAll(async () => {
  copy = await ProjectCopy.make(PROJECT);
  emptyFolder = await mkdtemp(path.join(tmpdir(), "empty-"));
});
afterAll(async () => {
  await copy.remove();
  await rm(emptyFolder, { recursive: true });
});

it("a wrong environment is answered with the right ones", async () => {
  for (const command of ["plan", "deploy", "destroy", "output"]) {
    expect(await copy.script(command, "production")).toMatchObject({
      code: 64,
      stdout: "",
      stderr:
        'There is no environment "production" in environments.ts. There are: dev, staging, prod' +
        " (and state, which is for their state).\n",
    });
  }
});

it("a missing environment is answered with what is missing", async () => {
  const { code, stderr } = await copy.script("plan");
  expect(code).toBe(1);
  expect(stderr).toContain("missing required argument 'environment'");
});

it("Terraform that is not on PATH is said to be so, in one sentence", async () => {
  const { code, stderr } = await copy.scriptWith({ PATH: emptyFolder }, "plan", "dev");
  expect(code).toBe(1);
  expect(stderr.trim().split("\n").at(-1)).toBe(
    "Terraform is not installed, or not on PATH: install the version in .terraform-version" +
      " from https://developer.hashicorp.com/terraform/install.",
  );
});

it("a protected environment is not destroyed, and it is said what to do first", async () => {
  expect(await copy.script("destroy", "prod", "--auto-approve")).toMatchObject({
    code: 1,
    stderr:
      "prod is protected against deletion: set deletionProtection to false in environments.ts and run" +
      " `npm run deploy -- prod` first.\n",
  });
});

it("every command has a page of help", async () => {
  const { stdout } = await copy.script("--help");
  const scripts: Record<string, string> = JSON.parse(await readFile("package.json", "utf8")).scripts;
  const commands = Object.values(scripts).flatMap((script) => /cli\/main\.ts (\w+)$/.exec(script)?.[1] ?? []);
  expect(commands.length).toBeGreaterThan(15);
  for (const command of commands) {
    expect(stdout).toMatch(new RegExp(`^  ${command} .*\\w`, "m"));
    expect(await copy.script(command, "--help")).toMatchObject({ code: 0, stdout: expect.stringContaining("Usage: ") });
  }
});

it("build prints the sizes of the bundles", async () => {
  const { code, stdout } = await copy.script("build");
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^\.build\/lambda\/pre-sign-up\/index\.js: \d+\.\d kB minified\n\.build\/lambda\/user-migration\/index\.js: \d+\.\d kB minified\n$/,
  );
  expect(existsSync(path.join(copy.folder, bundleFile("pre-sign-up")))).toBe(true);
});

describe("synth", () => {
  it("needs neither Terraform nor credentials", async () => {
    expect(await copy.scriptWith({ PATH: emptyFolder }, "synth")).toMatchObject({ code: 0, stdout: "" });
    for (const stack of ["state", "dev", "staging", "prod"]) {
      expect(existsSync(path.join(copy.stack(stack), "cdk.tf.json"))).toBe(true);
    }
  });

  it("refuses settings that cannot work, without a stack trace", async () => {
    await copy.configure({ ...PROJECT, environments: { dev: { memorySize: 1 } } });
    const { code, stderr } = await copy.script("synth");
    await copy.configure(PROJECT);
    expect(code).toBe(1);
    expect(stderr).toBe(
      "environments.ts: 1 setting cannot be used.\n" +
        '  - environment "dev", field "memorySize": 1 is not allowed; allowed: a whole number of MB, 128 to 10240\n',
    );
  });

  it("warns about a production environment that sends people to localhost", async () => {
    const { stderr } = await copy.script("synth");
    expect(stderr).toContain('Warning: environment "prod" sends people who sign in to http://localhost:3000/auth');
  });
});

describe("the demonstration", () => {
  it("needs nothing on PATH, gets the answers it should, and leaves nothing running", async () => {
    const { code, stdout, stderr } = await copy.scriptWith({ PATH: emptyFolder }, "demo");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("Synthesized dev, staging, prod and state.");
    expect(stdout).toMatch(
      /│ ✓ │ its name, other case +│ Username +│ ben@example.com +│ refused +│ The username is already/,
    );
    expect(stdout).toMatch(/│ ✓ │ a zero-width space +│ user⟨U\+200B⟩name/);
    expect(stdout).not.toContain("✗");
    const port = Number(/cognito-local on http:\/\/127\.0\.0\.1:(\d+)/.exec(stdout)?.[1]);
    await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow();
  }, 60_000);

  it("shows any environment", async () => {
    const { code, stdout } = await copy.script("demo", "prod");
    expect(code).toBe(0);
    expect(stdout).toContain("The pool of prod is up in cognito-local");
  }, 60_000);
});

import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Command } from "commander";
import { program } from "../../cli/program";
import { bundleFile } from "../../lambda/functions";
import { ProjectCopy } from "../support/project-copy";
import { PROJECT } from "../support/settings";
import { inTurns } from "../support/turns";

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

it("what is called wrongly ends with 64, in every command", async () => {
  const calls: ReadonlyArray<readonly [args: readonly [string, ...string[]], message: string]> = [
    [["plan"], "missing required argument 'environment'"],
    [["nothing-of-the-kind"], "unknown command"],
    [["build", "dev"], "too many arguments"],
    [["drift", "dev", "--apply"], "unknown option"],
    [["state", "versions"], "missing required argument"],
    [["plan", "dev", "--auto-approve"], "There is no option --auto-approve"],
    [["plan", "dev", "saved.tfplan"], "saved.tfplan is not known here"],
    [["deploy", "dev", "-refresh=false"], "-refresh=false is not taken here"],
    [["destroy", "dev", "-var=workspace=prod"], "-var=workspace=prod is not taken here"],
    [["deploy", "dev", "package.json", "-destroy"], "A saved plan is applied as it is"],
    [["destroy", "dev", "saved.tfplan"], "destroy takes no saved plan: save one with"],
    [["deploy", "dev", "none.tfplan"], "There is no file"],
    [["deploy", "dev", "package.json"], "package.json is not a plan that Terraform saved"],
    [["deploy", "dev", "--allow-file", "none.txt"], "There is no file"],
    [["recover", "dev", "--allow-file", "none.txt"], "There is no file"],
    [["recover", "dev", "--pool", "x"], "A user pool's id looks like"],
    [["adopt", "dev"], "Say which user pool: --pool <id>, or --from <file>"],
    [["adopt", "dev", "--from", "none.json"], "There is no file"],
    [["plan", "dev", "-out="], "-out needs a value"],
    [["plan", "dev", "-out=/none/x"], "/none/x cannot be written: there is no folder /none."],
    [["demo", "state"], "state is the stack of the state bucket, not an environment. There are: dev, staging, prod.\n"],
    [
      ["demo", "prodd"],
      'There is no environment "prodd" in environments.ts. Did you mean prod? There are: dev, staging, prod.\n',
    ],
    [["protect", "dev"], "The pool of dev is made here, and is protected from the first deployment on"],
    [["protect", "state"], "state is the stack of the state bucket, not an environment."],
    [["reservations", "verify", "state"], "state is the stack of the state bucket, not an environment."],
    [["lock", "--platform", "windows"], "A platform is an operating system and an architecture"],
    [["lock", "--platform", "foo_bar"], "A platform is an operating system and an architecture"],
    [["lock", "--mirror", "/none"], "There is no folder /none."],
    [["lock", "--mirror", "http://mirror"], "from https:// only"],
    [["users", "rewrite-ids", "--table", "a", "--mapping", "none.csv"], "There is no file"],
    [["users", "rewrite-ids", "--table", "a", "--journal", "a.jsonl"], "It is --store <file> now."],
    [["users", "rewrite-ids", "--table", "a", "--part", "3/2"], "It must be a part and the number of parts"],
  ];
  await inTurns(
    calls,
    async ([args, message]) => {
      const { code, stderr } = await copy.script(...args);
      expect(stderr).toContain(message);
      expect([args, code]).toEqual([args, 64]);
    },
    4,
  );
});

it("Terraform that is not on PATH is said to be so, in one sentence", async () => {
  const { code, stderr } = await copy.scriptWith({ PATH: emptyFolder }, "plan", "dev");
  expect(code).toBe(1);
  expect(stderr.trim().split("\n").at(-1)).toBe(
    "Terraform is not installed, or not on PATH: install the version in .terraform-version" +
      " from https://developer.hashicorp.com/terraform/install, or OpenTofu (docs/opentofu.md).",
  );
});

it("every script of package.json is a command, and every command says in its help what its exit codes mean", async () => {
  const scripts: Record<string, string> = JSON.parse(await readFile("package.json", "utf8")).scripts;
  const called = Object.values(scripts).flatMap((script) => /cli\/main\.ts (\w+)$/.exec(script)?.[1] ?? []);
  expect(called.length).toBeGreaterThan(15);
  expect(program.commands.map((command) => command.name())).toEqual(expect.arrayContaining(called));
  const commands = program.commands.flatMap(withGroups);
  expect(commands.length).toBeGreaterThan(called.length + 4);
  for (const command of commands) {
    const page = helpOf(command);
    expect(page).toContain("Usage: ");
    for (const exitCode of [0, 1, 64])
      expect([command.name(), page]).toEqual([command.name(), expect.stringMatching(`\n  ${exitCode} +\\w`)]);
  }
});

/** A command, and those of its group. */
function withGroups(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withGroups)];
}

/** All that `--help` prints. */
function helpOf(command: Command): string {
  let page = "";
  command.configureOutput({ writeOut: (text) => (page += text) }).outputHelp();
  return page;
}

it("output that cannot be written any more is no error", async () => {
  const { stderr, stdout } = await copy.run("sh", ["-c", "node cli/run.mjs cli/main.ts demo | head -1"]);
  expect({ stderr, stdout }).toEqual({ stderr: "", stdout: expect.stringMatching(/^Synthesized .*\n$/) });
});

it("build prints the sizes of the bundles", async () => {
  const { code, stdout } = await copy.script("build");
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^\.build\/lambda\/pre-sign-up\/index\.js: \d+\.\d kB minified\n\.build\/lambda\/user-migration\/index\.js: \d+\.\d kB minified\n$/,
  );
  expect(existsSync(path.join(copy.folder, bundleFile({ trigger: "preSignUp" })))).toBe(true);
});

describe("synth", () => {
  it("needs neither Terraform nor credentials", async () => {
    const { code, stdout } = await copy.scriptWith({ PATH: emptyFolder }, "synth");
    expect(code).toBe(0);
    for (const stack of ["state", "dev", "staging", "prod"]) {
      expect(stdout).toContain(`cdktf.out/stacks/${stack}/cdk.tf.json\n`);
      expect(existsSync(path.join(copy.stack(stack), "cdk.tf.json"))).toBe(true);
    }
  });

  it("prints its help, and synthesizes nothing then", async () => {
    const other = await ProjectCopy.make(PROJECT);
    try {
      expect(await other.script("synth", "--help")).toMatchObject({
        code: 0,
        stdout: expect.stringContaining("Usage: "),
      });
      expect(existsSync(path.join(other.stack("dev"), "cdk.tf.json"))).toBe(false);
    } finally {
      await other.remove();
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
    expect(stderr).toContain(
      'Warning: environment "prod" redirects users after a sign-in to http://localhost:3000/auth',
    );
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
  });

  it("shows any environment", async () => {
    const { code, stdout } = await copy.script("demo", "prod");
    expect(code).toBe(0);
    expect(stdout).toContain("The pool of prod is up in cognito-local");
  });
});

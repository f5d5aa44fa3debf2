import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pythonProgram } from "../../cli/python";
import { finished } from "../support/command";
import { type CodeLine, codeLines, pages } from "../support/documented-commands";
import { describeE2e } from "./support/describe-e2e";

/** The AWS CLI of PyPI; its commands and options are those of version 2, but for its own settings. */
const AWS_CLI = "1.46.3";
const PROGRAMS = ["aws", "terraform"] as const;
type Call = readonly [program: (typeof PROGRAMS)[number], ...args: string[]];

/** A program at the begin of a command. */
const CALLED = new RegExp(`(?:^|&&|\\|\\||[;|]|\\$\\()\\s*(?:[A-Z_]+=\\S* )*(?:${PROGRAMS.join("|")}) `);
/** Words that a page puts in for what differs, and the shell would take for something else. */
const placed = (line: string) => line.replace(/<([a-z][^<>]*)>/gi, (_, name: string) => name.replaceAll(" ", "-"));

describeE2e("what pages call beside npm", () => {
  let folder: string;
  let aws: string;
  beforeAll(async () => {
    aws = await pythonProgram("aws", AWS_CLI, "awscli");
    folder = await mkdtemp(path.join(tmpdir(), "documented-"));
    await mkdir(path.join(folder, "bin"));
    for (const program of [...PROGRAMS, "npm"]) {
      // Writes down how it was called. What npm prints becomes an argument of the others.
      const lines = [
        "#!/bin/bash",
        `printf '%s\\0' ${program} "$@" >> "$CALLS"`,
        `printf '\\n' >> "$CALLS"`,
        "echo value",
      ];
      await writeFile(path.join(folder, "bin", program), `${lines.join("\n")}\n`);
      await chmod(path.join(folder, "bin", program), 0o755);
    }
  });
  afterAll(() => folder && rm(folder, { recursive: true }));

  /** The calls that a shell makes of a line. It finds no other program, so nothing else happens. */
  async function callsOf(line: string): Promise<Call[]> {
    const calls = path.join(folder, "calls");
    await writeFile(calls, "");
    const env = { PATH: path.join(folder, "bin"), CALLS: calls };
    await finished("/bin/bash", ["-c", placed(line).replace(/^\s*\$ /, "")], { cwd: folder, env });
    const all = (await readFile(calls, "utf8")).split("\0\n").filter(Boolean);
    return all.map((call) => call.split("\0")).filter(([program]) => program !== "npm") as unknown as Call[];
  }

  /** What is wrong with a call; undefined where nothing is. `whole`: nothing that it needs is left out. */
  async function problemOf([program, ...args]: Call, whole: boolean): Promise<string | undefined> {
    return program === "aws" ? awsProblem(args, whole) : terraformProblem(args);
  }

  /** Where nothing is wrong with a call, the AWS CLI tries to reach AWS: here, at an address that never answers. */
  async function awsProblem(args: readonly string[], whole: boolean): Promise<string | undefined> {
    for (const arg of args) if (arg.startsWith("file://")) await writeFile(path.join(folder, arg.slice(7)), "{}");
    const env = {
      ...{ PATH: process.env.PATH, AWS_ACCESS_KEY_ID: "none", AWS_SECRET_ACCESS_KEY: "none", AWS_REGION: "eu-west-1" },
      ...{ AWS_DEFAULT_REGION: "eu-west-1", AWS_ENDPOINT_URL: "http://127.0.0.1:1", AWS_MAX_ATTEMPTS: "1" },
    };
    // A skeleton is printed without the options that are required, and without a call.
    const more = whole ? [] : ["--generate-cli-skeleton", "input"];
    const { code, stderr } = await finished(aws, [...args, ...more], { cwd: folder, env });
    return code === 0 || stderr.includes("Could not connect to the endpoint URL") ? undefined : stderr.trim();
  }

  async function terraformProblem(args: readonly string[]): Promise<string | undefined> {
    const words = args.filter((arg) => !arg.startsWith("-chdir="));
    const [command = "", nested = ""] = words;
    const name = ["providers", "state", "workspace"].includes(command) ? [command, nested] : [command];
    const { code, stdout, stderr } = await finished("terraform", [...name, "-help"]);
    if (code !== 0 || !stdout.includes(`terraform [global options] ${name.join(" ")}`))
      return stderr || `no ${name.join(" ")}`;
    // Without a saved plan they take the options of `terraform plan`, and their help does not list them.
    const plan =
      command === "apply" || command === "destroy" ? await finished("terraform", ["plan", "-help"]) : undefined;
    const help = stdout + (plan?.stdout ?? "");
    const options = words.filter((word) => word.startsWith("-")).map((word) => word.replace(/=.*/, ""));
    const unknown = options.find((option) => !new RegExp(`^ +${option}\\b`, "m").test(help));
    return unknown && `${name.join(" ")} has no option ${unknown}`;
  }

  async function problemsOf(lines: readonly CodeLine[]): Promise<string[]> {
    const problems: string[] = [];
    for (const { place, text, isBlock } of lines) {
      const calls = await callsOf(text);
      if (calls.length === 0) problems.push(`${place}: ${text}: a shell makes no call of it`);
      for (const call of calls) {
        const problem = await problemOf(call, isBlock);
        if (problem !== undefined) problems.push(`${place}: ${call.join(" ")}: ${problem}`);
      }
    }
    return problems;
  }

  it("can be called as it is shown", async () => {
    const lines = (
      await Promise.all(pages().map(async (page) => codeLines(await readFile(page, "utf8"), page)))
    ).flat();
    const shown = lines.filter(({ text }) => CALLED.test(text));
    expect(shown.length).toBeGreaterThan(20);
    expect(await problemsOf(shown)).toEqual([]);
  });

  it.each([
    ["aws cognito-idp list-user --user-pool-id <pool>", "argument operation: Invalid choice"],
    ["aws cognito-idp list-users", "the following arguments are required: --user-pool-id"],
    ['aws ssm put-parameter --name a --value "$(npm run x)" --type Secret --overwite', "Unknown options: --overwite"],
    ["terraform aply", 'Terraform has no command named "aply"'],
    ["terraform -chdir=a state replace_provider b c", "replace_provider"],
    ["terraform apply -target=a -refresh-onl", "apply has no option -refresh-onl"],
    ["terraform show -jsn plan", "show has no option -jsn"],
  ])("%s: %s", async (text, problem) => {
    const [said = ""] = await problemsOf([{ place: "a.md:1", text, isBlock: true }]);
    expect(said).toContain(problem);
  });

  it("in running text a call may leave out what it needs, but names nothing that is not there", async () => {
    const span = (text: string) => problemsOf([{ place: "a.md:1", text, isBlock: false }]);
    expect(await span("aws cognito-idp list-users --limit 5")).toEqual([]);
    expect(await span("aws cognito-idp list-users --pool <pool>")).toEqual([
      expect.stringContaining("Unknown options: --pool"),
    ]);
  });
});

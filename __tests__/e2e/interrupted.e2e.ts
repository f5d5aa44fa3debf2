import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { HoldingProxy } from "../support/holding-proxy";
import { type Ended, IN_A_TERMINAL, type Interruption, interrupted } from "../support/interrupt";
import { ProjectCopy } from "../support/project-copy";
import { describeE2e, story } from "./support/describe-e2e";
import { keysOf } from "./support/s3";

const project = `interrupted-${randomBytes(4).toString("hex")}`;
const bucket = `${project}-terraform-state`;

/** Terraform's words on the first signal, and, once only, on a second one: that it ends at once. */
const [WAITS, GIVES_UP] = ["Gracefully shutting down...", "Two interrupts received"];

describeE2e("a command that is interrupted", () => {
  const step = story();
  let copy: ProjectCopy;
  let proxy: HoldingProxy;
  let tmp: string;
  beforeAll(async () => {
    copy = await ProjectCopy.make({ project, region: "eu-west-1", environments: { dev: {} } });
    proxy = await HoldingProxy.start(process.env.E2E_ENDPOINT ?? "");
    tmp = await mkdtemp(path.join(tmpdir(), "tmp-"));
  });
  afterAll(async () => {
    await proxy?.stop();
    await copy?.remove();
    if (tmp) await rm(tmp, { recursive: true, force: true });
  });

  /** Interrupts a command, and looks at what is left of it. */
  async function interruptedAt(interruption: Omit<Interruption, "copy" | "proxy" | "tmp">): Promise<Ended> {
    const before = await filesOf(copy.folder);
    const end = await interrupted({ copy, proxy, tmp, ...interruption });
    const said = end.stdout + end.stderr;
    expect(said).toContain(WAITS);
    expect(said).not.toContain(GIVES_UP);
    expect((await keysOf(bucket).catch(() => [])).filter((key) => key.endsWith(".tflock"))).toEqual([]);
    expect(await readdir(tmp)).toEqual([]);
    const added = (await filesOf(copy.folder)).filter((file) => !before.includes(file));
    expect(added.filter((file) => !MAY_STAY.test(file))).toEqual([]);
    return end;
  }

  step("bootstrap waits for Terraform, and finishes when it is run again", async () => {
    const at = /^PUT .*\?versioning/;
    const { code } = await interruptedAt({ command: ["bootstrap", "--auto-approve"], at, by: "SIGTERM" });
    expect(code).toBe(143);
    const again = await copy.script("bootstrap", "--auto-approve");
    expect({ code: again.code, said: again.code ? again.stdout + again.stderr : "" }).toEqual({ code: 0, said: "" });
    expect(await keysOf(bucket)).toEqual([`env:/state/${project}/terraform.tfstate`]);
  });

  step("deploy waits for Terraform: SIGINT to the process, SIGTERM to npm, Ctrl-C in a terminal", async () => {
    const command = ["deploy", "dev", "--auto-approve"];
    // The pool is made, and Terraform gives up waiting for the answer: the next run takes it back.
    const first = await interruptedAt({ command, at: /^CreateUserPool$/, done: true, by: "SIGINT" });
    expect(first.code).toBe(130);
    expect(first.stdout).toContain("aws_lambda_function.pre_sign_up: Creation complete");

    const npm = ["npm", "run", "deploy", "--"] as const;
    const second = await interruptedAt({
      through: npm,
      command: command.slice(1),
      at: /^CreateUserPoolClient$/,
      by: "SIGTERM",
    });
    expect(second.code).toBe(143);
    expect(second.stdout).toContain("There already: aws_cognito_user_pool.user_pool (eu-west-1_");

    const typed = await interruptedAt({
      through: [...IN_A_TERMINAL, ...npm],
      command: ["dev"],
      types: "yes\n",
      at: /^CreateUserPoolClient$/,
      by: ({ stdin }) => stdin.write("\u0003"),
    });
    // npm ends by the signal itself, which a shell shows as 130.
    expect(typed.stdout).toContain("Interrupted (SIGINT).");
  });

  step("recover waits for Terraform, and deploy finishes what it left", async () => {
    const command = ["recover", "dev", "--auto-approve"];
    const { code } = await interruptedAt({ command, at: /^CreateUserPoolClient$/, by: "SIGINT" });
    expect(code).toBe(130);
    expect(await copy.script("deploy", "dev", "--auto-approve")).toMatchObject({ code: 0 });
    expect(await copy.script("plan", "dev", "-detailed-exitcode")).toMatchObject({ code: 0 });
  });

  step("review, plan and drift wait for Terraform, and leave no plan", async () => {
    for (const [command, by, expected] of [
      ["review", "SIGINT", 130],
      ["plan", "SIGHUP", 129],
      ["drift", "SIGTERM", 143],
    ] as const) {
      const { code } = await interruptedAt({ command: [command, "dev"], at: /^DescribeUserPool$/, by });
      expect([command, code]).toEqual([command, expected]);
    }
  });

  step("destroy waits for Terraform, and finishes when it is run again", async () => {
    const command = ["destroy", "dev", "--auto-approve", "--allow-all"];
    const { code } = await interruptedAt({ command, at: /^DeleteUserPoolClient$/, by: "SIGTERM" });
    expect(code).toBe(143);
    const { stdout, code: again } = await copy.script(...(command as [string, ...string[]]));
    expect(stdout).toMatch(/Apply complete! Resources: 0 added, 0 changed, \d+ destroyed/);
    expect(again).toBe(0);
  });
});

/** What a command may leave: what it synthesized, and what Terraform installed. */
const MAY_STAY =
  /\/unfinished$|\/cdk\.tf\.json$|\/assets\/|\.zip$|^\.build\/|\.terraform|manifest\.json$|bootstrap_override\.tf\.json$|bootstrap\.tfstate\.d\//;

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

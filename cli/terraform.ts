import { type SpawnOptions, spawn } from "node:child_process";
import path from "node:path";
import { STATE_STACK } from "../stacks/state-stack";
import { Failure } from "./failure";

/** Terraform in the folder of one synthesized stack. */
export class Terraform {
  private readonly folder: string;

  constructor(
    private readonly stack: string,
    outdir: string,
  ) {
    this.folder = path.join(outdir, "stacks", stack);
  }

  /** Installs the providers, connects to the state and selects the stack's own workspace, creating it where needed. */
  async prepare(): Promise<void> {
    await this.capture(["init", "-input=false", ...this.reconfigure()]);
    await this.capture(["workspace", "select", "-or-create=true", this.stack]);
  }

  /**
   * The synthesized JSON says where the state is; what an earlier init noted down in the folder does not count. The
   * state of the bucket itself is a local file, for which Terraform would ask what to do.
   */
  private reconfigure(): string[] {
    return this.stack === STATE_STACK ? [] : ["-reconfigure"];
  }

  /** Runs a command in front of the user; answers its exit code, 0 or 2. */
  async show(args: readonly string[]): Promise<number> {
    const { code, stderr } = await this.spawn(args, { stdio: ["inherit", "inherit", "pipe"] }, (text) =>
      process.stderr.write(text),
    );
    // 2 is what -detailed-exitcode says of a plan with changes.
    if (code === 0 || (code === 2 && args.includes("-detailed-exitcode"))) return code;
    throw new Failure(explanation(stderr, this.stack) ?? `terraform ${args[0]} failed; what it says is above.`);
  }

  /** Runs a command behind the scenes; answers what it printed. */
  async capture(args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.spawn(args, { stdio: ["ignore", "pipe", "pipe"] });
    if (code === 0) return stdout;
    throw new Failure(explanation(stderr, this.stack) ?? `terraform ${args[0]} failed:\n${stderr.trim()}`);
  }

  private spawn(
    args: readonly string[],
    options: SpawnOptions,
    onError?: (text: string) => void,
  ): Promise<{ code: number; stdout: string; stderr: string }> {
    // With TF_WORKSPACE set, Terraform refuses to select a workspace, and init asks a question nobody can see.
    const { TF_WORKSPACE: _, ...env } = process.env;
    return new Promise((resolve, reject) => {
      const child = spawn("terraform", [`-chdir=${this.folder}`, ...args], {
        ...options,
        env: { ...env, TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" },
      });
      let stdout = "";
      let stderr = "";
      child.stdout?.setEncoding("utf8").on("data", (text: string) => {
        stdout += text;
      });
      child.stderr?.setEncoding("utf8").on("data", (text: string) => {
        stderr += text;
        onError?.(text);
      });
      child.once("error", () => reject(new Failure(NO_TERRAFORM)));
      child.once("close", (code) => resolve({ code: code ?? 1, stdout, stderr }));
    });
  }
}

const NO_TERRAFORM =
  "Terraform is not installed, or not on PATH: install the version in .terraform-version" +
  " from https://developer.hashicorp.com/terraform/install.";

/** What Terraform says when something outside the configuration is missing, and what to do about it. */
const EXPLANATIONS: ReadonlyArray<readonly [RegExp, (stack: string, match: RegExpExecArray) => string]> = [
  [
    /No valid credential sources found|NoCredentialProviders|failed to refresh cached credentials|no EC2 IMDS role found/i,
    () => "There are no AWS credentials: sign in with `aws sso login`, or set AWS_PROFILE or AWS_ACCESS_KEY_ID.",
  ],
  [
    /ExpiredToken|InvalidClientTokenId|security token included in the request is (?:invalid|expired)|UnrecognizedClientException/i,
    () =>
      "AWS does not accept the credentials, or no longer: sign in again, or check AWS_PROFILE and AWS_ACCESS_KEY_ID.",
  ],
  [
    /(?:Failed to (?:query available provider packages|install provider)|Could not retrieve the list of available versions)[\s\S]*?(?:could not connect|failed to request|failed to retrieve|no such host|connection refused|timeout|dial tcp|deadline exceeded|proxyconnect)/i,
    () =>
      "The Terraform registry cannot be reached, so the providers cannot be installed: check the network and the" +
      " proxy, or name a mirror in Terraform's CLI configuration (provider_installation).",
  ],
  [
    /NoSuchBucket|S3 bucket "?[^"]*"? does not exist/i,
    (stack) =>
      stack === "state"
        ? "The state bucket does not exist."
        : "The bucket for the state does not exist yet: make it with `npm run deploy -- state`.",
  ],
  [
    /Error acquiring the state lock[\s\S]*?ID:\s+(\S+)[\s\S]*?Who:\s+(\S+)[\s\S]*?Created:\s+(\S+ \S+)/,
    (stack, [, id, who, created]) =>
      `${who} has been working on ${stack} since ${created}: wait, or if that run is dead, ` +
      `\`terraform -chdir=cdktf.out/stacks/${stack} force-unlock ${id}\`.`,
  ],
  [
    /ResourceInUseException: Table already exists: (\S+)/,
    (stack, [, table]) =>
      `The table ${table} is there already, from a time when ${stack} had reservations: take it back with ` +
      `\`terraform -chdir=cdktf.out/stacks/${stack} import aws_dynamodb_table.reservations ${table}\`, then deploy again.`,
  ],
  [
    /Unsupported Terraform Core version/,
    () => "This Terraform is too old or too new: use the version in .terraform-version.",
  ],
];

function explanation(stderr: string, stack: string): string | undefined {
  // Terraform draws a frame of │ around errors and breaks lines inside it.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with one
  const text = stderr.replaceAll(/\u001b\[[\d;]*m|[│╷╵]/g, "").replaceAll(/\s+/g, " ");
  for (const [pattern, explain] of EXPLANATIONS) {
    const match = pattern.exec(text);
    if (match) return explain(stack, match);
  }
  return undefined;
}

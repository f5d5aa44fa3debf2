import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { withoutRegistry } from "../review/config/providers";
import { unreachable } from "./aws";
import { type ChildOptions, type Finished, onceInterrupted, runChild } from "./child";
import { Failure } from "./failure";
import { note } from "./print";
import { withWhatTofuLeavesOut } from "./review/tofu-plan";
import { Interrupted } from "./signals";
import { readableLines } from "./terraform-json-lines";
import { missingProgram, terraformName, terraformProgram } from "./terraform-program";

/** Terraform in the folder of one synthesized stack. */
export class Terraform {
  readonly folder: string;

  constructor(
    readonly stack: string,
    outdir: string,
  ) {
    this.folder = path.join(outdir, "stacks", stack);
  }

  /** Installs the providers, connects to the state and selects the stack's own workspace, creating it where needed. */
  async prepare(): Promise<void> {
    await this.init();
    await this.selectWorkspace();
  }

  /** Installs the providers and connects to the state that the configuration in the folder names. */
  async init(): Promise<void> {
    // What an earlier init noted down about the state does not count, nor which workspace was selected there. -reconfigure
    // would do for S3, but asks a question about a local state, and about a workspace that is not there yet.
    for (const note of ["terraform.tfstate", "environment"]) {
      await rm(path.join(this.folder, ".terraform", note), { force: true });
    }
    await this.capture(["init", "-input=false", ...this.reviewedProviders()]);
  }

  /** Moves the state from where the last init connected to, to where the configuration says now. */
  async migrate(): Promise<void> {
    await this.capture(["init", "-input=false", "-migrate-state", "-force-copy", ...this.reviewedProviders()]);
  }

  /** In CI the providers are those that were reviewed, or none. */
  private reviewedProviders(): string[] {
    return process.env.CI ? ["-lockfile=readonly"] : [];
  }

  async selectWorkspace(): Promise<void> {
    const select = ["workspace", "select", "-or-create=true", this.stack];
    // A workspace is made under the state's lock, in a moment. A command that comes in that moment finds it made in the next.
    for (let pause = 500; ; pause *= 2) {
      const finished = await this.run(select);
      const locked = finished.code !== 0 && /failed to lock \S+ state/.test(plain(finished.stderr));
      if (!locked || pause > 2_000) {
        this.outputOf(select, finished);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  /** What a saved plan, or without a file the state, holds: the JSON of `terraform show`. */
  async showJson(file?: string): Promise<unknown> {
    if (file === undefined) return JSON.parse(await this.capture(["show", "-json"]));
    return withWhatTofuLeavesOut(JSON.parse(await this.capture(["show", "-json", file])), await readFile(file));
  }

  /** Runs a command in front of the user; answers its exit code, 0 or 2. */
  async show(args: readonly string[]): Promise<number> {
    const { code, stderr } = await this.start(args, {
      onStdout: (text) => process.stdout.write(text),
      onStderr: (text) => process.stderr.write(text),
    });
    // 2 is what -detailed-exitcode says of a plan with changes.
    if (code === 0 || (code === 2 && args.includes("-detailed-exitcode"))) return code;
    throw new Failure(
      explanation(stderr, this.stack) ?? `${terraformName()} ${args[0]} failed; what it says is above.`,
    );
  }

  /** Runs a command behind the scenes; answers what it printed. */
  async capture(args: readonly string[]): Promise<string> {
    return this.outputOf(args, await this.run(args));
  }

  private outputOf(args: readonly string[], { code, stdout, stderr }: Finished): string {
    if (code === 0) return stdout;
    throw new Failure(
      explanation(stderr, this.stack) ?? `${terraformName()} ${args[0]} failed:\n${plain(stderr).trim()}`,
    );
  }

  /** Runs a command behind the scenes, to whichever end. When it is interrupted, it is shown what it waits for. */
  run(args: readonly string[]): Promise<Finished> {
    const show = onceInterrupted((text) => process.stderr.write(readableLines(text)));
    return this.start(args, { onStderr: show, ...(!PRINTS_SECRETS.includes(args[0] ?? "") && { onStdout: show }) });
  }

  private async start(args: readonly string[], options: ChildOptions): Promise<Finished> {
    const env = terraformEnvironment();
    try {
      return await runChild(terraformProgram(), [`-chdir=${this.folder}`, ...args], {
        ...options,
        env: { ...env, TF_IN_AUTOMATION: "1", CHECKPOINT_DISABLE: "1" },
        signalGroup: false,
        // Plans and states hold secrets. What init installs may be in a cache that users share.
        ...(args[0] !== "init" && { umask: 0o077 }),
      });
    } catch (error) {
      throw error instanceof Interrupted ? error : new Failure(missingProgram());
    }
  }
}

/** This process's environment without what would make Terraform do something else than it is told here. */
function terraformEnvironment(): NodeJS.ProcessEnv {
  // With TF_WORKSPACE set, Terraform refuses to select a workspace, and init asks a question that is not shown.
  const { TF_WORKSPACE: _, ...all } = process.env;
  // Options that are not reviewed: with TF_CLI_ARGS_apply=-help an apply does nothing, and ends well.
  const isOptions = ([name, value]: [string, string | undefined]) =>
    /^TF_CLI_ARGS(?:_|$)/i.test(name) && value?.trim() !== "-no-color";
  const left = Object.entries(all).filter(isOptions);
  const names = left.filter(([, value]) => value?.trim() !== "").map(([name]) => name);
  if (names.length > 0 && !saidOfOptions) {
    saidOfOptions = true;
    note(`${names.join(", ")}: not passed on to Terraform. Options of plan are given on the command line.`);
  }
  return Object.fromEntries(Object.entries(all).filter((variable) => !isOptions(variable)));
}

let saidOfOptions = false;

/** Commands whose output is data, with the secrets in it. */
const PRINTS_SECRETS: readonly string[] = ["show", "output", "state"];

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
    /(?:Failed to (?:query available provider packages|install provider)|Could not retrieve (?:the list of available versions|providers for locking))[\s\S]*?(?:could not connect|failed to request|failed to retrieve|no such host|connection refused|timeout|dial tcp|deadline exceeded|proxyconnect)/i,
    () =>
      "The Terraform registry cannot be reached, so the providers cannot be installed: check the network and the" +
      " proxy, or name a mirror in Terraform's CLI configuration (provider_installation).",
  ],
  [
    /"https?:\/\/([^/"]+)[^"]*": (?:dial tcp|read tcp|proxyconnect|net\/http: TLS handshake timeout|context deadline exceeded|EOF)/,
    (_, [, host]) => unreachable(host),
  ],
  [
    /AWS account ID not allowed: (\d{12})/,
    (stack, [, account]) =>
      `The credentials are those of the account ${account}, which allowedAccountIds in environments.ts does not name for` +
      ` ${stack}: check AWS_PROFILE and AWS_ACCESS_KEY_ID.`,
  ],
  [
    /NoSuchBucket|S3 bucket "?[^"]*"? does not exist/i,
    (stack) =>
      `The bucket for the state of ${stack} does not exist yet: make it with \`npm run bootstrap -- ${stack}\`.`,
  ],
  [
    /(?:Error acquiring the state lock|failed to lock \S+ state).*?Lock Info: ID:\s+(\S+).*?Who:\s+(\S+).*?Created:\s+(\S+ [\d:]+)/,
    (stack, [, id, who, created]) =>
      `${who} has been working on ${stack} since ${created} UTC (lock ${id}): wait, or if that run is dead,` +
      ` \`npm run recover -- ${stack}\`.`,
  ],
  [
    /package for (\S+) (\S+) (?:\(\S+ \S+\) )?(?:doesn't|does not) match any of the checksums/,
    (_, [, provider = "", version]) =>
      `The package of ${withoutRegistry(provider)} ${version} that was found is not one that was` +
      " reviewed: its checksum is not among those in .terraform.lock.hcl. Check where it came from (the mirror in" +
      " Terraform's CLI configuration, the plugin cache, the network). Only if you have updated this provider, or run" +
      " Terraform on a platform that the file lacks: run `npm run lock`, review the change, and commit it.",
  ],
  [
    /Provider dependency changes detected.*"tofu init"/,
    () =>
      "OpenTofu would install other providers, or from another registry, than .terraform.lock.hcl has: run `npm run lock`" +
      " with OpenTofu, review the change, and commit it (docs/opentofu.md).",
  ],
  [
    /Provider dependency changes detected|locked provider \S+ \S+ does not match configured version constraint/,
    () =>
      "The stacks ask for other providers, or other versions, than .terraform.lock.hcl has: run `npm run lock`, review" +
      " the change, and commit it.",
  ],
  [
    /Saved plan is stale/,
    (stack) => `Something was changed since this plan was made: make a new one with \`npm run plan -- ${stack}\`.`,
  ],
  [
    /\b(?:EntityAlreadyExists|ResourceConflictException|ResourceAlreadyExistsException)\b/,
    (stack) =>
      "Something of what is to be made is there already. If an earlier run was interrupted or killed," +
      ` \`npm run recover -- ${stack}\` takes it back.`,
  ],
  [
    /ResourceInUseException: Table already exists: (\S+)/,
    (stack, [, table]) =>
      `The table ${table} is there already, from a time when ${stack} had reservations: take it back with ` +
      `\`${terraformName()} -chdir=cdktf.out/stacks/${stack} import aws_dynamodb_table.reservations ${table}\`, then deploy again.`,
  ],
  [
    /Unsupported (Terraform|OpenTofu) Core version/,
    (_, [, product]) =>
      product === "Terraform"
        ? "This Terraform is too old or too new: use the version in .terraform-version."
        : "This OpenTofu is too old or too new: use 1.11 or a later 1.x (docs/opentofu.md).",
  ],
];

/** What to do about what Terraform says, if that is known. */
export function explanation(stderr: string, stack: string): string | undefined {
  // Terraform breaks lines inside its messages.
  const text = plain(stderr).replaceAll(/\s+/g, " ");
  for (const [pattern, explain] of EXPLANATIONS) {
    const match = pattern.exec(text);
    if (match) return explain(stack, match);
  }
  return undefined;
}

/** What Terraform says, without colours and without the frame of │ that it draws around errors. */
export function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with one
  return text.replaceAll(/\u001b\[[\d;]*m/g, "").replaceAll(/^[│╷╵] ?/gm, "");
}

import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { startServant } from "../child";
import { Failure } from "../failure";

export interface LocalCognitoOptions {
  /** Folder for its files; pools and users that are in it already are there again. */
  readonly folder: string;
  /** Lambda's Invoke API. */
  readonly lambdaEndpoint: string;
  /** Names of the functions that are every pool's triggers. */
  readonly triggers: Readonly<Partial<Record<LocalTrigger, string>>>;
  /** Where its tokens say that they are from, with the pool's id behind it. @default its own */
  readonly issuer?: string | undefined;
  /** Is given each message to a user that Cognito would have sent, as soon as it would have: a line for each of its fields. */
  readonly onOutput?: ((text: string) => void) | undefined;
}

/** The triggers that cognito-local calls. It also knows CustomEmailSender, which needs a key of KMS. */
export const LOCAL_TRIGGERS = [
  "CustomMessage",
  "PostAuthentication",
  "PostConfirmation",
  "PreSignUp",
  "PreTokenGeneration",
  "UserMigration",
] as const;
export type LocalTrigger = (typeof LOCAL_TRIGGERS)[number];

/** What cognito-runtime.mjs sends: first where it is, then the messages to users, as their fields by name. */
interface FromRuntime {
  readonly endpoint?: string;
  readonly message?: Readonly<Record<string, string | undefined>>;
}

/** cognito-local in a process of its own, on a free port. */
export class LocalCognito {
  private constructor(
    private readonly child: ChildProcess,
    readonly endpoint: string,
  ) {}

  static async start({
    folder,
    lambdaEndpoint,
    triggers,
    issuer,
    onOutput,
  }: LocalCognitoOptions): Promise<LocalCognito> {
    await mkdir(path.join(folder, ".cognito"), { recursive: true });
    await writeFile(
      path.join(folder, ".cognito/config.json"),
      JSON.stringify({
        ServerConfig: { hostname: "127.0.0.1", port: 0 },
        // Its default makes the e-mail address the username, which a pool with an e-mail alias does not.
        UserPoolDefaults: { UsernameAttributes: [] },
        TriggerFunctions: triggers,
        ...(issuer !== undefined && { TokenConfig: { IssuerDomain: issuer } }),
        LambdaClient: { endpoint: lambdaEndpoint },
      }),
    );
    const child = startServant(process.execPath, [path.resolve("cli/emulator/cognito-runtime.mjs")], {
      cwd: folder,
      env: { AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: "1", NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    const endpoint = await endpointOf(child);
    child.on("message", ({ message }: FromRuntime) => message && onOutput?.(textOf(message)));
    return new LocalCognito(child, endpoint);
  }

  /** Ends it, once it has written its files. */
  async close(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, "exit");
    this.child.kill();
    await ended;
  }
}

function endpointOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        output += text;
      });
    }
    child.once("message", ({ endpoint }: FromRuntime) => endpoint && resolve(endpoint));
    child.once("error", reject);
    child.once("exit", (code) => reject(new Failure(`cognito-local ended with exit code ${code}:\n${output}`)));
  });
}

/** The fields that a message has, one below the other: `  Username:    ana`. Texts of several lines are indented. */
function textOf(message: NonNullable<FromRuntime["message"]>): string {
  const fields = Object.entries(message).flatMap(([name, value]) => (value ? [{ name: `${name}:`, value }] : []));
  const width = Math.max(...fields.map(({ name }) => name.length));
  return fields
    .map(({ name, value }) => `  ${name.padEnd(width)} ${value.replaceAll(/\n(?!\n)/g, `\n${" ".repeat(width + 3)}`)}`)
    .join("\n");
}

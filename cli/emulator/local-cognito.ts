import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { startServant } from "../child";
import { Failure } from "../failure";
import { note } from "../print";

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
  readonly onMessage?: ((text: string) => void) | undefined;
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

/** What cognito-runtime.mjs sends, first where it is, then messages to users, each as its fields by name. */
interface FromRuntime {
  readonly endpoint: string;
  readonly message?: Readonly<Record<string, string | undefined>>;
}

/** cognito-local in a process of its own, on a free port. Where that one ends by itself, this process says so and ends with exit code 1. */
export class LocalCognito {
  private isClosed = false;

  private constructor(
    private readonly child: ChildProcess,
    readonly endpoint: string,
    private readonly ended: Promise<string>,
  ) {
    void ended.then((how) => {
      if (this.isClosed) return;
      note(`The emulated Cognito has ended by itself: start again. cognito-local ended with ${how}`);
      process.exit(1);
    });
  }

  static async start({
    folder,
    lambdaEndpoint,
    triggers,
    issuer,
    onMessage,
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
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    const ended = endOf(child);
    const endpoint = await Promise.race([
      once(child, "message").then(([first]) => (first as FromRuntime).endpoint),
      ended.then((how) => {
        throw new Failure(`cognito-local ended with ${how}`);
      }),
    ]);
    child.on("message", ({ message }: FromRuntime) => message && onMessage?.(textOf(message)));
    return new LocalCognito(child, endpoint, ended);
  }

  /** Ends it, once it has written its files. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.child.kill();
    await this.ended;
  }
}

/** How a process has ended and what it said: `exit code 1:` and its error output. */
async function endOf(child: ChildProcess): Promise<string> {
  let output = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const [code, signal] = await once(child, "close");
  return [signal ?? `exit code ${code}`, output.trim()].filter(Boolean).join(":\n");
}

/** The fields that a message has, one below the other: `  Username:    ana`. Texts of several lines are indented. */
function textOf(message: NonNullable<FromRuntime["message"]>): string {
  const fields = Object.entries(message).flatMap(([name, value]) => (value ? [{ name: `${name}:`, value }] : []));
  const width = Math.max(...fields.map(({ name }) => name.length));
  return fields
    .map(({ name, value }) => `  ${name.padEnd(width)} ${value.replaceAll(/\n(?!\n)/g, `\n${" ".repeat(width + 3)}`)}`)
    .join("\n");
}

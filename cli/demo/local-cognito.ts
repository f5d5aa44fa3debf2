import type { ChildProcess } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { startServant } from "../child";
import { Failure } from "../failure";

export interface LocalCognitoOptions {
  /** An empty folder for its files. */
  readonly folder: string;
  /** Lambda's Invoke API. */
  readonly lambdaEndpoint: string;
  /** Name of the function that is every pool's Pre-SignUp trigger. */
  readonly preSignUp: string | undefined;
  /** Name of the function that every pool asks about users that it does not have. @default none */
  readonly userMigration?: string;
}

/** cognito-local in a process of its own, on a free port. */
export class LocalCognito {
  private constructor(
    private readonly child: ChildProcess,
    readonly endpoint: string,
  ) {}

  static async start({ folder, lambdaEndpoint, preSignUp, userMigration }: LocalCognitoOptions): Promise<LocalCognito> {
    await mkdir(path.join(folder, ".cognito"), { recursive: true });
    await writeFile(
      path.join(folder, ".cognito/config.json"),
      JSON.stringify({
        ServerConfig: { hostname: "127.0.0.1", port: 0 },
        // Its default makes the e-mail address the username, which a pool with an e-mail alias does not.
        UserPoolDefaults: { UsernameAttributes: [] },
        TriggerFunctions: {
          ...(preSignUp && { PreSignUp: preSignUp }),
          ...(userMigration && { UserMigration: userMigration }),
        },
        LambdaClient: { endpoint: lambdaEndpoint },
      }),
    );
    const child = startServant(
      process.execPath,
      [createRequire(path.resolve("package.json")).resolve("cognito-local/lib/bin/start.js")],
      {
        cwd: folder,
        env: { AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: "1", NO_COLOR: "1" },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    return new LocalCognito(child, await endpointOf(child));
  }

  async close(): Promise<void> {
    this.child.kill();
  }
}

function endpointOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    const read = (text: string) => {
      output += text;
      const endpoint = /running on (http:\/\/[\d.]+:\d+)/.exec(output)?.[1];
      if (endpoint) resolve(endpoint);
    };
    child.stdout?.setEncoding("utf8").on("data", read);
    child.stderr?.setEncoding("utf8").on("data", read);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Failure(`cognito-local ended with exit code ${code}:\n${output}`)));
  });
}

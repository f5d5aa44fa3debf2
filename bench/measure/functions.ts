import { type ChildProcess, fork } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";
import { Failure } from "../../cli/failure";
import { bundleFunction } from "../../lambda/bundle";
import { makeCertificate } from "./certificate";
import { python } from "./installed";
import { versionOf } from "./process";
import { remove } from "./project-copy";
import type { Skipped } from "./result";

export const BOTO3 = "1.44.5";
const BASELINES = path.resolve("bench/baselines");

/** A function that can be invoked: a program, and its environment. */
export interface LocalFunction {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

export const NAMES = {
  article: "the article's function, Python with boto3",
  sdk: "the same in Node.js with the AWS SDK",
  empty: "an empty Node.js handler",
  directory: 'this function, "directory"',
  reserved: 'this function, "reserved"',
} as const;

/** A sign-up that nothing stands against. All letters are small: the article looks for nothing else. */
export const EVENT = JSON.stringify({
  triggerSource: "PreSignUp_SignUp",
  userPoolId: "eu-west-1_Abcdefghi",
  userName: "ana",
  request: { userAttributes: { email: "ana@example.com" } },
  response: {},
});

/** Every function of {@link NAMES}, and an AWS of their own that answers after some milliseconds. */
export class Functions {
  readonly all: LocalFunction[] = [];
  readonly skipped: Skipped[] = [];
  readonly versions: Record<string, string> = {};
  private stub: ChildProcess | undefined;

  private constructor(private readonly folder: string) {}

  static async start(delay: number, note: (text: string) => void): Promise<Functions> {
    const functions = new Functions(await mkdtemp(path.join(tmpdir(), "bench-functions-")));
    try {
      await functions.prepare(await functions.startStub(delay), note);
    } catch (error) {
      await functions.close();
      throw error;
    }
    return functions;
  }

  async close(): Promise<void> {
    if (this.stub?.connected) this.stub.disconnect();
    await remove(this.folder);
  }

  /** Answers the stub's URL. */
  private async startStub(delay: number): Promise<string> {
    await makeCertificate(this.folder);
    const stub = fork("cli/run.mjs", ["bench/measure/stub-aws.ts", this.folder, String(delay)]);
    this.stub = stub;
    const port = await new Promise((resolve, reject) => {
      stub.once("message", resolve);
      stub.once("exit", () => reject(new Failure("The server that stands for AWS did not start.")));
    });
    return `https://127.0.0.1:${port}`;
  }

  private async prepare(endpoint: string, note: (text: string) => void): Promise<void> {
    const bundles = { function: path.join(this.folder, "function.js"), sdk: path.join(this.folder, "sdk.js") };
    await bundleFunction("pre-sign-up", bundles.function);
    await bundleWithSdk(bundles.sdk);
    const certificate = path.join(this.folder, "cert.pem");
    const env = {
      PATH: process.env.PATH,
      LOG_LEVEL: "INFO",
      AWS_REGION: "eu-west-1",
      AWS_DEFAULT_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "bench",
      AWS_SECRET_ACCESS_KEY: "bench",
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: endpoint,
      AWS_ENDPOINT_URL_DYNAMODB: endpoint,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      NODE_EXTRA_CA_CERTS: certificate,
      AWS_CA_BUNDLE: certificate,
    };
    const node = (name: string, bundle: string, more = {}) => {
      const args = [path.join(BASELINES, "invoke.cjs"), bundle];
      this.all.push({ name, program: process.execPath, args, env: { ...env, ...more } });
    };
    try {
      const program = await python(BOTO3, note);
      const source = path.join(BASELINES, "official-template/lambda/pre_sign_up.py");
      this.all.push({ name: NAMES.article, program, args: [path.join(BASELINES, "invoke.py"), source], env });
      this.versions.Python = (await versionOf(program, "--version")) ?? "unknown";
      this.versions.boto3 = BOTO3;
    } catch (error) {
      this.skipped.push({ subject: NAMES.article, why: (error as Error).message });
    }
    node(NAMES.sdk, bundles.sdk);
    node(NAMES.empty, path.join(BASELINES, "empty.cjs"));
    node(NAMES.directory, bundles.function);
    node(NAMES.reserved, bundles.function, { RESERVATIONS_TABLE: "reservations" });
  }
}

/** The article's function with the AWS SDK, bundled by esbuild's defaults; answers what is in it. */
export function bundleWithSdk(outfile: string, minify = false) {
  const entryPoints = [path.join(BASELINES, "article-sdk.ts")];
  return build({ entryPoints, outfile, bundle: true, minify, platform: "node", logLevel: "error" });
}

import { fork } from "node:child_process";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Failure } from "../cli/failure";
import { bundleFunction } from "../lambda/bundle";
import { makeCertificate } from "./certificate";
import { python } from "./installed";
import { remove } from "./project-copy";

const BASELINES = path.resolve("bench/baselines");

/** A function that can be invoked: a program, and its environment. */
export interface LocalFunction {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

export const NAMES = {
  baseline: "the baseline's function, Python with boto3",
  empty: "an empty Node.js handler",
  directory: 'this function, "directory"',
  reserved: 'this function, "reserved"',
} as const;

/** A sign-up without conflicts, in lower case: the baseline looks up lower case only. */
export const EVENT = JSON.stringify({
  triggerSource: "PreSignUp_SignUp",
  userPoolId: "eu-west-1_Abcdefghi",
  userName: "ana",
  request: { userAttributes: { email: "ana@example.com" } },
  response: {},
});

/** Every function of {@link NAMES}, and a stub of AWS that responds after `delay` milliseconds. */
export async function startFunctions(delay: number, note: (text: string) => void) {
  const folder = await mkdtemp(path.join(tmpdir(), "bench-functions-"));
  await makeCertificate(folder);
  const bundle = path.join(folder, "function.js");
  await bundleFunction({ trigger: "preSignUp" }, bundle);
  const stub = fork("cli/run.mjs", ["bench/stub-aws.ts", folder, String(delay)]);
  const port = await new Promise((resolve, reject) => {
    stub.once("message", resolve);
    stub.once("exit", () => reject(new Failure("The stub of AWS did not start.")));
  });
  const env = environment(`https://127.0.0.1:${port}`, path.join(folder, "cert.pem"));

  const node = (name: string, file: string, more = {}): LocalFunction => {
    return {
      name,
      program: process.execPath,
      args: [path.join(BASELINES, "invoke.cjs"), file],
      env: { ...env, ...more },
    };
  };
  const all = [
    node(NAMES.empty, path.join(BASELINES, "empty.cjs")),
    node(NAMES.directory, bundle),
    node(NAMES.reserved, bundle, { RESERVATIONS_TABLE: "reservations" }),
  ];
  const skipped: string[] = [];
  try {
    const source = path.join(BASELINES, "official-template/lambda/pre_sign_up.py");
    const args = [path.join(BASELINES, "invoke.py"), source];
    all.push({ name: NAMES.baseline, program: await python(note), args, env });
  } catch (error) {
    skipped.push(`${NAMES.baseline}: ${(error as Error).message}`);
  }
  return {
    all,
    skipped,
    async close() {
      stub.disconnect();
      await remove(folder);
    },
  };
}

function environment(endpoint: string, certificate: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    LOG_LEVEL: "INFO",
    AWS_REGION: "eu-west-1",
    AWS_DEFAULT_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "bench",
    AWS_SECRET_ACCESS_KEY: "bench",
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: endpoint,
    AWS_ENDPOINT_URL_DYNAMODB: endpoint,
    NODE_EXTRA_CA_CERTS: certificate,
    AWS_CA_BUNDLE: certificate,
  };
}

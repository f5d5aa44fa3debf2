import { mkdir } from "node:fs/promises";
import path from "node:path";
import { CREDENTIALS, EmulatedPool, REGION } from "../emulator/emulated-pool";
import type { Invocation } from "../emulator/local-lambda";
import { type Block, TerraformJson } from "../emulator/terraform-json";
import { Events } from "../page/events";
import { RaceTrack } from "../page/race-track";
import { PageServer } from "../page/server";
import { ShownPool } from "../page/shown-pool";
import { currentProject, synthesizeProject } from "../project";
import { localFolder } from "./folder";
import { Front } from "./front";
import { checkKept, forgetUsers } from "./kept";

export interface ServeOptions {
  readonly port: number;
  readonly pagePort: number;
  /** Whether users and reservations of earlier starts are forgotten. */
  readonly fresh: boolean;
}

/**
 * Brings up an environment's pool in emulators, from the Terraform JSON that would be deployed, and prints what an application needs. It runs until
 * the returned function is called.
 */
export async function serve(
  environment: string,
  { port, pagePort, fresh }: ServeOptions,
  print: (text: string) => void,
): Promise<() => Promise<void>> {
  const folder = localFolder(environment);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await (fresh ? forgetUsers(folder) : checkKept(folder));
  const synthesized = path.join(folder, "synthesized");
  const project = currentProject();
  await synthesizeProject(project, synthesized);
  const stack = await TerraformJson.read(path.join(synthesized, "stacks", environment));
  const events = new Events();
  const pool = await EmulatedPool.start(stack, {
    folder,
    issuer: `http://127.0.0.1:${port}`,
    onMessage: (message) => {
      print(`\nCognito would have sent:\n${message}\n`);
      events.message(message);
    },
  });
  pool.observe((invocation) => {
    print(decision(invocation));
    events.decision(invocation);
  });
  const running: Array<{ close(): Promise<void> }> = [pool];
  const close = async () => {
    for (const each of running.reverse()) await each.close();
  };
  try {
    const usersFile = path.join(folder, ".cognito/db", `${pool.pool.id}.json`);
    const selfSignUp = hasSelfSignUp(pool.stack);
    const front = await Front.start({ port, pool, selfSignUp, usersFile });
    running.push(front);
    const page = await PageServer.start({
      port: pagePort,
      portOption: "--page-port",
      environment,
      pool: new ShownPool(pool),
      raceTrack: new RaceTrack(project, environment, path.join(folder, "race")),
      events,
    });
    running.push(page);
    print(introduction(environment, front.endpoint, page.address, pool));
    if (!selfSignUp) print("Users do not sign up by themselves (selfSignUp): create them by AdminCreateUser.");
    return close;
  } catch (error) {
    await close();
    throw error;
  }
}

function hasSelfSignUp(stack: TerraformJson): boolean {
  const { admin_create_user_config: config } = stack.resource("aws_cognito_user_pool");
  return (config as Block | undefined)?.allow_admin_create_user_only !== true;
}

/** What an application needs, as text and as lines of a .env file. */
function introduction(environment: string, endpoint: string, page: string, { pool, notCalled }: EmulatedPool): string {
  const clients = pool.clients.flatMap(({ name, id, secret }) => [
    `  client ${name}: ${id}`,
    ...(secret === undefined ? [] : [`    its secret: ${secret}`]),
  ]);
  const [own] = pool.clients;
  return [
    `The pool of ${environment} is up on ${endpoint}. What happens in it is shown on ${page}.`,
    `  user pool: ${pool.id}`,
    ...clients,
    ...notCalled.map((trigger) => `  The trigger ${trigger} is not called here: the emulator cannot call it.`),
    "",
    "For an application (.env):",
    `COGNITO_ENDPOINT=${endpoint}`,
    `COGNITO_USER_POOL_ID=${pool.id}`,
    ...(own ? [`COGNITO_CLIENT_ID=${own.id}`, ...(own.secret ? [`COGNITO_CLIENT_SECRET=${own.secret}`] : [])] : []),
    `ISSUER=${endpoint}/${pool.id}`,
    `JWKS_URL=${endpoint}/${pool.id}/.well-known/jwks.json`,
    `AWS_REGION=${REGION}`,
    `AWS_ACCESS_KEY_ID=${CREDENTIALS.accessKeyId}`,
    `AWS_SECRET_ACCESS_KEY=${CREDENTIALS.secretAccessKey}`,
    "",
    "Users are kept between starts; --fresh forgets them. Ctrl-C ends it.",
  ].join("\n");
}

/** What a function said about a call: `one-account-dev-pre-sign-up, PreSignUp_SignUp: refused: …`. */
function decision({ functionName, event, error }: Invocation): string {
  const { triggerSource } = event as { triggerSource?: unknown };
  return `${functionName}, ${String(triggerSource)}: ${error === undefined ? "allowed" : `refused: ${error}`}`;
}

import { spawnSync } from "node:child_process";
import { MESSAGES } from "../../lambda/trigger/messages";
import { ReservationsTable } from "../../migration/reservations/table";
import { preSignUpVariables } from "../../modules/pre-sign-up/settings";
import { functionSettings } from "../../modules/unique-user-pool/settings";
import { identifiersOf } from "../../modules/user-pool/identifiers";
import type { Environment } from "../../settings/project";
import { withAwsErrors } from "../aws";
import { atExit } from "../cleanup";
import { cognitoClient } from "../clients";
import { describedPool } from "../described-pool";
import { exclusively } from "../exclusive";
import { Failure } from "../failure";
import { outputValue } from "../output";
import { note } from "../print";
import { currentProject, requireEnvironment } from "../project";
import { comparisonOf } from "../protect/protect";
import { withStack } from "../stack";
import { singleAttemptDynamoDb } from "../users/clients";
import { seenAssumptions } from "./assumptions";
import { castOf, keysOf, newRun, signUpsOf } from "./cast";
import { type Cleaned, clean, cleanLeftOver, reservationsOf } from "./clean";
import { deployedResults } from "./deployed";
import { factsOf } from "./facts";
import { lockFile, writeLedger } from "./ledger";
import { logResults } from "./log";
import { ProofPool, signInName, type Through } from "./pool";
import { type Report, reportOf } from "./report";
import type { Result } from "./result";
import { type ShownState, type Stack, stackOf } from "./stack-state";
import { Trials } from "./trials";

export interface ProveOptions {
  readonly through: "admin" | "sign-up";
  readonly assumptions: boolean;
}

/** Proves the promises on an environment's pool, and deletes all that it made. */
export async function prove(name: string, options: ProveOptions): Promise<Report> {
  const environment = requireEnvironment(currentProject(), name);
  const stack = stackOf((await withStack(name, "prove", (terraform) => terraform.showJson())) as ShownState);
  return exclusively(await lockFile(name), `prove ${name}`, () =>
    withAwsErrors(async () => {
      const left = await cleanLeftOver(name);
      if (left) note(`Of an earlier run: ${deletedText(left)}`);
      return run(environment, stack, options);
    }),
  );
}

/** Deletes what an earlier run left. */
export async function cleanUp(name: string): Promise<string> {
  return exclusively(await lockFile(name), `prove ${name} --clean`, () =>
    withAwsErrors(async () => {
      const left = await cleanLeftOver(name);
      return left ? deletedText(left) : "No earlier run has left anything.";
    }),
  );
}

async function run(environment: Environment, stack: Stack, options: ProveOptions): Promise<Report> {
  const { name, region, existingPool, uniqueness } = environment;
  const poolId = existingPool?.userPoolId ?? outputValue(stack.outputs, "UserPoolId");
  const client = cognitoClient(region);
  const pool = await describedPool(client, poolId);
  const through = throughOf(stack, options.through, (pool.AutoVerifiedAttributes ?? []).length > 0);

  const identifiers = identifiersOf(environment);
  const cast = castOf(newRun(), identifiers);
  const signUps = signUpsOf(cast);
  const table = stack.tableName ? new ReservationsTable(singleAttemptDynamoDb(region), stack.tableName) : undefined;
  const ledger = {
    region,
    poolId,
    ...(stack.tableName && { tableName: stack.tableName }),
    run: cast.run,
    accounts: [...new Set(signUps.map((signUp) => signInName(pool, signUp)))],
    keys: keysOf(signUps, identifiers),
  };
  if (table && (await reservationsOf(table, ledger.keys)).size > 0) {
    throw new Failure("A number that the proof drew is reserved already. Nothing was made: run the command again.");
  }
  const facts = await factsOf(stack, region);
  const comparison = await comparisonOf(environment, pool, facts.function?.Environment?.Variables ?? {});
  const deployed = deployedResults({ pool, stack, environment, facts, comparison });

  const since = Date.now() - 5_000;
  await writeLedger(name, ledger);
  const done = atExit(() => cleanInAnotherProcess(name));
  const results: Result[] = [...deployed];
  let assumptions: Report["assumptions"] = [];
  let cleaned: Cleaned;
  try {
    const proofPool = new ProofPool(client, pool, through);
    const isAsked = existingPool?.preSignUp !== undefined || environment.triggers?.preSignUp !== undefined;
    const trials = new Trials(proofPool, cast, identifiers, messagesOf(environment), isAsked);
    results.push(...(await trials.cases()), await trials.race(uniqueness === "reserved"));
    if (table) results.push(...(await trials.reservations(table)));
    const run = { since, letters: cast.run, signUps };
    results.push(...(await logResults(region, stack.function.logGroup, run)));
    if (options.assumptions) {
      assumptions = await seenAssumptions({ pool: proofPool, client, cast, answers: trials.answers });
    }
  } finally {
    cleaned = await clean(name, ledger);
    done();
  }
  const at = new Date().toISOString();
  return reportOf({ environment: name, poolId, region, at, results, assumptions, deleted: deletedText(cleaned) });
}

/** The texts that refused users of an environment read. */
function messagesOf(environment: Environment): typeof MESSAGES {
  const own = preSignUpVariables(functionSettings(environment), undefined, identifiersOf(environment)).MESSAGES;
  return { ...MESSAGES, ...JSON.parse(own ?? "{}") };
}

function throughOf({ outputs }: Stack, through: ProveOptions["through"], sendsCodes: boolean): Through {
  if (through === "admin") return "administrator";
  // Mail to a domain that cannot be would count against the sender's reputation.
  if (sendsCodes && !process.env.AWS_ENDPOINT_URL) {
    throw new Failure("Cognito would send codes to addresses of proof.invalid: leave --through sign-up out.", 64);
  }
  const id = outputValue(outputs, "UserPoolClientId");
  return {
    id,
    ...(outputs.UserPoolClientSecret && { secret: outputValue(outputs, "UserPoolClientSecret") }),
  };
}

/** A signal ends this process at once. What it made is deleted before it has ended. */
function cleanInAnotherProcess(name: string): void {
  process.stderr.write("Deleting what the proof has made …\n");
  spawnSync(process.execPath, ["cli/run.mjs", "cli/main.ts", "prove", name, "--clean"], { stdio: "inherit" });
}

function deletedText({ accounts, reservations }: Cleaned): string {
  return `${accounts} accounts and ${reservations} reservations deleted.`;
}

/** What a run would do. */
export function announce(name: string): string {
  const environment = requireEnvironment(currentProject(), name);
  const cast = castOf("‹random›", identifiersOf(environment), 0);
  return [
    `On the pool of ${name}, with --apply:`,
    ...cast.cases.map(({ promise }) => `  a sign-up: ${promise}`),
    `  ${cast.race.length} sign-ups at the same moment, and two beside reservations of others`,
    "  what is deployed is compared with the settings and the stack; the function's log is read",
    "  every account and reservation that was made is deleted",
    "Addresses are of proof.invalid, and no message is sent. Nothing was done: add --apply.",
  ].join("\n");
}

import { spawnSync } from "node:child_process";
import { CloudWatchClient, DescribeAlarmsCommand, type MetricAlarm } from "@aws-sdk/client-cloudwatch";
import type { CognitoIdentityProviderClient, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { MESSAGES } from "../../lambda/trigger/messages";
import { ReservationsTable } from "../../migration/reservations/table";
import { preSignUpVariables } from "../../modules/pre-sign-up/settings";
import { functionSettings } from "../../modules/unique-user-pool/settings";
import { identifiersOf } from "../../modules/user-pool/identifiers";
import type { Environment } from "../../settings/project";
import { withAwsErrors } from "../aws";
import { atExit } from "../cleanup";
import { cognitoClient, RETRIES } from "../clients";
import { describedPool } from "../described-pool";
import { Failure } from "../failure";
import { outputValue } from "../output";
import { note } from "../print";
import { progressBar } from "../progress";
import { currentProject, requireEnvironment } from "../project";
import { comparisonOf, statementsOf } from "../protect/protect";
import { singleAttemptDynamoDb } from "../users/clients";
import { seenAssumptions } from "./assumptions";
import { besideResults } from "./beside";
import { castOf, keysOf, newRun, RACERS, signUpsOf } from "./cast";
import { type Cleaned, clean, cleanLeftOver, reservationsOf } from "./clean";
import { alarmNames, deployedResults } from "./deployed";
import { alone, type Ledger, ledgerFile, writeLedger } from "./ledger";
import { logResults } from "./log";
import { ProofPool, signInName } from "./pool";
import { type Report, reportOf } from "./report";
import type { Result } from "./result";
import { readStack, type Stack } from "./stack";
import { endpointOf, throughOf, type Way, wayOf } from "./through";
import { countsOf, Trials } from "./trials";

export interface ProveOptions {
  /** @default sign-up at an emulator, otherwise admin */
  readonly through: Way | undefined;
  readonly assumptions: boolean;
  /** Ids of app clients that other stacks make. */
  readonly knownClients: readonly string[];
}

/** Proves the promises on an environment's pool, and deletes all that it made. */
export async function prove(name: string, options: ProveOptions): Promise<Report> {
  const environment = requireEnvironment(currentProject(), name);
  const stack = await readStack(name, environment.region);
  return alone(name, `prove ${name}`, () =>
    withAwsErrors(async () => {
      const left = await cleanLeftOver(name);
      if (left) note(`Of an earlier run: ${deletedText(left)}`);
      return run(environment, stack, options);
    }),
  );
}

/** Deletes what an earlier run left. */
export async function cleanUp(name: string): Promise<string> {
  requireEnvironment(currentProject(), name);
  return alone(name, `prove ${name} --clean`, () =>
    withAwsErrors(async () => {
      const left = await cleanLeftOver(name);
      return left ? deletedText(left) : "No earlier run has left anything.";
    }),
  );
}

async function run(environment: Environment, stack: Stack, options: ProveOptions): Promise<Report> {
  const { name, region, existingPool } = environment;
  const poolId = existingPool?.userPoolId ?? outputValue(stack.outputs, "UserPoolId");
  const client = cognitoClient(region);
  const pool = await poolOf(client, poolId, stack, region);
  const way = options.through ?? wayOf();
  const proofPool = new ProofPool(client, pool, await throughOf(way, client, stack.outputs, pool));

  const identifiers = identifiersOf(environment);
  const cast = castOf(newRun(), identifiers);
  const signUps = signUpsOf(cast);
  const { tableName, isTableUsable } = stack;
  const table =
    tableName && isTableUsable ? new ReservationsTable(singleAttemptDynamoDb(region), tableName) : undefined;
  const ledger: Ledger = {
    ...{ region, poolId, run: cast.run },
    ...(tableName && { tableName }),
    accounts: [...new Set(signUps.map((signUp) => signInName(pool, signUp)))],
    keys: keysOf(signUps, identifiers),
  };
  if (table && (await reservationsOf(table, ledger.keys)).size > 0) {
    throw new Failure("A number that the proof drew is reserved already. Nothing was made: run the command again.");
  }
  note("Comparing what is deployed …");
  const statements = await statementsOf(new LambdaClient({ region, ...RETRIES }), stack.functionArn);
  const comparison = table && (await comparisonOf(environment, pool, { RESERVATIONS_TABLE: table.name }));
  const alarms = await alarmsOf(stack, region);
  const deployed = [
    ...deployedResults({ pool, stack, environment, statements, alarms, comparison }),
    ...(await besideResults(stack, environment, poolId, options.knownClients)),
  ];

  const isReserved = environment.uniqueness === "reserved";
  const isAsked = existingPool?.preSignUp !== undefined || environment.triggers?.preSignUp !== undefined;
  const messages = messagesOf(environment);
  const bar = progressBar("sign-ups", cast.cases.length + (isReserved ? RACERS + 2 : 0));
  const update = (done: number) => bar.update(done);
  const trials = new Trials(proofPool, cast, identifiers, messages, isAsked, isReserved, update);
  const { results, assumptions, cleaned } = await cleanedAfter(ledger, name, async () => {
    const since = Date.now() - 5_000;
    const results: Result[] = [...deployed];
    try {
      results.push(...(await trials.cases()));
      if (isReserved) results.push(await trials.race(), ...(await trials.reservations(table)));
    } finally {
      bar.stop();
    }
    note("Reading the function's log …");
    const counts = countsOf(trials.inTurn, messages);
    const isInfo = ["DEBUG", "INFO"].includes(environment.logLevel);
    // Where something is not as deployed, lines may never come.
    const canCome = deployed.every(({ state }) => state !== "broken");
    const logged = { since, letters: cast.run, signUps, counts, isInfo };
    results.push(...(await logResults(region, stack.logGroup, canCome, logged)));
    const seen = { pool: proofPool, cast, answers: trials.answers, inTurn: trials.inTurn };
    return { results, assumptions: options.assumptions ? await seenAssumptions(seen) : [] };
  });
  return reportOf({
    ...{ environment: name, poolId, account: stack.account, region, results, assumptions },
    endpoint: endpointOf() ?? null,
    through: way === "admin" ? "AdminCreateUser" : "SignUp",
    at: new Date().toISOString(),
    notShown: notShown(environment),
    deleted: deletedText(cleaned),
  });
}

/** Does something of which a list was made before, and then deletes all that is on it, however it ends. */
async function cleanedAfter<T>(
  ledger: Ledger,
  name: string,
  work: () => Promise<T>,
): Promise<T & { cleaned: Cleaned }> {
  await writeLedger(name, ledger);
  const done = atExit(() => cleanInAnotherProcess(name));
  note("Making accounts …");
  try {
    const made = await work();
    return { ...made, cleaned: await clean(name, ledger) };
  } catch (error) {
    // Calls may be in flight, and the error may be one that deletions meet, too.
    const left = `${ledgerFile(name)} lists what was made: \`npm run prove -- ${name} --clean\` deletes it.`;
    await cleanLeftOver(name).catch(() => note(left));
    throw error;
  } finally {
    done();
  }
}

async function poolOf(
  client: CognitoIdentityProviderClient,
  poolId: string,
  { account }: Stack,
  region: string,
): Promise<UserPoolType> {
  try {
    return await describedPool(client, poolId);
  } catch (error) {
    if ((error as Error).name !== "ResourceNotFoundException") throw error;
    throw new Failure(
      `There is no pool ${poolId} in ${region} of the account ${account}: it was deleted, or existingPool names a pool of another account or Region.`,
    );
  }
}

async function alarmsOf(stack: Stack, region: string): Promise<MetricAlarm[]> {
  const names = alarmNames(stack);
  if (names.length === 0) return [];
  // "AlarmNames", CloudWatch API reference: 100 at the most, and no stack has as many.
  const input = { AlarmNames: names.slice(0, 100) };
  const { MetricAlarms = [] } = await new CloudWatchClient({ region, ...RETRIES }).send(
    new DescribeAlarmsCommand(input),
  );
  return MetricAlarms;
}

/** The texts that refused users of an environment read. */
function messagesOf(environment: Environment): typeof MESSAGES {
  const own = preSignUpVariables(functionSettings(environment), undefined, identifiersOf(environment)).MESSAGES;
  return { ...MESSAGES, ...JSON.parse(own ?? "{}") };
}

/** A signal ends this process at once. What it made is deleted before it has ended. */
function cleanInAnotherProcess(name: string): void {
  process.stderr.write("Deleting what the proof has made …\n");
  spawnSync(process.execPath, ["cli/run.mjs", "cli/main.ts", "prove", name, "--clean"], { stdio: "inherit" });
}

function deletedText({ accounts, reservations }: Cleaned): string {
  return `${accounts} accounts and ${reservations} reservations deleted.`;
}

/** What a run says nothing of, because it is not promised, or cannot be tried with accounts that are deleted again. */
function notShown({ uniqueness, federated, identityProviders }: Environment): string[] {
  return [
    ...(uniqueness === "directory"
      ? [
          'With uniqueness: "directory", sign-ups at the same moment can all be admitted: nothing is promised of them, and nothing was tried.',
        ]
      : []),
    ...(Object.keys(identityProviders).length > 0
      ? [`Sign-ups through identity providers (federated: "${federated}") need a provider, and were not tried.`]
      : []),
    "Accounts past unconfirmedHoldHours, which lose their address, would have to be hours old, and were not tried.",
  ];
}

/** What a run would do. */
export function announce(name: string): string {
  const environment = requireEnvironment(currentProject(), name);
  const cast = castOf("‹random›", identifiersOf(environment), 0);
  return [
    `On the pool of ${name}, with --apply:`,
    ...cast.cases.map(({ promise }) => `  a sign-up: ${promise}`),
    ...(environment.uniqueness === "reserved"
      ? [`  ${RACERS} sign-ups at the same moment, and two beside reservations of others`]
      : []),
    "  what is deployed is compared with the settings and the stack, and what was added beside it is looked for; the function's log is read",
    "  every account and reservation that was made is deleted",
    ...notShown(environment),
    "Addresses are of proof.invalid, and no message is sent. Nothing was done: add --apply.",
  ].join("\n");
}

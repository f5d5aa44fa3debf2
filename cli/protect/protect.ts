import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { GetFunctionConfigurationCommand, GetPolicyCommand, LambdaClient } from "@aws-sdk/client-lambda";
import type { Environment } from "../../settings/project";
import { cognitoClient, RETRIES } from "../clients";
import { describedPool } from "../described-pool";
import { Failure } from "../failure";
import { type Outputs, outputValue } from "../output";
import { currentProject, requireEnvironment } from "../project";
import { compareReservations } from "../reservations";
import { withStack } from "../stack";
import { objectIn, statementsIn, variablesIn } from "./answers";
import { checks, type Protection, type Statement, tellsCaseApart } from "./checks";
import { howToAdd } from "./trigger";

/** ListUsers calls a second, of the 30 that the account has: as the other commands by default. */
const RATE = 15;

type Print = (text: string) => void;

/** Says whether the pool that an environment protects is protected, and prints what is left to do. Returns whether nothing is. */
export async function protect(name: string, print: Print): Promise<boolean> {
  const environment = requireEnvironment(currentProject(), name);
  const { existingPool, region } = environment;
  if (!existingPool) {
    throw new Failure(
      `The pool of ${name} is made here, and is protected from the first deployment on: it has no existingPool.`,
      64,
    );
  }
  const text = await withStack(name, "protect", (terraform) => terraform.capture(["output", "-json"]));
  const outputs = objectIn(text, "What `terraform output` prints") as Outputs;
  const functionArn = outputValue(outputs, "PreSignUpFunctionArn");

  const { userPoolId: UserPoolId } = existingPool;
  const pool = await describedPool(cognitoClient(region), UserPoolId);
  const lambda = new LambdaClient({ region, ...RETRIES });
  const configuration = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: functionArn }));
  const variables = variablesIn(configuration, functionArn);
  const statements = await statementsOf(lambda, functionArn);
  const comparison = await comparisonOf(environment, pool, variables);

  print(`The pool ${UserPoolId} (${pool.Name}) and the function ${functionArn}:\n`);
  const { others, trigger } = checks({
    ...{ name, environment, pool, statements, variables, functionArn, comparison },
    reservationsTable: outputs.ReservationsTable && outputValue(outputs, "ReservationsTable"),
  });
  for (const { isFine, text } of [...others, trigger]) print(`  ${isFine ? "✓" : "✗"} ${text}`);
  const isReady = others.every(({ isFine }) => isFine);
  if (isReady && !trigger.isFine) print(`\n${howToAdd(pool, functionArn)}`);
  if (!isReady) print(`\nFirst put right what is marked with ✗, deploy it, and run this command again.`);
  return isReady && trigger.isFine;
}

/** How the accounts compare with the deployed table; undefined where that need not be, or where there is none. It reads all accounts. */
export async function comparisonOf(
  environment: Environment,
  pool: UserPoolType,
  { RESERVATIONS_TABLE: tableName }: Readonly<Record<string, string>>,
): Promise<Protection["comparison"]> {
  // Cognito's own look-ups find the exact spelling only: there nothing but reservations protects the accounts that are there.
  if (!tellsCaseApart(pool) || !tableName || pool.Id === undefined) return undefined;
  return compareReservations({ environment, poolId: pool.Id, tableName, rate: RATE });
}

/** The statements of the function's policy; none where it has no policy. */
export async function statementsOf(lambda: LambdaClient, FunctionName: string): Promise<readonly Statement[]> {
  try {
    const { Policy } = await lambda.send(new GetPolicyCommand({ FunctionName }));
    return statementsIn(Policy);
  } catch (error) {
    if ((error as Error).name === "ResourceNotFoundException") return [];
    throw error;
  }
}

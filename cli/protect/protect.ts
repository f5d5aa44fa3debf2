import { DescribeUserPoolCommand } from "@aws-sdk/client-cognito-identity-provider";
import { GetFunctionConfigurationCommand, GetPolicyCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { cognitoClient, RETRIES } from "../clients";
import { Failure } from "../failure";
import { outputValue } from "../output";
import { currentProject, requireEnvironment } from "../project";
import { withStack } from "../stack";
import { checks, type Statement } from "./checks";
import { howToAdd } from "./trigger";

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
  const outputs = await withStack(name, "protect", (terraform) => terraform.capture(["output", "-json"]));
  const functionArn = outputValue(JSON.parse(outputs), "PreSignUpFunctionArn");

  const { userPoolId: UserPoolId } = existingPool;
  const { UserPool: pool } = await cognitoClient(region).send(new DescribeUserPoolCommand({ UserPoolId }));
  if (!pool) throw new Failure(`Cognito says nothing of the pool ${UserPoolId}.`);
  const lambda = new LambdaClient({ region, ...RETRIES });
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: functionArn }));
  const statements = await statementsOf(lambda, functionArn);

  print(`The pool ${UserPoolId} (${pool.Name}) and the function ${functionArn}:\n`);
  const variables = Environment?.Variables ?? {};
  const { others, trigger } = checks({ pool, statements, variables, functionArn, environment });
  for (const { isFine, text } of [...others, trigger]) print(`  ${isFine ? "✓" : "✗"} ${text}`);
  const isReady = others.every(({ isFine }) => isFine);
  if (isReady && !trigger.isFine) print(`\n${howToAdd(pool, functionArn)}`);
  if (!isReady) print(`\nFirst put right what is marked with ✗, deploy it, and run this command again.`);
  return isReady && trigger.isFine;
}

/** The statements of the function's policy; none where it has no policy. */
export async function statementsOf(lambda: LambdaClient, FunctionName: string): Promise<readonly Statement[]> {
  try {
    const { Policy = "{}" } = await lambda.send(new GetPolicyCommand({ FunctionName }));
    return (JSON.parse(Policy) as { readonly Statement?: readonly Statement[] }).Statement ?? [];
  } catch (error) {
    if ((error as Error).name === "ResourceNotFoundException") return [];
    throw error;
  }
}

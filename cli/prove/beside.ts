import { CloudWatchLogsClient, DescribeSubscriptionFiltersCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  type CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  paginateListIdentityProviders,
  paginateListUserPoolClients,
} from "@aws-sdk/client-cognito-identity-provider";
import { GetResourcePolicyCommand } from "@aws-sdk/client-dynamodb";
import { GetFunctionUrlConfigCommand, LambdaClient, paginateListEventSourceMappings } from "@aws-sdk/client-lambda";
import { providerNames } from "../../modules/identity-provider/settings";
import { child } from "../../review/json";
import type { Environment } from "../../settings/project";
import { cognitoClient, dynamoDbClient, RETRIES } from "../clients";
import { ofType } from "./deployed";
import { heldIf, notSeen, type Result } from "./result";
import type { Stack } from "./stack";

/*
 * What was added beside the stack, such as in the console: no plan compares it, because it belongs to no resource of the stack. Statements of the
 * function's policy and policies of its role are with what is compared (deployed.ts).
 */

const CLIENTS = "the pool has no app clients but the stack's";
const PROVIDERS = "the pool has no identity providers but the stack's";
const CALLS = "no URL and no event source calls the function";
const TABLE_POLICY = "the table has no policy of its own";
const LOG_READERS = "the function's log is passed on to nothing";

/** A question that is asked of AWS: what it finds, a sentence each. */
interface Question {
  readonly promise: string;
  readonly ask: () => Promise<readonly string[]>;
}

/** Looks for what was added beside the stack. What AWS refuses to say is not seen. `knownClients`: ids of app clients that other stacks make. */
export async function besideResults(
  stack: Stack,
  environment: Environment,
  poolId: string,
  knownClients: readonly string[],
): Promise<Result[]> {
  const cognito = cognitoClient(environment.region);
  const own = { region: environment.region, ...RETRIES };
  const questions: Question[] = [
    // What a pool that is managed elsewhere has is its owner's.
    ...(environment.existingPool
      ? []
      : [
          { promise: CLIENTS, ask: () => otherClients(cognito, poolId, stack, knownClients) },
          { promise: PROVIDERS, ask: () => otherProviders(cognito, poolId, stack, environment) },
        ]),
    { promise: CALLS, ask: () => otherCalls(new LambdaClient(own), stack) },
    ...tableArns(stack).map((arn) => ({ promise: TABLE_POLICY, ask: () => tablePolicy(arn, stack, environment) })),
    { promise: LOG_READERS, ask: () => subscriptions(new CloudWatchLogsClient(own), stack) },
  ];
  return Promise.all(questions.map(answered));
}

async function answered({ promise, ask }: Question): Promise<Result> {
  try {
    const found = await ask();
    return heldIf(found.length === 0, promise, found.join(" ") || "None was found.");
  } catch (error) {
    const { name, message, $metadata } = error as Error & { readonly $metadata?: object };
    // AWS has not answered at all.
    if ($metadata === undefined) throw error;
    return notSeen(promise, `AWS did not say: ${name}: ${message}`);
  }
}

/** What an attribute of a type's resources says in the stack. */
function known(stack: Stack, type: string, attribute: string): unknown[] {
  return ofType(stack, type).map(({ values }) => child(values, attribute));
}

async function otherClients(
  client: CognitoIdentityProviderClient,
  UserPoolId: string,
  stack: Stack,
  knownClients: readonly string[],
) {
  const ours = [...known(stack, "aws_cognito_user_pool_client", "id"), ...knownClients];
  const found: string[] = [];
  for await (const { UserPoolClients = [] } of paginateListUserPoolClients({ client }, { UserPoolId })) {
    for (const { ClientId, ClientName } of UserPoolClients) {
      if (ours.includes(ClientId)) continue;
      const { UserPoolClient } = await client.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
      const flows = UserPoolClient?.ExplicitAuthFlows ?? [];
      const secret = UserPoolClient?.ClientSecret === undefined ? "without a secret" : "with a secret";
      found.push(
        `The app client ${ClientName} (${ClientId}) is none of the stack's: ${secret}, flows ${flows.join(", ") || "as Cognito has them"}. Delete it; if another stack makes it, name it with --known-client.`,
      );
    }
  }
  return found;
}

async function otherProviders(
  client: CognitoIdentityProviderClient,
  UserPoolId: string,
  stack: Stack,
  { identityProviders }: Environment,
) {
  // The settings can name providers that are made elsewhere.
  const ours = [...known(stack, "aws_cognito_identity_provider", "provider_name"), ...providerNames(identityProviders)];
  const found: string[] = [];
  for await (const { Providers = [] } of paginateListIdentityProviders({ client }, { UserPoolId })) {
    for (const { ProviderName, ProviderType } of Providers) {
      if (!ours.includes(ProviderName))
        found.push(`The identity provider ${ProviderName} (${ProviderType}) is none of the stack's.`);
    }
  }
  return found;
}

async function otherCalls(client: LambdaClient, { functionArn }: Stack) {
  const input = { FunctionName: functionArn };
  const { FunctionUrl, AuthType } = (await unlessNone(client.send(new GetFunctionUrlConfigCommand(input)))) ?? {};
  const found = FunctionUrl ? [`The function has the URL ${FunctionUrl} (access: ${AuthType}).`] : [];
  for await (const { EventSourceMappings = [] } of paginateListEventSourceMappings({ client }, input)) {
    found.push(
      ...EventSourceMappings.map(({ EventSourceArn, UUID }) => `${EventSourceArn ?? UUID} is an event source of it.`),
    );
  }
  return found;
}

function tableArns(stack: Stack): string[] {
  return known(stack, "aws_dynamodb_table", "arn").map(String);
}

async function tablePolicy(ResourceArn: string, stack: Stack, { region }: Environment) {
  if (known(stack, "aws_dynamodb_resource_policy", "resource_arn").includes(ResourceArn)) return [];
  const answer = await unlessNone(dynamoDbClient(region).send(new GetResourcePolicyCommand({ ResourceArn })));
  return answer?.Policy ? [`The table has a policy of its own: ${answer.Policy}`] : [];
}

async function subscriptions(client: CloudWatchLogsClient, stack: Stack) {
  const input = { logGroupName: stack.logGroup };
  const { subscriptionFilters = [] } =
    (await unlessNone(client.send(new DescribeSubscriptionFiltersCommand(input)))) ?? {};
  const ours = known(stack, "aws_cloudwatch_log_subscription_filter", "name");
  return subscriptionFilters
    .filter(({ filterName }) => !ours.includes(filterName))
    .map(({ filterName, destinationArn }) => `The subscription ${filterName} passes it on to ${destinationArn}.`);
}

/** What the API answers; undefined where there is no such thing. */
async function unlessNone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (["ResourceNotFoundException", "PolicyNotFoundException"].includes((error as Error).name)) return undefined;
    throw error;
  }
}

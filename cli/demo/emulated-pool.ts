import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { AwsError, awsClient, type Call } from "../../lambda/aws/client";
import { atExit } from "../cleanup";
import { LocalCognito } from "./local-cognito";
import { LocalDynamoDb } from "./local-dynamodb";
import { LocalLambda } from "./local-lambda";
import { type Block, cognitoRequest, type TerraformJson } from "./terraform-json";

const CREDENTIALS = { accessKeyId: "demo", secretAccessKey: "demo" };
const REGION = "eu-west-1";

/** What Cognito says to a sign-up: that it goes on, or the error's name and what it says. */
export type SignUpAnswer = { readonly admitted: true } | { readonly admitted: false; code: string; message: string };

/** A user pool with its trigger and its table, made from a stack's Terraform JSON in emulators on this machine. */
export class EmulatedPool {
  private constructor(
    readonly endpoint: string,
    private readonly cognito: Call,
    private readonly clientId: string,
    readonly close: () => Promise<void>,
  ) {}

  static async start(stack: TerraformJson): Promise<EmulatedPool> {
    const folder = await mkdtemp(path.join(tmpdir(), "emulated-pool-"));
    const kept = atExit(() => rmSync(folder, { recursive: true, force: true }));
    const lambda = new LocalLambda();
    const dynamoDb = new LocalDynamoDb();
    const running: Array<{ close(): Promise<void> }> = [lambda, dynamoDb];
    const close = async () => {
      await Promise.all(running.map((emulator) => emulator.close()));
      await rm(folder, { recursive: true, force: true });
      kept();
    };
    try {
      const pool = stack.resource("aws_cognito_user_pool");
      const trigger = stack.referenced((pool.lambda_config as Block | undefined)?.pre_sign_up);
      const cognito = await LocalCognito.start({
        folder,
        lambdaEndpoint: await lambda.listen(),
        preSignUp: trigger && String(trigger.function_name),
      });
      running.push(cognito);
      const tables = await dynamoDb.listen();
      for (const table of stack.resources("aws_dynamodb_table")) await createTable(tables, table);
      if (trigger) await lambda.run(localFunction(stack, trigger, cognito.endpoint, tables));
      const call = client("cognito-idp", cognito.endpoint);
      return new EmulatedPool(cognito.endpoint, call, await createPool(call, stack), close);
    } catch (error) {
      await close();
      throw error;
    }
  }

  async signUp(username: string, email: string): Promise<SignUpAnswer> {
    try {
      await send(this.cognito, "AWSCognitoIdentityProviderService.SignUp", {
        ClientId: this.clientId,
        Username: username,
        Password: "Correct-Horse-1",
        UserAttributes: [{ Name: "email", Value: email }],
      });
      return { admitted: true };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      // "<function> failed with error <what the function said>."
      const message = String(error.body?.message).replace(/^.* failed with error /, "");
      return { admitted: false, code: error.code, message };
    }
  }
}

function client(service: string, endpoint: string): Call {
  return awsClient({ service, region: REGION, credentials: CREDENTIALS, endpoint, attemptTimeout: 10_000 });
}

function send(call: Call, target: string, input: object): Promise<unknown> {
  return call(target, input, Date.now() + 10_000);
}

async function createTable(endpoint: string, { name, hash_key, attribute, billing_mode }: Block): Promise<void> {
  const attributes = attribute as Array<{ name: string; type: string }>;
  await send(client("dynamodb", endpoint), "DynamoDB_20120810.CreateTable", {
    TableName: name,
    BillingMode: billing_mode,
    KeySchema: [{ AttributeName: hash_key, KeyType: "HASH" }],
    AttributeDefinitions: attributes.map(({ name: AttributeName, type }) => ({ AttributeName, AttributeType: type })),
  });
}

async function createPool(call: Call, stack: TerraformJson): Promise<string> {
  const { name: PoolName, ...pool } = stack.resource("aws_cognito_user_pool");
  const created = (await send(call, "AWSCognitoIdentityProviderService.CreateUserPool", {
    ...cognitoRequest(pool),
    PoolName,
  })) as { UserPool: { Id: string } };
  const { name: ClientName, ...appClient } = stack.resource("aws_cognito_user_pool_client");
  const { UserPoolClient } = (await send(call, "AWSCognitoIdentityProviderService.CreateUserPoolClient", {
    ...cognitoRequest(appClient),
    ClientName,
    UserPoolId: created.UserPool.Id,
  })) as { UserPoolClient: { ClientId: string } };
  return UserPoolClient.ClientId;
}

function localFunction(stack: TerraformJson, trigger: Block, cognito: string, tables: string) {
  const zip = stack.referenced(trigger.filename);
  const { variables } = trigger.environment as { variables: Record<string, string> };
  const resolved = Object.entries(variables).map(([name, value]) => [name, stack.resolved(value)]);
  return {
    bundle: path.resolve(stack.folder, String(zip?.source_file)),
    timeout: Number(trigger.timeout),
    environment: {
      ...Object.fromEntries(resolved),
      AWS_LAMBDA_FUNCTION_NAME: String(trigger.function_name),
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognito,
      AWS_ENDPOINT_URL_DYNAMODB: tables,
    },
  };
}

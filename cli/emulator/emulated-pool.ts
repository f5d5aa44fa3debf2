import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { AwsError, awsClient, type Call } from "../../lambda/aws/client";
import { TRIGGER_NAMES, type Trigger } from "../../lambda/functions";
import type { Account } from "../../lambda/identity/account";
import { fromItem, type Item } from "../../lambda/identity/item";
import type { Reservation } from "../../lambda/identity/reservation";
import { toAccount, type UserType } from "../../lambda/uniqueness/list-users";
import { atExit } from "../cleanup";
import { adminCreateUserEvent, type NewAccount } from "./admin-create-user";
import { LOCAL_TRIGGERS, LocalCognito, type LocalTrigger } from "./local-cognito";
import { LocalDynamoDb } from "./local-dynamodb";
import { type Invocation, LocalLambda } from "./local-lambda";
import { type BroughtUp, bringUp } from "./pool-in-cognito";
import type { Block, TerraformJson } from "./terraform-json";

/** What the emulators take, and the functions on them get. */
export const CREDENTIALS = { accessKeyId: "local", secretAccessKey: "local" };
export const REGION = "eu-west-1";

/** What Cognito says to a sign-up: that it goes on, or the error's name and what it says. */
export type SignUpAnswer = { readonly admitted: true } | { readonly admitted: false; code: string; message: string };

export interface EmulatedPoolOptions {
  /** Keeps pool, users and reservations. @default a temporary folder, deleted at the end */
  readonly folder?: string | undefined;
  /** Where tokens say that they are from. @default the emulated Cognito */
  readonly issuer?: string | undefined;
  /** Is given each message to a user that Cognito would have sent, as text. */
  readonly onMessage?: ((text: string) => void) | undefined;
}

/** A password that every policy up to 15 characters admits. */
export const PASSWORD = "Correct-Horse-1";

type Observer = (invocation: Invocation) => void;

/** A user pool with its triggers and its table, made from a stack's Terraform JSON in emulators on this machine. */
export class EmulatedPool {
  private constructor(
    /** What it was made from. */
    readonly stack: TerraformJson,
    readonly endpoint: string,
    readonly pool: BroughtUp,
    /** Triggers of the stack that are not called here. */
    readonly notCalled: readonly Trigger[],
    /** The environment variables of the Pre-SignUp function. */
    readonly preSignUp: Readonly<Record<string, string>>,
    private readonly calls: { readonly cognito: Call; readonly dynamoDb: Call },
    private readonly observers: Set<Observer>,
    private readonly invoke: (trigger: LocalTrigger, event: object) => Promise<string | undefined>,
    readonly close: () => Promise<void>,
  ) {}

  static async start(stack: TerraformJson, options: EmulatedPoolOptions = {}): Promise<EmulatedPool> {
    const { folder: kept, issuer, onMessage } = options;
    const folder = kept ?? (await mkdtemp(path.join(tmpdir(), "emulated-pool-")));
    const removed = kept === undefined ? atExit(() => rmSync(folder, { recursive: true, force: true })) : undefined;
    const observers = new Set<Observer>();
    const lambda = new LocalLambda((invocation) => {
      for (const observer of observers) observer(invocation);
    });
    const dynamoDb = new LocalDynamoDb(kept && path.join(kept, "tables"));
    const running: Array<{ close(): Promise<void> }> = [lambda, dynamoDb];
    const close = async () => {
      await Promise.all(running.map((emulator) => emulator.close()));
      if (removed === undefined) return;
      await rm(folder, { recursive: true, force: true });
      removed();
    };
    try {
      const { called, notCalled } = triggersOf(stack);
      const cognito = await LocalCognito.start({
        folder,
        lambdaEndpoint: await lambda.listen(),
        triggers: Object.fromEntries([...called].map(([trigger, fn]) => [trigger, String(fn.function_name)])),
        issuer,
        onMessage,
      });
      running.push(cognito);
      const tables = await dynamoDb.listen();
      for (const table of stack.resources("aws_dynamodb_table")) await createTable(tables, table);
      const functions = [...called].map(
        ([trigger, fn]) => [trigger, localFunction(stack, fn, cognito.endpoint, tables)] as const,
      );
      for (const [, fn] of functions) await lambda.run(fn);
      const call = client("cognito-idp", cognito.endpoint);
      const pool = await bringUp(
        (operation, input) => send(call, `AWSCognitoIdentityProviderService.${operation}`, input),
        stack,
      );
      const preSignUp = functions.find(([trigger]) => trigger === "PreSignUp")?.[1].environment ?? {};
      const calls = { cognito: call, dynamoDb: client("dynamodb", tables) };
      const invoke = async (trigger: LocalTrigger, event: object) => {
        const functionName = called.get(trigger)?.function_name;
        if (functionName === undefined) return undefined;
        const answer = await lambda.invoke(String(functionName), event);
        return "error" in answer ? answer.error.errorMessage : undefined;
      };
      return new EmulatedPool(stack, cognito.endpoint, pool, notCalled, preSignUp, calls, observers, invoke, close);
    } catch (error) {
      await close();
      throw error;
    }
  }

  /** Calls `observer` after every call of a function, until the returned function is called. */
  observe(observer: Observer): () => void {
    this.observers.add(observer);
    return () => this.observers.delete(observer);
  }

  async signUp(
    username: string,
    attributes: Readonly<Record<string, string>>,
    password = PASSWORD,
  ): Promise<SignUpAnswer> {
    try {
      await send(this.calls.cognito, "AWSCognitoIdentityProviderService.SignUp", {
        ClientId: this.pool.clients[0]?.id,
        Username: username,
        Password: password,
        UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
      });
      return { admitted: true };
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      // "<function> failed with error <what the function said>."
      const message = String(error.body?.message).replace(/^.* failed with error /, "");
      return { admitted: false, code: error.code, message };
    }
  }

  /** Why the function refuses an account that an administrator creates; undefined where it does not. The emulated Cognito does not ask. */
  refusalOf(account: NewAccount): Promise<string | undefined> {
    return this.invoke("PreSignUp", adminCreateUserEvent({ region: REGION, userPoolId: this.pool.id }, account));
  }

  /** Every account of the pool. */
  async accounts(): Promise<Account[]> {
    const input = { UserPoolId: this.pool.id };
    const { Users } = (await send(this.calls.cognito, "AWSCognitoIdentityProviderService.ListUsers", input)) as {
      Users: readonly UserType[];
    };
    return Users.map(toAccount);
  }

  /** Every reservation; undefined where the pool has none, because identifiers are kept unique by look-ups only. */
  async reservations(): Promise<Reservation[] | undefined> {
    const { RESERVATIONS_TABLE: TableName } = this.preSignUp;
    if (!TableName) return undefined;
    const found: Reservation[] = [];
    let ExclusiveStartKey: object | undefined;
    do {
      const input = { TableName, ConsistentRead: true, ...(ExclusiveStartKey && { ExclusiveStartKey }) };
      const page = (await send(this.calls.dynamoDb, "DynamoDB_20120810.Scan", input)) as {
        Items: readonly Item[];
        LastEvaluatedKey?: object;
      };
      found.push(...page.Items.flatMap((item) => fromItem(item) ?? []));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return found;
  }
}

/** The pool's triggers: the functions of this stack that the emulator can call, and the names of the others. */
function triggersOf(stack: TerraformJson): { called: Map<LocalTrigger, Block>; notCalled: Trigger[] } {
  const config = (stack.resource("aws_cognito_user_pool").lambda_config ?? {}) as Block;
  const called = new Map<LocalTrigger, Block>();
  const notCalled: Trigger[] = [];
  for (const [name, value] of Object.entries(config)) {
    const isNamed = (one: string) => one.toLowerCase() === name.replace(/_config$/, "").replaceAll("_", "");
    const trigger = TRIGGER_NAMES.find(isNamed);
    // Beside the triggers there is the key of those that send messages.
    if (trigger === undefined) continue;
    const fn = stack.referenced(typeof value === "string" ? value : (value as Block | undefined)?.lambda_arn);
    const local = LOCAL_TRIGGERS.find(isNamed);
    if (local && fn) called.set(local, fn);
    else notCalled.push(trigger);
  }
  return { called, notCalled };
}

function client(service: string, endpoint: string): Call {
  return awsClient({ service, region: REGION, credentials: CREDENTIALS, endpoint, attemptTimeout: 10_000 });
}

function send(call: Call, target: string, input: object): Promise<unknown> {
  return call(target, input, Date.now() + 10_000);
}

/** Creates a table, unless an earlier start has. */
async function createTable(endpoint: string, { name, hash_key, attribute, billing_mode }: Block): Promise<void> {
  const attributes = attribute as Array<{ name: string; type: string }>;
  try {
    await send(client("dynamodb", endpoint), "DynamoDB_20120810.CreateTable", {
      TableName: name,
      BillingMode: billing_mode,
      KeySchema: [{ AttributeName: hash_key, KeyType: "HASH" }],
      AttributeDefinitions: attributes.map(({ name: AttributeName, type }) => ({ AttributeName, AttributeType: type })),
    });
  } catch (error) {
    if (!(error instanceof AwsError && error.code === "ResourceInUseException")) throw error;
  }
}

function localFunction(stack: TerraformJson, fn: Block, cognito: string, tables: string) {
  const zip = stack.referenced(fn.filename);
  const { variables = {} } = (fn.environment ?? {}) as { variables?: Record<string, string> };
  const resolved = Object.entries(variables).map(([name, value]) => [name, stack.resolved(value)]);
  return {
    name: String(fn.function_name),
    bundle: path.resolve(stack.folder, String(zip?.source_file)),
    timeout: Number(fn.timeout),
    environment: {
      ...(Object.fromEntries(resolved) as Record<string, string>),
      AWS_LAMBDA_FUNCTION_NAME: String(fn.function_name),
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognito,
      AWS_ENDPOINT_URL_DYNAMODB: tables,
    },
  };
}

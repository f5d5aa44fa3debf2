import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import Table from "cli-table3";
import { AwsError, awsClient, type Call } from "../../lambda/aws/client";
import { currentProject, requireStack, synthesizeProject } from "../project";
import { LocalCognito } from "./local-cognito";
import { LocalLambda } from "./local-lambda";
import { type DemoSignUp, SIGN_UPS } from "./sign-ups";
import { cognitoRequest, TerraformJson } from "./terraform-json";

const CREDENTIALS = { accessKeyId: "demo", secretAccessKey: "demo" };

/**
 * Signs people up to one environment's pool, built in an emulated Cognito from the synthesized Terraform JSON, with the
 * very bundle that goes into the function's zip as its trigger. Answers whether every answer was the expected one.
 */
export async function demo(environment: string, print: (text: string) => void): Promise<boolean> {
  const project = currentProject();
  requireStack(project, environment);
  const folder = await mkdtemp(path.join(tmpdir(), "one-account-demo-"));
  const lambda = new LocalLambda();
  let cognito: LocalCognito | undefined;
  try {
    const outdir = path.join(folder, "cdktf.out");
    const bytes = await synthesizeProject(project, outdir);
    print(
      `Synthesized ${project.environments.map(({ name }) => name).join(", ")} and state.` +
        ` The Pre-SignUp function is ${(bytes / 1000).toFixed(1)} kB.`,
    );

    const stack = await TerraformJson.read(path.join(outdir, "stacks", environment));
    const pool = stack.resource("aws_cognito_user_pool");
    const trigger = stack.referenced((pool.lambda_config as Record<string, string> | undefined)?.pre_sign_up);
    const lambdaEndpoint = await lambda.listen();
    cognito = await LocalCognito.start({ folder, lambdaEndpoint, preSignUp: trigger?.function_name as string });
    if (trigger) await lambda.run(localFunction(stack, trigger, project.region, cognito.endpoint));

    const call = awsClient({
      service: "cognito-idp",
      region: project.region,
      credentials: CREDENTIALS,
      endpoint: cognito.endpoint,
    });
    const clientId = await createPool(call, stack);
    print(`The pool ${pool.name} of ${environment} is up in cognito-local on ${cognito.endpoint}.\n`);

    const results: Result[] = [];
    for (const signUp of SIGN_UPS) results.push(await tried(call, clientId, signUp));
    print(table(results));
    const unexpected = results.filter(({ expected }) => !expected).length;
    print(
      unexpected === 0
        ? `All ${results.length} answers are as they should be.`
        : `${unexpected} of ${results.length} answers are not as they should be.`,
    );
    print("cognito-local itself heeds letter case: every refusal is the function's own, with its message.");
    return unexpected === 0;
  } finally {
    await Promise.all([lambda.close(), cognito?.close()]);
    await rm(folder, { recursive: true, force: true });
  }
}

function localFunction(stack: TerraformJson, trigger: Record<string, unknown>, region: string, endpoint: string) {
  const zip = stack.referenced(trigger.filename as string);
  const { variables } = trigger.environment as { variables: Record<string, string> };
  return {
    name: String(trigger.function_name),
    bundle: path.join(stack.folder, String(zip?.source_file)),
    timeout: Number(trigger.timeout),
    environment: {
      ...variables,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
      AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
      AWS_ENDPOINT_URL: endpoint,
    },
  };
}

async function createPool(call: Call, stack: TerraformJson): Promise<string> {
  const { name: PoolName, ...pool } = stack.resource("aws_cognito_user_pool");
  const { UserPool } = (await send(call, "CreateUserPool", { ...cognitoRequest(pool), PoolName })) as {
    UserPool: { Id: string };
  };
  const { name: ClientName, ...client } = stack.resource("aws_cognito_user_pool_client");
  const { UserPoolClient } = (await send(call, "CreateUserPoolClient", {
    ...cognitoRequest(client),
    ClientName,
    UserPoolId: UserPool.Id,
  })) as { UserPoolClient: { ClientId: string } };
  return UserPoolClient.ClientId;
}

interface Result {
  readonly signUp: DemoSignUp;
  readonly answer: string;
  readonly why: string;
  readonly expected: boolean;
}

async function tried(call: Call, clientId: string, signUp: DemoSignUp): Promise<Result> {
  const { username, email, refusal } = signUp;
  try {
    await send(call, "SignUp", {
      ClientId: clientId,
      Username: username,
      Password: "Correct-Horse-1",
      UserAttributes: [{ Name: "email", Value: email }],
    });
    return { signUp, answer: "admitted", why: "Nobody else has them.", expected: refusal === undefined };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    // "<function> failed with error <what the function said>."
    const why = String(error.body?.message).replace(/^.* failed with error (.*)\.$/, "$1");
    const byFunction = error.code === "UserLambdaValidationException";
    return { signUp, answer: byFunction ? "refused" : error.code, why, expected: byFunction && why === refusal };
  }
}

function send(call: Call, operation: string, input: object): Promise<unknown> {
  return call(`AWSCognitoIdentityProviderService.${operation}`, input, Date.now() + 10_000);
}

function table(results: readonly Result[]): string {
  const rows = new Table({
    head: ["", "Who", "Username", "E-mail", "Answer", "Why"],
    colWidths: [3, 24, 20, 18, 10, 46],
    wordWrap: true,
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
    style: { head: [], border: [] },
  });
  for (const { signUp, answer, why, expected } of results) {
    rows.push([expected ? "✓" : "✗", signUp.what, visible(signUp.username), visible(signUp.email), answer, why]);
  }
  return rows.toString();
}

/** What cannot be seen, as its code point. */
function visible(text: string): string {
  return text.replaceAll(/[\p{Default_Ignorable_Code_Point}\p{C}]/gu, (character) => {
    const codePoint = character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0");
    return `⟨U+${codePoint}⟩`;
  });
}

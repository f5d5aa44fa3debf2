import type { Json } from "../../review/json";
import { child, isObject } from "../../review/json";
import type { Plan } from "../../review/plan";
import { type Recorded, recordedAttributes } from "../../review/recorded";
import { callerAccount } from "../account";
import { Failure } from "../failure";
import { type Outputs, outputValue } from "../output";
import { objectIn } from "../protect/answers";
import { planned } from "../review/review";
import { withStack } from "../stack";

const FUNCTION = "aws_lambda_function.pre_sign_up";
const TABLE = "aws_dynamodb_table.reservations";

/** What a stack has deployed, and what AWS says of it now. */
export interface Stack {
  /** A new plan: what differs from the state (drift), and what the settings would change. */
  readonly plan: Plan;
  /** What the last deployment wrote into the state, by address. */
  readonly recorded: Recorded;
  readonly outputs: Outputs;
  readonly functionArn: string;
  /** Id of the AWS account that it is deployed in: 12 digits. */
  readonly account: string;
  readonly logGroup: string;
  /** Undefined where nothing is reserved. */
  readonly tableName: string | undefined;
  /** Whether the function can write reservations into the table: it is there, with the key that they have. */
  readonly isTableUsable: boolean;
  /** The environment variables that the function has now; undefined where there is no function any more. */
  readonly variables: Readonly<Record<string, string>> | undefined;
}

/** Compares a stack with AWS, by a plan. Throws a {@link Failure} where nothing is deployed, and for credentials of another account. */
export function readStack(name: string, region: string): Promise<Stack> {
  return withStack(name, "prove", async (terraform) => {
    const text = await terraform.capture(["state", "pull"]);
    const deployed = deployedIn(text, name);
    requireAccount(name, deployed.account, await callerAccount(region));
    return stackOf(await planned(name, terraform), deployed);
  });
}

/** Throws a {@link Failure} unless the credentials are those of the account that an environment is deployed in: in another, all would seem to be gone. */
export function requireAccount(name: string, account: string, caller: string): void {
  if (caller === account) return;
  throw new Failure(
    `The credentials are those of the account ${caller}, ${name} is deployed in ${account}: check AWS_PROFILE and AWS_ACCESS_KEY_ID.`,
  );
}

type Deployed = Pick<Stack, "recorded" | "outputs" | "functionArn" | "account" | "logGroup" | "tableName">;

/** What a state says, as `terraform state pull` prints it. Throws a {@link Failure} where nothing is deployed. */
export function deployedIn(text: string, name: string): Deployed {
  const state = text.trim() === "" ? {} : objectIn(text, "What `terraform state pull` prints");
  const recorded = recordedAttributes(state);
  const found = recorded.get(FUNCTION);
  if (!isObject(found)) {
    throw new Failure(
      `${name} is not deployed: there is no ${FUNCTION} in its state. Run \`npm run deploy -- ${name}\`.`,
    );
  }
  const outputs = (state.outputs ?? {}) as Outputs;
  const functionArn = String(found.arn);
  return {
    recorded,
    outputs,
    functionArn,
    account: functionArn.split(":")[4] ?? "",
    logGroup: String(child(child(found.logging_config, 0), "log_group") || `/aws/lambda/${found.function_name}`),
    tableName: outputs.ReservationsTable && outputValue(outputs, "ReservationsTable"),
  };
}

export function stackOf(plan: Plan, deployed: Deployed): Stack {
  const now = (address: string): Json | undefined =>
    plan.state.find((resource) => resource.address === address)?.values;
  const found = now(FUNCTION);
  return {
    plan,
    ...deployed,
    isTableUsable: child(now(TABLE), "hash_key") === "pk",
    variables:
      found === undefined
        ? undefined
        : ((child(child(child(found, "environment"), 0), "variables") ?? {}) as Readonly<Record<string, string>>),
  };
}

import type { EnvironmentSettings } from "../../../settings/schema";
import type { Block } from "../stack";

/** A plan that real Terraform makes: of what is deployed, and of what is changed in it here. */
export interface Scenario {
  /** Name of the file that keeps it, in __tests__/review/plans. */
  readonly name: string;
  /** @default prod */
  readonly stack?: "prod" | "full" | "fresh" | "half" | "state";
  /** Settings of the environment that differ from those that are deployed. */
  readonly settings?: EnvironmentSettings;
  /** Changes the synthesized JSON. */
  readonly edit?: (document: Block) => void;
  /** Files that are added to the stack's folder. */
  readonly files?: Readonly<Record<string, string>>;
  /** Changes the state that the plan starts from. */
  readonly state?: (resources: Record<string, StateEntry>) => void;
  /** Whether the state has lost everything, and the configuration imports it again: what `npm run recover` plans. */
  readonly isImported?: true;
  /** Whether the state has lost its outputs too. */
  readonly outputs?: "none";
  /** Options of `terraform plan`. */
  readonly options?: readonly string[];
  /** Whether the end-to-end test makes it anew each time. */
  readonly everyTime?: true;
  /** Of a harmless plan. @default changes */
  readonly verdict?: "nothing" | "changes";
  /** False where the plan as a whole is no good, so that no allowance helps. @default true */
  readonly allowable?: false;
  /** The rule that finds a danger; nothing where the plan as a whole is no good. */
  readonly rule?: string;
  /** What it says of the danger. */
  readonly says?: string;
}

/** A resource in a state file. */
export interface StateEntry {
  instances: Array<{ attributes: Block; status?: string; deposed?: string }>;
}

/** Sets fields of a resource of the synthesized JSON. */
export function set(address: string, fields: Block): (document: Block) => void {
  return (document) => {
    Object.assign(at(document, address), fields);
  };
}

/** Adds a resource. */
export function add(address: string, block: Block): (document: Block) => void {
  return (document) => {
    const [type = "", name = ""] = address.split(".");
    document.resource[type] = { ...document.resource[type], [name]: block };
  };
}

/** Adds a data source. */
export function addData(address: string, block: Block): (document: Block) => void {
  return (document) => {
    const [type = "", name = ""] = address.split(".");
    document.data = { ...document.data, [type]: { ...document.data?.[type], [name]: block } };
  };
}

/** Several changes of one document. */
export function both(...edits: ReadonlyArray<(document: Block) => void>): (document: Block) => void {
  return (document) => {
    for (const edit of edits) edit(document);
  };
}

/** An IAM policy as text. */
export function policy(...statements: readonly Block[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

export const POOL = "aws_cognito_user_pool.user_pool";
export const CLIENT = "aws_cognito_user_pool_client.user_pool_client";
export const DOMAIN = "aws_cognito_user_pool_domain.user_pool_domain";
export const TABLE = "aws_dynamodb_table.reservations";
export const FUNCTION = "aws_lambda_function.pre_sign_up";
export const PERMISSION = "aws_lambda_permission.pre_sign_up_invoked_by_user_pool";
export const ROLE = "aws_iam_role.pre_sign_up_role";
export const LIST_USERS = "aws_iam_role_policy.pre_sign_up_list_users";
export const USE_RESERVATIONS = "aws_iam_role_policy.pre_sign_up_use_reservations";
export const LOG = "aws_cloudwatch_log_group.pre_sign_up_logs";
export const MIGRATION = "aws_lambda_function.user_migration";
export const BUCKET = "aws_s3_bucket.state_bucket";
export const PUBLIC_ACCESS = "aws_s3_bucket_public_access_block.state_bucket_public_access";
export const ENCRYPTION = "aws_s3_bucket_server_side_encryption_configuration.state_bucket_encryption";
export const OWNERSHIP = "aws_s3_bucket_ownership_controls.state_bucket_ownership";
export const BUCKET_POLICY = "aws_s3_bucket_policy.state_bucket_policy";
export const LIFECYCLE = "aws_s3_bucket_lifecycle_configuration.state_bucket_lifecycle";
export const VERSIONING = "aws_s3_bucket_versioning.state_bucket_versioning";

/** A resource of the synthesized JSON. */
export function at(document: Block, address: string): Block {
  const [type = "", name = ""] = address.split(".");
  const block = document.resource[type]?.[name];
  if (!block) throw new Error(`no ${address}`);
  return block;
}

/** Takes a resource out of the synthesized JSON. */
export function remove(document: Block, address: string): void {
  const [type = "", name = ""] = address.split(".");
  at(document, address);
  delete document.resource[type][name];
  // Terraform does not take a type without a resource.
  if (Object.keys(document.resource[type]).length === 0) delete document.resource[type];
}

/** The emulator forgets what alarms do: states say again what was applied. */
export function alarmsAreOn(resources: Record<string, StateEntry>): void {
  const topics = ["arn:aws:sns:eu-west-1:000000000000:on-call"];
  for (const [address, { instances }] of Object.entries(resources)) {
    if (!address.startsWith("aws_cloudwatch_metric_alarm.")) continue;
    for (const { attributes } of instances) {
      Object.assign(attributes, { actions_enabled: true, alarm_actions: topics, ok_actions: topics });
      attributes.treat_missing_data = "notBreaching";
    }
  }
}

/** The first object of a resource in a state. */
export function instance(resources: Record<string, StateEntry>, address: string): StateEntry["instances"][number] {
  const found = resources[address]?.instances[0];
  if (!found) throw new Error(`no ${address}`);
  return found;
}

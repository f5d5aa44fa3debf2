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
  /** Changes the state that the plan starts from. */
  readonly state?: (resources: Record<string, StateEntry>) => void;
  /** Options of `terraform plan`. */
  readonly options?: readonly string[];
  /** Whether the end-to-end test makes it anew each time. */
  readonly everyTime?: true;
  /** Of a harmless plan. @default changes */
  readonly verdict?: "nothing" | "changes";
  /** False where the plan as a whole is no good, so that no allowance helps. @default true */
  readonly allowable?: false;
  /** Which rules find what, by address. */
  readonly finds?: Readonly<Record<string, readonly string[]>>;
}

/** A resource in a state file. */
export interface StateEntry {
  instances: Array<{ attributes: Block; status?: string; deposed?: string }>;
}

export const POOL = "aws_cognito_user_pool.user_pool";
export const CLIENT = "aws_cognito_user_pool_client.user_pool_client";
export const DOMAIN = "aws_cognito_user_pool_domain.user_pool_domain";
export const TABLE = "aws_dynamodb_table.reservations";
export const FUNCTION = "aws_lambda_function.pre_sign_up";
export const PERMISSION = "aws_lambda_permission.pre_sign_up_invoked_by_user_pool";
export const BUCKET = "aws_s3_bucket.state_bucket";
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

/** The first object of a resource in a state. */
export function instance(resources: Record<string, StateEntry>, address: string): StateEntry["instances"][number] {
  const found = resources[address]?.instances[0];
  if (!found) throw new Error(`no ${address}`);
  return found;
}

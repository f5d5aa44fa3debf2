import { ARGUMENTS, type ExistingType, isField } from "./arguments";

/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** Arguments as the provider reads them: names in snake case, a block as a list of objects. */
export type Values = { readonly [argument: string]: Json };

/** A resource that exists. */
export interface Existing {
  readonly type: ExistingType;
  /** What `terraform import` calls it. */
  readonly id: string;
  /** Only what a configuration can say, and nothing that is empty; no secret. */
  readonly values: Values;
  /** Of an app client: whether it has a secret. */
  readonly hasSecret?: boolean;
  /** Its address in another module's state. */
  readonly from?: string;
}

/** A pool with all that belongs to it. */
export interface FoundPool {
  readonly poolId: string;
  readonly region: string;
  /** Id of the account that the pool is in, where it is known. */
  readonly account?: string | undefined;
  readonly pool: Existing;
  readonly clients: readonly Existing[];
  readonly others: readonly Existing[];
  /** The CloudFormation stack that has made the pool. */
  readonly cloudFormationStack?: string | undefined;
  /** What belongs to the pool and is not imported, a line for each. */
  readonly outside: readonly string[];
}

/** A resource by its values as the provider reads them. */
export function existingOf(type: ExistingType, values: Readonly<Record<string, unknown>>, poolId: string): Existing {
  return { type, id: importId(type, values, poolId), values: valuesOf(type, values) };
}

/** "Import", at the end of each page of the provider's documentation. `values` are those of a state. */
export function importId(type: ExistingType, values: Readonly<Record<string, unknown>>, poolId: string): string {
  switch (type) {
    case "aws_cognito_user_pool":
    case "aws_cognito_risk_configuration":
      return poolId;
    case "aws_cognito_user_pool_client":
      return `${poolId}/${values.id}`;
    case "aws_cognito_user_pool_domain":
      return String(values.domain);
    case "aws_cognito_identity_provider":
      return `${poolId}:${values.provider_name}`;
    case "aws_cognito_resource_server":
      return `${poolId}|${values.identifier}`;
    case "aws_cognito_user_group":
      return `${poolId}/${values.name}`;
    case "aws_cognito_user_pool_ui_customization":
      return `${poolId},ALL`;
    case "aws_wafv2_web_acl_association":
      return `${values.web_acl_arn},${values.resource_arn}`;
  }
}

/** The arguments among these values; of an identity provider without what is secret. */
export function valuesOf(type: ExistingType, all: Readonly<Record<string, unknown>>): Values {
  const known = Object.entries(all).filter(([name]) => Object.hasOwn(ARGUMENTS[type], name));
  return (withoutEmpty(Object.fromEntries(known)) ?? {}) as Values;
}

const SECRETS: readonly string[] = ["client_secret", "private_key"];

/** The same value without what is empty: the provider tells null, "", an empty list and an absent argument apart in no
 * argument of these types, but for {@link emptyBlock}. */
function withoutEmpty(value: unknown): Json | undefined {
  if (value === null || value === undefined || value === "") return undefined;
  if (Array.isArray(value)) {
    const items = value.map((item) => withoutEmpty(fieldsOf(item))).filter((item) => item !== undefined);
    return items.length > 0 ? items : undefined;
  }
  if (typeof value === "object") {
    const entries = Object.entries(value).flatMap(([name, inner]) => {
      if (SECRETS.includes(name) || isNone(name, inner)) return [];
      const kept = withoutEmpty(inner) ?? emptyBlock(name, inner);
      return kept === undefined ? [] : [[name, kept] as const];
    });
    return entries.length > 0 ? Object.fromEntries(entries) : undefined;
  }
  return value as Json;
}

/** What the provider writes into a state for a number that AWS does not say. */
function isNone(name: string, value: unknown): boolean {
  return name === "password_history_size" && value === 0;
}

/** The provider tells an attribute with an empty block of constraints, as AWS answers it, from one without. */
function emptyBlock(name: string, value: unknown): Json | undefined {
  return name.endsWith("_attribute_constraints") && Array.isArray(value) && value.length > 0 ? [{}] : undefined;
}

/** A block with what a configuration can say of it; anything else as it is. */
function fieldsOf(item: unknown): unknown {
  if (typeof item !== "object" || item === null) return item;
  return Object.fromEntries(Object.entries(item).filter(([name]) => isField(name)));
}

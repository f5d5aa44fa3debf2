import type { Difference } from "./differences";
import { child, isEmpty, isList, isObject, type Json } from "./json";
import type { Plan, ResourceChange } from "./plan";
import { type ReportedResource, reported } from "./resource";

/** Attributes of a type that differ without anybody having changed anything. */
interface Noise {
  readonly type: string;
  readonly attributes: readonly string[];
  /** They repeat what resources of this type are there to say; without such a resource they count. */
  readonly saidBy?: string;
  readonly why: string;
}

const REPEATED = "A resource of its own says it, and says it again when it drifts.";

const NOISE: readonly Noise[] = [
  {
    type: "aws_cognito_user_pool",
    attributes: ["estimated_number_of_users", "last_modified_date"],
    why: "Cognito counts accounts, and notes when anything was changed.",
  },
  { type: "aws_lambda_function", attributes: ["last_modified"], why: "Lambda notes when anything was changed." },
  {
    type: "aws_cognito_user_pool",
    attributes: ["domain", "custom_domain"],
    saidBy: "aws_cognito_user_pool_domain",
    why: REPEATED,
  },
  { type: "aws_iam_role", attributes: ["inline_policy"], saidBy: "aws_iam_role_policy", why: REPEATED },
  { type: "aws_s3_bucket", attributes: ["versioning"], saidBy: "aws_s3_bucket_versioning", why: REPEATED },
  { type: "aws_s3_bucket", attributes: ["policy"], saidBy: "aws_s3_bucket_policy", why: REPEATED },
  {
    type: "aws_s3_bucket",
    attributes: ["lifecycle_rule"],
    saidBy: "aws_s3_bucket_lifecycle_configuration",
    why: REPEATED,
  },
  {
    type: "aws_s3_bucket",
    attributes: ["server_side_encryption_configuration"],
    saidBy: "aws_s3_bucket_server_side_encryption_configuration",
    why: REPEATED,
  },
];

/** What `npm run drift` prints as JSON. */
export interface DriftReport {
  readonly format: 1;
  readonly environment: string;
  readonly verdict: "none" | "drift";
  readonly exitCode: number;
  readonly drift: readonly ReportedResource[];
}

/** What was changed outside of Terraform, by a plan of `-refresh-only`. */
export function driftReport(plan: Plan, environment: string): DriftReport {
  const drift = driftedResources(plan);
  const verdict = drift.length === 0 ? "none" : "drift";
  return { format: 1, environment, verdict, exitCode: verdict === "none" ? 0 : 2, drift };
}

/** What was changed outside of Terraform, without what nobody has changed. */
export function driftedResources(plan: Plan): ReportedResource[] {
  return driftOf(plan)
    .map((change) => reported(change, []))
    .map((resource) => ({ ...resource, attributes: resource.attributes.filter(isSaid) }))
    .filter(({ action, attributes }) => action !== "update" || attributes.length > 0);
}

function isSaid({ before, after }: Difference): boolean {
  return !(isUnset(before) && isUnset(after));
}

function driftOf(plan: Plan): ResourceChange[] {
  return plan.drift
    .filter(({ action }) => action !== "none")
    .map((change) => {
      const noise = NOISE.filter(({ type }) => type === change.type);
      const without = (side: Json) => noise.reduce((values, entry) => withoutNoise(values, entry, plan), side);
      return { ...change, before: without(change.before), after: without(change.after) };
    });
}

/** Providers write "not set" in more than one way, and not always the same after a refresh. */
function isUnset(value: Json | undefined): boolean {
  return isEmpty(value) || value === false;
}

function withoutNoise(values: Json, { attributes, saidBy }: Noise, { state }: Plan): Json {
  if (!isObject(values)) return values;
  const sayers = state.filter(({ type }) => type === saidBy).map((resource) => resource.values);
  if (saidBy !== undefined && sayers.length === 0) return values;
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      if (!attributes.includes(name)) return [[name, value]];
      // Of several things that are said one by one, some may be nobody's: an inline policy that was added by hand.
      const named = isList(value) && value.some((element) => child(element, "name") !== undefined);
      return named ? [[name, value.filter((element) => !sayers.some((sayer) => isNamed(element, sayer)))]] : [];
    }),
  );
}

function isNamed(element: Json, sayer: Json): boolean {
  return child(element, "name") === child(sayer, "name");
}

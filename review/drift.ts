import type { Difference } from "./differences";
import { child, isEmpty, isList, isObject, type Json } from "./json";
import type { Plan, ResourceChange } from "./plan";
import { type Recorded, withoutAdded } from "./recorded";
import { type ReportedResource, reported } from "./resource";

/** Attributes of a type that differ although nothing was changed outside of Terraform. */
interface Noise {
  readonly type: string;
  readonly attributes: readonly string[];
  /** They repeat what resources of this type say. Without such a resource, what appears in them counts. */
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
  /** Attributes that the provider has learned to read since the last deployment. Whether they changed cannot be told. */
  readonly added: readonly string[];
}

/** What was changed outside of Terraform, by a plan of `-refresh-only` and the state that it was made of. */
export function driftReport(plan: Plan, environment: string, recorded: Recorded = new Map()): DriftReport {
  const added = new Set<string>();
  const drift = driftedResources(plan, recorded, added);
  const verdict = drift.length === 0 ? "none" : "drift";
  return { format: 1, environment, verdict, exitCode: verdict === "none" ? 0 : 2, drift, added: [...added].sort() };
}

/** What was changed outside of Terraform, without what differs for other reasons. */
export function driftedResources(
  plan: Plan,
  recorded: Recorded = new Map(),
  added: Set<string> = new Set(),
): ReportedResource[] {
  return driftOf(plan, recorded, added)
    .map((change) => reported(change, []))
    .map((resource) => ({ ...resource, attributes: resource.attributes.filter(isSaid) }))
    .filter(({ action, attributes }) => action !== "update" || attributes.length > 0);
}

function isSaid({ before, after }: Difference): boolean {
  return !(isUnset(before) && isUnset(after));
}

function driftOf(plan: Plan, recorded: Recorded, added: Set<string>): ResourceChange[] {
  return plan.drift
    .filter(({ action }) => action !== "none")
    .map((change) => {
      const known = recorded.get(change.address);
      const asRecorded = (side: Json) => (known === undefined ? side : withoutAdded(side, known, added));
      return withoutNoise({ ...change, before: asRecorded(change.before), after: asRecorded(change.after) }, plan);
    });
}

function withoutNoise(change: ResourceChange, plan: Plan): ResourceChange {
  const noise = NOISE.filter(({ type }) => type === change.type);
  const [before, after] = noise.reduce<readonly [Json, Json]>(
    (sides, entry) => withoutRepeated(sides, entry, plan),
    withoutRegion(withoutOwnTags(change.before), withoutOwnTags(change.after)),
  );
  return { ...change, before, after };
}

/** hashicorp/aws 6 writes down the Region of every resource, which can never change. Earlier versions did not. */
function withoutRegion(before: Json, after: Json): readonly [Json, Json] {
  if (!isObject(after) || !isEmpty(child(before, "region"))) return [before, after];
  const { region: _, ...rest } = after;
  return [before, rest];
}

/**
 * `tags_all` are the tags that a resource has. `tags` are those without the provider's default tags, by the settings of
 * now: a default tag that is no longer in them would seem to be new here.
 */
function withoutOwnTags(values: Json): Json {
  if (!isObject(values) || !isObject(values.tags_all)) return values;
  const { tags: _, ...rest } = values;
  return rest;
}

/** Providers write "not set" in more than one way, and not always the same after a refresh. */
function isUnset(value: Json | undefined): boolean {
  return isEmpty(value) || value === false;
}

/** Both sides of a resource without what other resources say. */
function withoutRepeated(
  [before, after]: readonly [Json, Json],
  { attributes, saidBy }: Noise,
  { state }: Plan,
): readonly [Json, Json] {
  const sayers = state.filter(({ type }) => type === saidBy).map((resource) => resource.values);
  const without = (side: Json, keep: (name: string, value: Json) => Json | undefined): Json =>
    isObject(side)
      ? Object.fromEntries(
          Object.entries(side).flatMap(([name, value]) => {
            const kept = attributes.includes(name) ? keep(name, value) : value;
            return kept === undefined ? [] : [[name, kept]];
          }),
        )
      : side;
  if (saidBy === undefined) return [without(before, () => undefined), without(after, () => undefined)];
  // What disappears was a resource's, whose own drift says so if it was deleted outside of Terraform.
  const appeared = (name: string, value: Json): Json | undefined => {
    if (isNamedList(value)) return value.filter((element) => !sayers.some((sayer) => isNamed(element, sayer)));
    return sayers.length > 0 || isEmpty(child(after, name)) ? undefined : value;
  };
  const remained = (name: string, value: Json): Json | undefined => {
    const now = child(after, name);
    if (!isNamedList(value)) return appeared(name, value);
    return value.filter(
      (element) =>
        !sayers.some((sayer) => isNamed(element, sayer)) && isList(now) && now.some((other) => isNamed(element, other)),
    );
  };
  return [without(before, remained), without(after, appeared)];
}

/** Several things that are said one by one, such as inline policies: some of them can be no resource's. */
function isNamedList(value: Json): value is readonly Json[] {
  return isList(value) && value.some((element) => child(element, "name") !== undefined);
}

function isNamed(element: Json, sayer: Json): boolean {
  return child(element, "name") === child(sayer, "name");
}

import { type Configuration, readConfiguration, unreadConfiguration, unreadOf } from "./configuration";
import { isObject, isTooDeep, type Json, type JsonObject } from "./json";
import { fieldsOf, listOf, UnreadablePlan } from "./unreadable";

export { UnreadablePlan };

/*
 * What `terraform show -json` says of a plan, as far as a reviewer needs it: "JSON Output Format", Terraform's
 * documentation, format 1.x. https://developer.hashicorp.com/terraform/internals/json-format
 */

/** What becomes of something. `none` can still be a move or an import. */
export type Action = "none" | "read" | "create" | "update" | "replace" | "delete" | "forget";

export type Path = ReadonlyArray<string | number>;

/** Two sides of a change. Marks have the values' shape, with `true` where a value, or all that is in it, is marked. */
export interface Change {
  readonly action: Action;
  readonly before: Json;
  readonly after: Json;
  /** Parts of `after` that are only known once it is applied; they are not in `after`. */
  readonly afterUnknown: Json;
  readonly beforeSensitive: Json;
  readonly afterSensitive: Json;
}

export interface ResourceChange extends Change {
  /** As Terraform prints it, with the key of a deposed object: what `--allow` takes. */
  readonly address: string;
  readonly type: string;
  /** `managed`, `data`, or something newer. */
  readonly mode: string;
  /** `registry.terraform.io/hashicorp/aws`. */
  readonly provider: string | undefined;
  /** Key of an object that a replacement has left behind. */
  readonly deposed: string | undefined;
  /** Where it was in the state, if it is moved. */
  readonly movedFrom: string | undefined;
  /** Id of what is taken over, "" where that is not known yet. */
  readonly importing: string | undefined;
  /** Of a replacement: whether the new one is there before the old one goes. */
  readonly createFirst: boolean;
  /** Terraform's word for why, such as `delete_because_no_resource_config`. */
  readonly reason: string | undefined;
  /** Attributes because of which it is replaced. */
  readonly replacePaths: readonly Path[];
  /** Fields of the plan that this version does not know. */
  readonly unread: readonly string[];
}

export interface OutputChange extends Change {
  readonly name: string;
}

/** A resource, or what a data source has answered, as the refreshed state has it. */
export interface StateResource {
  readonly address: string;
  readonly type: string;
  readonly mode: string;
  readonly values: Json;
  /** Terraform's marks for the values. */
  readonly sensitive: Json;
}

export interface StateOutput {
  readonly name: string;
  readonly value: Json;
  readonly sensitive: boolean;
}

/** What Terraform has checked: `var`, `resource`, `output_value`, `check`. */
export interface Check {
  readonly kind: string;
  readonly address: string;
}

export interface Plan {
  /** The stack's own variable, which can only be the workspace that it was planned in (modules/workspace-guard). */
  readonly workspace: string | undefined;
  readonly errored: boolean;
  /** False where something was left out, as with `-target`; nothing where the plan does not say, as OpenTofu's JSON. */
  readonly complete: boolean | undefined;
  /** Whether Terraform has something to apply. */
  readonly applyable: boolean;
  readonly resources: readonly ResourceChange[];
  readonly outputs: readonly OutputChange[];
  /** What differs between the state and what is there. */
  readonly drift: readonly ResourceChange[];
  readonly state: readonly StateResource[];
  readonly stateOutputs: readonly StateOutput[];
  /** Nothing where the plan does not say what it was made of. */
  readonly configuration: Configuration | undefined;
  readonly checks: readonly Check[];
  /** Parts of the plan that this version does not know, and that say something. */
  readonly unread: readonly string[];
}

/** Reads the JSON of `terraform show -json <plan>`. Throws {@link UnreadablePlan}. */
export function readPlan(document: unknown): Plan {
  if (isTooDeep(document)) throw new UnreadablePlan("It is nested deeper than any plan.");
  const plan = object(document as Json, "It");
  const version = String(plan.format_version);
  if (!/^1\.\d+$/.test(version)) throw new UnreadablePlan(`Its format_version is ${version}; 1.x can be read.`);
  if (!("errored" in plan) && !("resource_changes" in plan)) {
    throw new UnreadablePlan("It is the JSON of something else than a plan, such as a state.");
  }
  const state = fieldsOf(fieldsOf(plan.prior_state, "prior_state").values, "prior_state.values");
  return {
    workspace: optionalText(field(field(plan.variables, "workspace"), "value")),
    errored: flag(plan, "errored") ?? false,
    complete: flag(plan, "complete"),
    applyable: flag(plan, "applyable") ?? false,
    resources: listOf(plan.resource_changes, "resource_changes").map(resourceChange),
    outputs: Object.entries(fieldsOf(plan.output_changes, "output_changes")).map(([name, change]) => ({
      name,
      ...changeOf(change, `Output ${name}`),
    })),
    drift: listOf(plan.resource_drift, "resource_drift").map(resourceChange),
    state: stateResources(state.root_module),
    stateOutputs: Object.entries(fieldsOf(state.outputs, "prior_state.values.outputs")).map(([name, output]) => ({
      name,
      value: field(output, "value") ?? null,
      sensitive: field(output, "sensitive") === true,
    })),
    configuration: readConfiguration(plan.configuration),
    checks: listOf(plan.checks, "checks").map((check) => ({
      kind: optionalText(field(field(check, "address"), "kind")) ?? "",
      address: optionalText(field(field(check, "address"), "to_display")) ?? "",
    })),
    unread: [...unreadOf(plan, READ), ...unreadConfiguration(plan.configuration)],
  };
}

/** Every part of a plan in format 1.2, which Terraform 1.11 writes. What is deferred is no part of a complete plan. */
const READ = [
  ...["format_version", "terraform_version", "variables", "planned_values", "proposed_unknown", "timestamp", "checks"],
  ...["applyable", "complete", "errored", "resource_changes", "output_changes", "resource_drift", "prior_state"],
  ...["configuration", "relevant_attributes"],
];
const READ_OF_RESOURCE = [
  ...["address", "previous_address", "module_address", "mode", "type", "name", "index", "provider_name", "deposed"],
  ...["change", "action_reason"],
];
const READ_OF_CHANGE = [
  ...["actions", "before", "after", "after_unknown", "before_sensitive", "after_sensitive", "replace_paths"],
  ...["importing", "generated_config", "before_identity", "after_identity"],
];

/** Whether something becomes of a resource: a move or an import counts as well. */
export function isChanging({ action, movedFrom, importing }: ResourceChange): boolean {
  return action !== "none" || movedFrom !== undefined || importing !== undefined;
}

function resourceChange(json: Json): ResourceChange {
  const resource = object(json, "A resource's change");
  const { address, type, mode, provider_name, deposed, previous_address, action_reason, change } = resource;
  if (typeof address !== "string" || typeof type !== "string") throw new UnreadablePlan("A change has no address.");
  const { importing, replace_paths, actions } = object(change, address);
  const deposedKey = optionalText(deposed);
  return {
    ...changeOf(change, address),
    address: deposedKey === undefined ? address : `${address} (deposed ${deposedKey})`,
    type,
    mode: optionalText(mode) ?? (/^(?:module\..*\.)?data\./.test(address) ? "data" : "managed"),
    provider: optionalText(provider_name),
    deposed: deposedKey,
    movedFrom: previous_address === address ? undefined : optionalText(previous_address),
    importing: isObject(importing) ? (optionalText(importing.id) ?? "") : undefined,
    createFirst: listOf(actions, `${address}: actions`)[0] === "create",
    reason: optionalText(action_reason),
    replacePaths: listOf(replace_paths, `${address}: replace_paths`).map((path) => listOf(path, address) as Path),
    unread: [...unreadOf(resource, READ_OF_RESOURCE), ...unreadOf(object(change, address), READ_OF_CHANGE)],
  };
}

/** Every list of actions that Terraform has. */
const ACTIONS: Readonly<Record<string, Action>> = {
  "no-op": "none",
  read: "read",
  create: "create",
  update: "update",
  "delete,create": "replace",
  "create,delete": "replace",
  "forget,create": "replace",
  "create,forget": "replace",
  delete: "delete",
  forget: "forget",
};

function changeOf(json: Json | undefined, what: string): Change {
  const change = object(json, what);
  const action = ACTIONS[listOf(change.actions, `${what}: actions`).join()];
  // Something that is not understood must not count as harmless.
  if (!action) throw new UnreadablePlan(`${what}: there is no action ${JSON.stringify(change.actions)}.`);
  return {
    action,
    before: change.before ?? null,
    after: change.after ?? null,
    afterUnknown: change.after_unknown ?? false,
    beforeSensitive: change.before_sensitive ?? false,
    afterSensitive: change.after_sensitive ?? false,
  };
}

function stateResources(module: Json | undefined): StateResource[] {
  const { resources: own, child_modules } = fieldsOf(module, "A module of the state");
  const resources = listOf(own, "The resources of the state").flatMap((resource) => {
    const { address, type, mode, values, sensitive_values } = object(resource, "A resource of the state");
    if (typeof type !== "string") throw new UnreadablePlan("A resource of the state has no type.");
    return {
      address: optionalText(address) ?? "",
      type,
      mode: optionalText(mode) ?? "managed",
      values: values ?? null,
      sensitive: sensitive_values ?? false,
    };
  });
  return [...resources, ...listOf(child_modules, "The modules of the state").flatMap(stateResources)];
}

function object(value: Json | undefined, what: string): JsonObject {
  if (isObject(value)) return value;
  throw new UnreadablePlan(`${what} is no JSON object.`);
}

function field(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) ? value[name] : undefined;
}

function flag(plan: JsonObject, name: string): boolean | undefined {
  const value = plan[name];
  if (value === undefined || typeof value === "boolean") return value;
  throw new UnreadablePlan(`${name} is neither true nor false.`);
}

function optionalText(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

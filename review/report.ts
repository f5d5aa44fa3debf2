import { type Difference, differences, writtenPath } from "./differences";
import { driftOf, isUnset } from "./drift";
import type { Json } from "./json";
import { UNKNOWN } from "./marked";
import type { Action, OutputChange, Plan, ResourceChange } from "./plan";
import { BLOCKING, WARNING } from "./rules/all";

export type Verdict = "nothing" | "changes" | "blocked";

/** What the command ends with, so that a pipeline need not read. */
export const EXIT_CODES: Readonly<Record<Verdict, number>> = { nothing: 0, changes: 2, blocked: 3 };

/** What is printed as JSON. Fields are added to a format, never changed or removed. */
export interface Report {
  readonly format: 1;
  readonly environment: string;
  readonly verdict: Verdict;
  readonly exitCode: number;
  /** What is wrong with the plan as a whole; nobody can allow it. */
  readonly problems: readonly string[];
  /** How many resources it does each thing to. */
  readonly summary: Readonly<Record<Deed, number>>;
  /** Every resource that something becomes of; what is blocked comes first. */
  readonly resources: readonly ReportedResource[];
  /** `path` is the output's name. */
  readonly outputs: readonly Difference[];
  /** What was changed outside of Terraform since it was last applied. */
  readonly drift: readonly ReportedResource[];
}

export type Deed = Exclude<Action, "none"> | "import" | "move";

export interface ReportedResource {
  readonly address: string;
  readonly action: Action;
  /** Where it was before, if it is moved. */
  readonly movedFrom?: string;
  /** Id of what is taken over into the state. */
  readonly importedId?: string;
  /** Of a replacement: whether the new one is there before the old one goes. */
  readonly createFirst?: boolean;
  /** Terraform's word for why. */
  readonly reason?: string;
  /** Attributes because of which it is replaced. */
  readonly forcedBy: readonly string[];
  readonly attributes: readonly Difference[];
  readonly findings: readonly Finding[];
}

export interface Finding {
  readonly rule: string;
  /** Whether it blocks, was allowed by address, or is only pointed out. */
  readonly kind: "blocked" | "allowed" | "warning";
  readonly why: string;
}

/** Judges a plan. */
export function review(plan: Plan, environment: string, allowed: readonly string[] = []): Report {
  const resources = plan.resources
    .filter(
      ({ action, movedFrom, importing }) => action !== "none" || movedFrom !== undefined || importing !== undefined,
    )
    .map((change) => reported(change, findings(change, plan, allowed)))
    .sort((one, other) => Number(isBlocked(other)) - Number(isBlocked(one)));
  const outputs = outputDifferences(plan);
  const problems = problemsOf(plan);
  const blocked = problems.length > 0 || resources.some(isBlocked);
  const something = plan.applyable || outputs.length > 0 || resources.some(({ action }) => action !== "read");
  const verdict = blocked ? "blocked" : something ? "changes" : "nothing";
  return {
    format: 1,
    environment,
    verdict,
    exitCode: EXIT_CODES[verdict],
    problems,
    summary: summaryOf(resources),
    resources,
    outputs,
    drift: driftedResources(plan),
  };
}

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

/** Allowances that a report has no use for. */
export function unusedAllowances({ resources }: Report, allowed: readonly string[]): string[] {
  const used = resources.filter((resource) => resource.findings.some(({ kind }) => kind === "allowed"));
  return allowed.filter((address) => !used.some((resource) => resource.address === address));
}

export function isBlocked({ findings }: ReportedResource): boolean {
  return findings.some(({ kind }) => kind === "blocked");
}

function findings(change: ResourceChange, plan: Plan, allowed: readonly string[]): Finding[] {
  const kind = allowed.includes(change.address) ? "allowed" : "blocked";
  return [
    ...BLOCKING.map((rule) => ({ rule, kind }) as const),
    ...WARNING.map((rule) => ({ rule, kind: "warning" }) as const),
  ]
    .filter(({ rule }) => rule.types.includes(change.type))
    .flatMap(({ rule, kind }) => {
      const why = rule.finds(change, plan);
      return why === undefined ? [] : [{ rule: rule.id, kind, why }];
    });
}

function problemsOf({ errored, complete }: Plan): string[] {
  return [
    ...(errored ? ["Planning ended with an error: nobody knows what else would change."] : []),
    ...(complete || errored
      ? []
      : ["Something was left out (-target, or deferred): nobody knows what else would change."]),
  ];
}

function driftedResources(plan: Plan): ReportedResource[] {
  return driftOf(plan)
    .map((change) => reported(change, []))
    .map((resource) => ({ ...resource, attributes: resource.attributes.filter(isSaid) }))
    .filter(({ action, attributes }) => action !== "update" || attributes.length > 0);
}

function isSaid({ before, after }: Difference): boolean {
  return !(isUnset(before) && isUnset(after));
}

function reported(change: ResourceChange, findings: readonly Finding[]): ReportedResource {
  const { address, action, movedFrom, importing, createFirst, reason, replacePaths } = change;
  const attributes = ["create", "update", "replace"].includes(action) ? differences(change) : [];
  return {
    address,
    action,
    ...(movedFrom !== undefined && { movedFrom }),
    ...(importing !== undefined && { importedId: importing || UNKNOWN }),
    ...(action === "replace" && { createFirst }),
    ...(reason !== undefined && { reason }),
    forcedBy: replacePaths.map(writtenPath),
    attributes,
    findings,
  };
}

/** All outputs as if they were the attributes of one thing. */
function outputDifferences({ outputs }: Plan): Difference[] {
  const changing = outputs.filter(({ action }) => action !== "none");
  const fields = (side: keyof OutputChange, without: Action) =>
    Object.fromEntries(
      changing.filter(({ action }) => action !== without).map((output) => [output.name, output[side] as Json]),
    );
  return differences({
    action: "update",
    before: fields("before", "create"),
    beforeSensitive: fields("beforeSensitive", "create"),
    after: fields("after", "delete"),
    afterUnknown: fields("afterUnknown", "delete"),
    afterSensitive: fields("afterSensitive", "delete"),
  });
}

function summaryOf(resources: readonly ReportedResource[]): Record<Deed, number> {
  const count = (is: (resource: ReportedResource) => boolean) => resources.filter(is).length;
  const of = (wanted: Action) => count(({ action }) => action === wanted);
  return {
    create: of("create"),
    update: of("update"),
    replace: of("replace"),
    delete: of("delete"),
    forget: of("forget"),
    read: of("read"),
    import: count(({ importedId }) => importedId !== undefined),
    move: count(({ movedFrom }) => movedFrom !== undefined),
  };
}

import { type Difference, differences } from "./differences";
import { driftedResources } from "./drift";
import type { Json } from "./json";
import type { Action, OutputChange, Plan, ResourceChange } from "./plan";
import { type Finding, isBlocked, type ReportedResource, reported } from "./resource";
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

/** Allowances that a report has no use for. */
export function unusedAllowances({ resources }: Report, allowed: readonly string[]): string[] {
  const used = resources.filter((resource) => resource.findings.some(({ kind }) => kind === "allowed"));
  return allowed.filter((address) => !used.some((resource) => resource.address === address));
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

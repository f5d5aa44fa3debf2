import { type Difference, differences } from "./differences";
import { driftedResources } from "./drift";
import type { Json } from "./json";
import { judge } from "./judge";
import { type Action, isChanging, type OutputChange, type Plan, type ResourceChange } from "./plan";
import { type Finding, isBlocked, type ReportedResource, reported } from "./resource";
import { wholePlan } from "./rules/all";
import { otherProject } from "./rules/project";
import type { Located } from "./rules/rule";
import { SecretValues } from "./secret-values";
import { resourceType } from "./types/all";
import { listed } from "./value";

export type Verdict = "nothing" | "changes" | "blocked";

/** What the command ends with, so that a pipeline need not read. */
export const EXIT_CODES: Readonly<Record<Verdict, number>> = { nothing: 0, changes: 2, blocked: 3 };

/** What is let through although it is dangerous, or unknown. */
export interface Allowances {
  /** Addresses of resources, outputs, providers, modules and data sources. */
  readonly addresses?: readonly string[];
  /** Types of resources and data sources that this project does not make, and the adopter does. */
  readonly types?: readonly string[];
}

/** What is printed as JSON. Fields are added to a format, never changed or removed. */
export interface Report {
  readonly format: 1;
  readonly environment: string;
  readonly verdict: Verdict;
  readonly exitCode: number;
  /** What is wrong with the plan as a whole; no allowance helps. */
  readonly problems: readonly string[];
  /** How many resources it does each thing to. */
  readonly summary: Readonly<Record<Deed, number>>;
  /** Every resource that something becomes of; what is blocked comes first. */
  readonly resources: readonly ReportedResource[];
  /** What is found in outputs, data sources, providers, modules, and in resources that do not change. */
  readonly configuration: readonly FoundElsewhere[];
  /** `path` is the output's name. */
  readonly outputs: readonly Difference[];
  /** What was changed outside of Terraform since it was last applied. */
  readonly drift: readonly ReportedResource[];
  /** What a reviewer should know, and that blocks nothing. */
  readonly notes: readonly string[];
}

/** Findings about something that is no changing resource: `output.UserPoolId`, `provider.aws`, `data.external.lookup`. */
export interface FoundElsewhere {
  readonly address: string;
  readonly findings: readonly Finding[];
}

export type Deed = Exclude<Action, "none"> | "import" | "move";

/** Judges a plan. */
export function review(plan: Plan, environment: string, allowances: Allowances = {}): Report {
  const secrets = new SecretValues(plan);
  const found = wholePlan(plan);
  const finding = ({ address, rule, why, allowable, types }: Located): Finding => ({
    rule,
    kind: allowable !== false && isAllowed(address, types, allowances) ? "allowed" : "blocked",
    why: secrets.without(why),
    ...(allowable === false && { allowable }),
    ...(types !== undefined && { types }),
  });
  const changing = plan.resources.filter(isChanging);
  const resources = changing
    .map((change) => {
      const { address, deposed } = change;
      const here = deposed === undefined ? found.filter((one) => one.address === address) : [];
      const described = judged(change, plan).map((one) => ({ ...one, address }));
      return masked(reported(change, [...described, ...here].map(finding)), secrets);
    })
    .sort((one, other) => Number(isBlocked(other)) - Number(isBlocked(one)));
  const elsewhere = found.filter(({ address }) => !changing.some((change) => change.address === address));
  const configuration = [...new Set(elsewhere.map(({ address }) => address))].map((address) => ({
    address,
    findings: elsewhere.filter((one) => one.address === address).map(finding),
  }));
  const outputs = outputDifferences(plan).map((difference) => maskedDifference(difference, secrets));
  const problems = problemsOf(plan).map((problem) => secrets.without(problem));
  const blocked = problems.length > 0 || [...resources, ...configuration].some(isBlocked);
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
    configuration,
    outputs,
    drift: driftedResources(plan).map((resource) => masked(resource, secrets)),
    notes: [],
  };
}

/** Allowances that a report has no use for. */
export function unusedAllowances({ resources, configuration }: Report, allowed: readonly string[]): string[] {
  const used = [...resources, ...configuration].filter(({ findings }) =>
    findings.some(({ kind }) => kind === "allowed"),
  );
  return allowed.filter((address) => !used.some((resource) => resource.address === address));
}

/** The report with a note about lines of a file that nothing needs: they may be another environment's, or used up. */
export function withUnusedLines(report: Report, allowed: readonly string[], file = "review-allow.txt"): Report {
  const unused = unusedAllowances(report, allowed);
  if (unused.length === 0) return report;
  return {
    ...report,
    notes: [...report.notes, `Nothing is blocked at ${listed(unused)}: ${file} allows it, and need not.`],
  };
}

function judged(change: ResourceChange, plan: Plan) {
  const type = change.mode === "managed" ? resourceType(change.type) : undefined;
  return type === undefined ? [] : judge(change, plan, type);
}

function isAllowed(address: string, all: readonly string[] = [], { addresses = [], types = [] }: Allowances): boolean {
  return addresses.includes(address) || (all.length > 0 && all.every((type) => types.includes(type)));
}

function problemsOf(plan: Plan): string[] {
  const { errored, complete, unread, configuration } = plan;
  return [
    ...(errored ? ["Planning ended with an error: what else would change is not known."] : []),
    ...(complete === false && !errored
      ? ["Something was left out (-target, or deferred): what else would change is not known."]
      : []),
    ...(complete === undefined && !errored
      ? [
          "The JSON does not say whether something was left out (-target), as OpenTofu's never does: review the saved plan.",
        ]
      : []),
    ...(unread.length === 0
      ? []
      : [`The plan says ${listed(unread)}, which this review does not know: what it would do is not known.`]),
    ...(configuration === undefined
      ? ["The plan does not say what it was made of: what else it would run is not known."]
      : []),
    ...otherProject(plan),
  ];
}

function masked(resource: ReportedResource, secrets: SecretValues): ReportedResource {
  return { ...resource, attributes: resource.attributes.map((difference) => maskedDifference(difference, secrets)) };
}

function maskedDifference(difference: Difference, secrets: SecretValues): Difference {
  const { before, after } = difference;
  return {
    ...difference,
    path: secrets.without(difference.path),
    ...(before !== undefined && { before: secrets.masked(before) }),
    ...(after !== undefined && { after: secrets.masked(after) }),
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

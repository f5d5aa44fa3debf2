import type { DriftReport } from "../drift";
import { UNKNOWN } from "../marked";
import type { FoundElsewhere, Report } from "../report";
import { type Finding, isBlocked, type ReportedResource } from "../resource";

/** How what is meant is allowed: with options of a command, or by lines of a file that is reviewed with the change. */
export type AllowWith = { readonly command: string } | "file";

/** What becomes of a resource, in a word. */
export function deed({ action, importedId, movedFrom }: ReportedResource): string {
  const more = [importedId !== undefined ? "import" : [], movedFrom !== undefined ? "move" : []].flat();
  return [...more, ...(action === "none" ? [] : [action])].join(", ");
}

/** Terraform's reasons, in its documentation's sense. */
const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: "an earlier apply left it half made (tainted)",
  replace_because_cannot_update: "it cannot be updated in place",
  replace_by_request: "asked for with -replace",
  replace_by_triggers: "replace_triggered_by says so",
  delete_because_no_resource_config: "it is no longer in the configuration",
  delete_because_no_module: "its module is no longer in the configuration",
  delete_because_wrong_repetition: "count or for_each was added or taken away",
  delete_because_count_index: "count is smaller now",
  delete_because_each_key: "its key is no longer in for_each",
  delete_because_no_move_target: "what it was moved to is not in the configuration",
  read_because_config_unknown: "its arguments are only known once others are applied",
  read_because_dependency_pending: "it depends on what is changed first",
};

/** What else is to be known of a resource, beside its attributes. `code` sets what is typed apart from the text. */
export function details(resource: ReportedResource, code: (text: string) => string): string[] {
  const { movedFrom, importedId, createFirst, reason, forcedBy } = resource;
  return [
    movedFrom === undefined ? [] : `moved from ${code(movedFrom)}`,
    importedId === undefined ? [] : `imported: ${importedId === UNKNOWN ? importedId : code(importedId)}`,
    reason === undefined ? [] : `because ${REASONS[reason] ?? code(reason)}`,
    forcedBy.length === 0 ? [] : `forced by ${forcedBy.map(code).join(", ")}`,
    createFirst === true ? "the new one is made before the old one goes" : [],
  ].flat();
}

const VERDICTS = { nothing: "nothing to do", changes: "changes to sign", blocked: "blocked" } as const;

export function headline({ environment, verdict }: Report): string {
  return `Review of ${environment}: ${VERDICTS[verdict]}`;
}

export function driftHeadline({ environment, verdict }: DriftReport): string {
  return `${environment}: ${verdict === "none" ? "nothing was changed" : "changed"} outside of Terraform`;
}

/** What the comparison leaves out. */
export function driftNote({ added }: DriftReport): string | undefined {
  if (added.length === 0) return undefined;
  return `The provider did not read these when the environment was last deployed, so they were not compared: ${added.join(", ")}.`;
}

/** What is not there any more once the plan is applied, or not known any more. */
export function losses({ resources }: Report, code: (text: string) => string): string | undefined {
  const words = { delete: "deleted", replace: "deleted and made anew", forget: "forgotten by the state" } as const;
  const parts = Object.entries(words).flatMap(([action, word]) => {
    const lost = resources.filter((resource) => resource.action === action);
    return lost.length === 0 ? [] : [`${word}: ${lost.map(({ address }) => code(address)).join(", ")}`];
  });
  return parts.length === 0 ? undefined : `Lost. ${parts.join("; ")}.`;
}

/** `1 to create, 2 to update`. */
export function counts({ summary, outputs }: Report): string {
  const parts = Object.entries(summary).filter(([, count]) => count > 0);
  const resources = parts.map(([what, count]) => `${count} to ${what}`);
  const values = outputs.length === 0 ? [] : [`${outputs.length} output${outputs.length === 1 ? "" : "s"} to change`];
  return [...resources, ...values].join(", ") || "No resource and no output changes";
}

/** Everything that something was found about; what is blocked comes first, then what was allowed. */
export function judged({ resources, configuration }: Report): FoundElsewhere[] {
  const order = ({ findings }: FoundElsewhere) => (findings.some(({ kind }) => kind === "blocked") ? 0 : 1);
  return [...resources, ...configuration]
    .filter(({ findings }) => findings.length > 0)
    .sort((one, other) => order(one) - order(other));
}

/** How to let through what is blocked: a sentence, and lines to type. */
export function howToAllow(
  report: Report,
  allowWith: AllowWith = { command: `npm run review -- ${report.environment}` },
): { readonly text: string; readonly lines: readonly string[] } | undefined {
  const { environment, problems } = report;
  const blocked = judged(report).filter(isBlocked);
  const never = (findings: readonly Finding[]) =>
    findings.some(({ kind, allowable }) => kind === "blocked" && allowable === false);
  if (problems.length > 0 || blocked.some(({ findings }) => never(findings))) {
    return { text: "No allowance helps: change what is planned.", lines: [] };
  }
  if (blocked.length === 0) return undefined;
  const addresses = blocked.map(({ address }) => address);
  return allowWith === "file"
    ? {
        text: "If all of what is blocked is meant, a line for each in review-allow.txt:",
        lines: addresses.map((address) => `${environment} ${address}`),
      }
    : {
        text: "If all of what is blocked is meant:",
        lines: [`${allowWith.command} ${addresses.map((address) => `--allow ${quoted(address)}`).join(" ")}`],
      };
}

/** Types that an adopter may make on purpose. */
export function howToAllowTypes(
  report: Report,
): { readonly text: string; readonly lines: readonly string[] } | undefined {
  const findings = judged(report).flatMap((one) => one.findings);
  const types = new Set(findings.filter(({ kind }) => kind === "blocked").flatMap((finding) => finding.types ?? []));
  return types.size === 0
    ? undefined
    : {
        text: "Types that are yours, and are to pass from now on, are lines of review-types.txt:",
        lines: [...types].sort(),
      };
}

/** An argument as a shell takes it. */
export function quoted(text: string): string {
  return /^[\w./:=@,+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

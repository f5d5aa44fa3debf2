import type { DriftReport } from "../drift";
import { UNKNOWN } from "../marked";
import type { Report } from "../report";
import type { ReportedResource } from "../resource";

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
    reason === undefined ? [] : `because ${REASONS[reason] ?? reason}`,
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

/** `1 to create, 2 to update`. */
export function counts({ summary, outputs }: Report): string {
  const parts = Object.entries(summary).filter(([, count]) => count > 0);
  const resources = parts.map(([what, count]) => `${count} to ${what}`);
  const values = outputs.length === 0 ? [] : [`${outputs.length} output${outputs.length === 1 ? "" : "s"} to change`];
  return [...resources, ...values].join(", ") || "No resource and no output changes";
}

/** How to let through what is blocked. */
export function howToAllow({ environment, resources }: Report): string | undefined {
  const blocked = resources.filter(({ findings }) => findings.some(({ kind }) => kind === "blocked"));
  if (blocked.length === 0) return undefined;
  return `npm run review -- ${environment} ${blocked.map(({ address }) => `--allow ${quoted(address)}`).join(" ")}`;
}

/** An argument as a shell takes it. */
function quoted(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

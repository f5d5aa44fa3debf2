import { type Difference, differences, writtenPath } from "./differences";
import { UNKNOWN } from "./marked";
import type { Action, ResourceChange } from "./plan";

/** One resource of a plan, or of what was found to have drifted. */
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
  /** What users, callers or operators would notice. */
  readonly why: string;
  /** False where it fails when it is applied, so that no allowance helps. */
  readonly allowable?: false;
  /** Types that are not described: allowing all of them lets it through as well. */
  readonly types?: readonly string[];
}

export function isBlocked({ findings }: { readonly findings: readonly Finding[] }): boolean {
  return findings.some(({ kind }) => kind === "blocked");
}

export function reported(change: ResourceChange, findings: readonly Finding[]): ReportedResource {
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

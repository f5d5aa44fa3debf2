/** What `terraform show -json` says of a plan, as far as it is read before a plan is applied. */
export interface PlanJson {
  readonly resource_changes?: readonly PlannedChange[];
}

export interface PlannedChange {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
  };
}

/** Whether the plan only deletes, as that of `destroy` does. */
export function destroysEverything({ resource_changes = [] }: PlanJson): boolean {
  const changes = resource_changes.filter(({ mode }) => mode === "managed").map(({ change }) => change.actions.join());
  return changes.length > 0 && changes.every((actions) => actions === "delete");
}

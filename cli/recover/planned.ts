import path from "node:path";
import { inTemporaryFolder } from "../cleanup";
import type { Terraform } from "../terraform";
import type { Values } from "./context";

/** A resource that a plan makes, or makes anew. */
export interface Planned {
  readonly address: string;
  readonly type: string;
  readonly values: Values;
}

/** What a deployment would do that another one may have begun. */
export interface Work {
  readonly creations: readonly Planned[];
  /** What an apply that failed has left half made: Terraform would destroy it first. */
  readonly tainted: readonly Planned[];
  /** Id of the user pool, where it is in the state. */
  readonly poolId: string | undefined;
}

interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly mode: string;
  readonly action_reason?: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Values | null;
    readonly after: Values | null;
  };
}

/** What a deployment would do now. */
export function plannedWork(terraform: Terraform): Promise<Work> {
  return inTemporaryFolder("plan", async (folder) => {
    const file = path.join(folder, "tfplan");
    await terraform.capture(["plan", "-input=false", `-out=${file}`]);
    const { resource_changes = [] } = (await terraform.showJson(file)) as { resource_changes?: ResourceChange[] };
    return workOf(resource_changes);
  });
}

export function workOf(changes: readonly ResourceChange[]): Work {
  const managed = changes.filter(({ mode }) => mode === "managed");
  const planned = ({ address, type, change }: ResourceChange) => ({ address, type, values: change.after ?? {} });
  const pool = managed.find(({ type }) => type === "aws_cognito_user_pool")?.change.before;
  return {
    creations: managed.filter(({ change }) => change.actions.join() === "create").map(planned),
    tainted: managed.filter(({ action_reason }) => action_reason === "replace_because_tainted").map(planned),
    poolId: typeof pool?.id === "string" ? pool.id : undefined,
  };
}

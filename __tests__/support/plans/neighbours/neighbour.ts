import type { Edited } from "../edited";

/** A danger that lies beside a plan which Terraform has made: that plan, with something else in it. */
export interface Neighbour {
  readonly title: string;
  /** Name of the plan that is edited. */
  readonly plan: string;
  /** @default prod */
  readonly stack?: string;
  readonly edit: (plan: Edited) => void;
  /** The rule that finds it; `problem` where the plan as a whole is no good. */
  readonly rule: string;
}

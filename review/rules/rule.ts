import type { Plan } from "../plan";
import type { Found } from "../types/type";

/** A danger, and what it is a danger of: an address, as it can be allowed. */
export interface Located extends Found {
  readonly address: string;
  /** Types that are not described: allowing all of them lets it through as well. */
  readonly types?: readonly string[];
}

/** Looks at a whole plan. */
export type PlanRule = (plan: Plan) => readonly Located[];

import { CLIENT_DANGERS } from "./dangerous/client";
import { FUNCTION_DANGERS } from "./dangerous/function";
import { HOSTED_PAGES_DANGERS } from "./dangerous/hosted-pages";
import { PLAN_DANGERS } from "./dangerous/plan";
import { POOL_DANGERS } from "./dangerous/pool";
import { OTHER_DANGERS } from "./dangerous/rest";
import type { Scenario } from "./scenario";

/** Plans that must not be applied unless an operator means it. */
export const DANGEROUS: readonly Scenario[] = [
  ...POOL_DANGERS,
  ...CLIENT_DANGERS,
  ...HOSTED_PAGES_DANGERS,
  ...FUNCTION_DANGERS,
  ...OTHER_DANGERS,
  ...PLAN_DANGERS,
];

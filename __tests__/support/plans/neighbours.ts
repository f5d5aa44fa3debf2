import { CLIENT_NEIGHBOURS } from "./neighbours/client";
import { ELSEWHERE } from "./neighbours/elsewhere";
import { FUNCTION_NEIGHBOURS } from "./neighbours/function";
import { LESS } from "./neighbours/less";
import type { Neighbour } from "./neighbours/neighbour";
import { POOL_NEIGHBOURS } from "./neighbours/pool";
import { REST_NEIGHBOURS } from "./neighbours/rest";
import { SECRET_NEIGHBOURS } from "./neighbours/secrets";
import { TAKEN_OVER } from "./neighbours/taken-over";
import { TWICE } from "./neighbours/twice";

/** Dangers that lie beside plans which Terraform has made. */
export const NEIGHBOURS: readonly Neighbour[] = [
  ...FUNCTION_NEIGHBOURS,
  ...CLIENT_NEIGHBOURS,
  ...POOL_NEIGHBOURS,
  ...REST_NEIGHBOURS,
  ...SECRET_NEIGHBOURS,
  ...ELSEWHERE,
  ...LESS,
  ...TAKEN_OVER,
  ...TWICE,
];

import type { Plan } from "../plan";
import { checks, modules, providers, provisioners } from "./configuration";
import { madeAgain } from "./made-again";
import { otherCode } from "./other-code";
import { toldOutputs } from "./outputs";
import type { Located, PlanRule } from "./rule";
import { secretShown } from "./secret-shown";
import { takenOver } from "./taken-over";
import { twice } from "./twice";
import { unknownData, unknownTypes } from "./undescribed";

/** What is judged by looking at the whole plan; the rest is in review/types. */
const RULES: readonly PlanRule[] = [
  madeAgain,
  takenOver,
  twice,
  otherCode,
  unknownTypes,
  unknownData,
  providers,
  modules,
  provisioners,
  checks,
  secretShown,
  toldOutputs,
];

export function wholePlan(plan: Plan): Located[] {
  return RULES.flatMap((rule) => rule(plan));
}

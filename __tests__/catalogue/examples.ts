import { RULES } from "../../catalogue/rules/all";
import type { Resources } from "../../catalogue/rules/rule";
import type { ProjectSettings } from "../../settings/schema";
import { FULL } from "../support/examples";
import { PROJECT } from "../support/settings";
import { synthesized } from "../support/synth";

/** The resources of stacks of many settings: the defaults, everything on, and what the rules say is right. */
export function exampleStacks(): Resources[] {
  const allowed: readonly ProjectSettings[] = [
    PROJECT,
    { ...PROJECT, environments: { dev: FULL } },
    ...RULES.flatMap(([, rules]) => rules.flatMap(({ kept }) => ("right" in kept ? [kept.right] : []))),
  ];
  return allowed.flatMap((settings) => Object.values(synthesized(settings)).map(({ resource }) => resource));
}

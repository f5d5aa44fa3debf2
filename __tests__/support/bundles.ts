import { type FunctionName, TRIGGERS } from "../../lambda/functions";

/** One bundle for the function of every trigger, for tests that do not run it. */
export function everyBundle(bundle: string): Record<FunctionName, string> {
  return Object.fromEntries(Object.values(TRIGGERS).map((name) => [name, bundle])) as Record<FunctionName, string>;
}

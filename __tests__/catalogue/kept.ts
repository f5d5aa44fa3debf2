import { RULES } from "../../catalogue/rules/all";
import type { Kept, Rule } from "../../catalogue/rules/rule";

export const rules = RULES.flatMap(([, chapter]) => chapter);
type Of<T extends Kept> = Rule & { readonly kept: T };
/** The rules that are kept in one way. */
export const kept = <T extends Kept>(kind: T["kind"]) => rules.filter((rule): rule is Of<T> => rule.kept.kind === kind);

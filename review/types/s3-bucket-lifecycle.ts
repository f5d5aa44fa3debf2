import { isList, isSame, type Json } from "../json";
import { amount, at, isUnset, quoted, UNKNOWN } from "../value";
import { type Attribute, type Found, found } from "./type";

/** Days that replaced versions of a state are kept at least, in a new bucket. */
const LEAST = 30;

/** What S3 deletes by itself: old versions after a time that may only grow, and never a state that is in use. */
export const lifecycleRules: Attribute = {
  kind: "guarded",
  rule: "bucket-expiring",
  finds: (from, to, { isNew }) => {
    if (to === UNKNOWN || !isList(to))
      return isUnset(to)
        ? []
        : [found("bucket-expiring", "What S3 would delete by itself is only known once it is applied.")];
    const old = !isNew && from !== UNKNOWN && isList(from) ? from : [];
    const kept = old.map(noncurrentDays).filter((days) => days > 0);
    const least = isNew || kept.length === 0 ? LEAST : Math.min(...kept);
    return to.filter((rule) => !old.some((one) => isSame(one, rule))).flatMap((rule) => problems(rule, least));
  },
};

function problems(rule: Json, least: number): Found[] {
  if (at(rule, "status") === "Disabled") return [];
  const name = quoted(at(rule, "id") ?? "");
  const expiration = at(rule, "expiration", 0);
  const days = noncurrentDays(rule);
  return [
    amount(at(expiration, "days")) > 0 || !isUnset(at(expiration, "date"))
      ? found("bucket-expiring", `The rule ${name} would have S3 delete states that are in use.`)
      : [],
    days > 0 && days < least
      ? found(
          "bucket-expiring",
          `The rule ${name} would have S3 delete older versions of states after ${days} days: they can be restored for ${least} days today.`,
        )
      : [],
    isUnset(at(rule, "transition")) && isUnset(at(rule, "noncurrent_version_transition"))
      ? []
      : found("bucket-expiring", `The rule ${name} would move states to where Terraform cannot read them at once.`),
  ].flat();
}

function noncurrentDays(rule: Json): number {
  return amount(at(rule, "noncurrent_version_expiration", 0, "noncurrent_days"));
}

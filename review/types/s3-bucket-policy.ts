import type { ResourceChange } from "../plan";
import { rightsOf, type Statement, statementsOf } from "../policy";
import { at, listed, UNKNOWN, type Value } from "../value";
import { type Attribute, type Found, found } from "./type";

/** Only denies: what it allows, others may do with states and the secrets in them. */
export const bucketPolicy: Attribute = {
  kind: "guarded",
  rule: "bucket-policy",
  required: true,
  finds: (from, to, { isNew, template, change }) => {
    const now = statementsOf(to === UNKNOWN ? template : to);
    if (now === undefined || (to === UNKNOWN && !isNew)) {
      return [found("bucket-policy", "Who may read and write states is only known once it is applied.")];
    }
    const old = isNew || from === UNKNOWN ? [] : (statementsOf(from) ?? []);
    const [before, after] = [rightsOf(old), rightsOf(now)];
    return [
      ...now
        .filter((one) => one.effect === "Allow" && !rightsOf([one]).every((right) => before.includes(right)))
        .map(allows),
      ...((isNew ? now.some((one) => isTlsOnly(one, change)) : denied(before).every((right) => after.includes(right)))
        ? []
        : [
            found(
              "bucket-policy",
              "States, with the secrets in them, could be read and written without encryption on the way.",
            ),
          ]),
      ...((
        isNew
          ? now.every((one) => one.effect === "Allow" || isTlsOnly(one, change))
          : denied(after).every((right) => before.includes(right))
      )
        ? []
        : [
            found(
              "bucket-policy",
              "More callers would be denied the states, perhaps Terraform itself: then nothing can be deployed.",
            ),
          ]),
    ];
  },
};

function denied(rights: readonly string[]): string[] {
  return rights.filter((right) => right.startsWith('["Deny"'));
}

function allows({ actions, principals }: Statement): Found {
  const who = principals.some((one) => one === "*" || one.endsWith(":*")) ? "Anyone" : listed(principals);
  return found(
    "bucket-policy",
    `${who} could do ${listed(actions)} with the states, and read the secret of every app client in them.`,
  );
}

/** Denies every action on the bucket and on its objects, for every principal, without TLS. */
function isTlsOnly(statement: Statement, change: ResourceChange): boolean {
  const { effect, principals, actions, resources, conditions, others } = statement;
  const [bucket = "", ...inside] = resources;
  return (
    effect === "Deny" &&
    ["*", "AWS:*"].includes(principals.join()) &&
    actions.join() === "s3:*" &&
    isArnOf(bucket, at(change.after, "bucket")) &&
    inside.join() === `${bucket}/*` &&
    conditions === '{Bool:{aws:SecureTransport:"false"}}' &&
    others.length === 0
  );
}

/** The bucket's ARN, or what the configuration says while it is not known. */
function isArnOf(arn: string, bucket: Value): boolean {
  if (/^\$\{aws_s3_bucket\.[\w-]+\.arn\}$/.test(arn)) return true;
  const [, named] = /^arn:[\w-]+:s3:::([^/*?]+)$/.exec(arn) ?? [];
  return named !== undefined && named === bucket;
}

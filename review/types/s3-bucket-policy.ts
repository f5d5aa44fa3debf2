import { rightsOf, type Statement, statementsOf } from "../policy";
import { listed, UNKNOWN } from "../value";
import { type Attribute, type Found, found } from "./type";

/** Only denies: what it allows, others may do with states and the secrets in them. */
export const bucketPolicy: Attribute = {
  kind: "guarded",
  rule: "bucket-policy",
  required: true,
  finds: (from, to, { isNew, template }) => {
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
      ...((isNew ? now.some(isTlsOnly) : before.every((right) => after.includes(right) || !right.startsWith('["Deny"')))
        ? []
        : [
            found(
              "bucket-policy",
              "States, with the secrets in them, could be read and written without encryption on the way.",
            ),
          ]),
      ...(isNew || after.every((right) => before.includes(right) || !right.startsWith('["Deny"'))
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

function allows({ actions, principals }: Statement): Found {
  const who = principals.some((one) => one === "*" || one.endsWith(":*")) ? "Anyone" : listed(principals);
  return found(
    "bucket-policy",
    `${who} could do ${listed(actions)} with the states, and read the secret of every app client in them.`,
  );
}

function isTlsOnly({ effect, conditions }: Statement): boolean {
  return effect === "Deny" && conditions === '{Bool:{aws:SecureTransport:"false"}}';
}

import { arn } from "../setting/kinds";
import type { Problem } from "../setting/problems";
import { regionProblems } from "../setting/regions";
import { optional } from "../setting/setting";

export const kmsKeyArn = arn(
  "kms",
  /key\/[A-Za-z0-9-]+/,
  "a KMS key ARN such as arn:aws:kms:eu-west-1:111122223333:key/1234abcd-…",
);

export const customerKeySettings = {
  kmsKeyArn: optional(kmsKeyArn, {
    doc: "customer managed key for logs, table and the functions' environment variables ([its policy](#a-customer-managed-key))",
    none: "keys that AWS manages",
  }),
};

/** A log group, table or function takes a key of its own Region only. */
export function customerKeyProblems(kmsKeyArn: string | undefined, region: string): Problem[] {
  return regionProblems(["kmsKeyArn"], kmsKeyArn, region, `a key of the Region ${region}`);
}

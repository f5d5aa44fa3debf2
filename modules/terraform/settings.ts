import { z } from "zod";
import { kmsKeyArn } from "../customer-key/settings";
import { region, text } from "../setting/kinds";
import { optional } from "../setting/setting";

/** "Tag your AWS resources", General Reference: 50 tags a resource, two of which this project sets itself. */
export const MOST_TAGS = 48;

const tags = z
  .record(
    text(
      /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu,
      "tag keys of 1 to 128 letters, digits, spaces or _ . : / = + - @, not starting with aws:",
    ).refine((key) => !["project", "environment"].includes(key.toLowerCase()), {
      error: "tag keys other than project and environment, in any letter case, which are set for you",
    }),
    text(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u, "tag values of up to 256 letters, digits, spaces or _ . : / = + - @"),
    { error: "tags as { key: value }" },
  )
  .refine((all) => Object.keys(all).length <= MOST_TAGS, { error: `at most ${MOST_TAGS} tags` });

export const providersSettings = {
  tags: optional(tags, {
    doc: "tags on everything; `project` and `environment` are always set",
    none: "the project's",
    source: '"Tag your AWS resources", General Reference',
  }),
  allowedAccountIds: optional(
    z
      .array(text(/^\d{12}$/, "a 12-digit AWS account id in quotes"), { error: "a list of 12-digit AWS account ids" })
      .min(1, { error: "a list of at least one 12-digit AWS account id" }),
    { doc: "accounts that Terraform may touch", none: "whichever the credentials belong to" },
  ),
};

const BUCKET =
  "an S3 bucket name: 3 to 63 lower-case letters, digits, dots and hyphens, a letter or digit at either end";

/** Where Terraform keeps a state. */
export const remoteStateSettings = {
  bucket: optional(text(/^(?!\d+\.\d+\.\d+\.\d+$)(?!xn--)[a-z0-9](?!.*\.\.)[a-z0-9.-]{1,61}[a-z0-9]$/, BUCKET), {
    doc: "bucket that holds the Terraform state",
    none: "`<project>-terraform-state`",
    source: '"Bucket naming rules", S3 user guide',
  }),
  region: optional(region, { doc: "Region of that bucket", none: "the Region of the project or environment" }),
  kmsKeyArn: optional(kmsKeyArn, {
    doc: "customer managed key that the state is encrypted with",
    none: "S3's own key",
  }),
};

import { isLost, type Rule } from "./rule";

export const bucketLost: Rule = {
  id: "bucket-lost",
  types: ["aws_s3_bucket"],
  finds: (change) =>
    isLost(change)
      ? "The bucket holds the state of every environment: without it Terraform knows nothing of what it has made."
      : undefined,
};

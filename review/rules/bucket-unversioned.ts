import { before, gives, isLost, type Rule } from "./rule";

const STATUS = ["versioning_configuration", 0, "status"];

/** Giving the resource up suspends versioning too. */
export const bucketUnversioned: Rule = {
  id: "bucket-unversioned",
  types: ["aws_s3_bucket_versioning"],
  finds: (change) =>
    gives("Enabled", change, ...STATUS) || (isLost(change) && before(change, ...STATUS) === "Enabled")
      ? "A state that is overwritten or deleted could no longer be restored."
      : undefined,
};

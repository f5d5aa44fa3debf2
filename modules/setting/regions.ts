import type { Problem } from "./problems";

/**
 * AWS's Regions by partition, as @aws-sdk/core lists them; a test compares. A name that only looks like a Region's cannot be
 * deployed to.
 */
const REGIONS = {
  aws: [
    ...["us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "ca-west-1", "mx-central-1"],
    ...[
      "eu-central-1",
      "eu-central-2",
      "eu-north-1",
      "eu-south-1",
      "eu-south-2",
      "eu-west-1",
      "eu-west-2",
      "eu-west-3",
    ],
    ...["ap-east-1", "ap-east-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-south-2"],
    ...["ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6"],
    ...["ap-southeast-7", "sa-east-1", "sa-west-1", "me-central-1", "me-south-1", "me-west-1", "il-central-1"],
    "af-south-1",
  ],
  "aws-cn": ["cn-north-1", "cn-northwest-1"],
  "aws-us-gov": ["us-gov-east-1", "us-gov-west-1"],
  "aws-iso": ["us-iso-east-1", "us-iso-west-1"],
  "aws-iso-b": ["us-isob-east-1", "us-isob-west-1"],
  "aws-iso-e": ["eu-isoe-west-1"],
  "aws-iso-f": ["us-isof-east-1", "us-isof-south-1"],
  "aws-eusc": ["eusc-de-east-1"],
} as const;

/** Every Region. */
export const ALL_REGIONS: readonly string[] = Object.values(REGIONS).flat();

/** The partition of a Region, as ARNs name it: `aws`, `aws-cn`, `aws-us-gov`, … Undefined for what is no Region. */
export function partitionOf(region: string): string | undefined {
  return Object.entries(REGIONS).find(([, regions]) => (regions as readonly string[]).includes(region))?.[0];
}

/** Whether an ARN is of a Region's partition. */
export function isOfPartition(arn: string, region: string): boolean {
  return arn.split(":")[1] === partitionOf(region);
}

/** Whether an ARN is of a Region and its partition; one without a Region, of its partition. */
export function isOfRegion(arn: string, region: string): boolean {
  const arnRegion = arn.split(":")[3];
  return isOfPartition(arn, region) && (arnRegion === "" || arnRegion === region);
}

/** What is wrong with an ARN that has to be of a Region and its partition. */
export function regionProblems(
  path: readonly PropertyKey[],
  arn: string | undefined,
  region: string,
  allowed: string,
): Problem[] {
  return arn === undefined || isOfRegion(arn, region) ? [] : [{ path, value: arn, allowed }];
}

/** What is wrong with a role that has to be of a Region's partition. */
export function roleProblems(path: readonly PropertyKey[], roleArn: string | undefined, region: string): Problem[] {
  return regionProblems(path, roleArn, region, `a role of the partition ${partitionOf(region)}`);
}

/**
 * Where CloudFront, and so a custom domain of a pool, takes its certificate from: "CustomDomainConfigType", Cognito API reference. Other partitions
 * than `aws` have no such Region.
 */
export const CERTIFICATE_REGION = "us-east-1";

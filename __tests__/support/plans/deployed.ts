import type { ProjectSettings } from "../../../settings/schema";
import type { Block } from "../stack";

const KEY = "arn:aws:kms:eu-west-1:000000000000:key/00000000-0000-0000-0000-000000000001";

/** What is deployed before the plans of the scenarios are made. */
export const SETTINGS: ProjectSettings = {
  project: "acme",
  region: "eu-west-1",
  environments: {
    prod: { applicationUrls: ["https://app.example.com"] },
    /** Everything that can be switched on. */
    full: {
      production: true,
      applicationUrls: ["https://app.example.com"],
      poolTier: "PLUS",
      federated: "link",
      identityProviders: ["Google"],
      messages: "neutral",
      migrateFrom: { userPoolId: "eu-west-1_OldPool01", clientId: "1example23456789" },
      reservedConcurrency: 10,
      kmsKeyArn: KEY,
      alarmTopicArn: "arn:aws:sns:eu-west-1:000000000000:on-call",
      dashboard: true,
    },
    /** Nothing of it is deployed. */
    fresh: { production: true, applicationUrls: ["https://app.example.com"] },
    /** Its first deployment ended before there was a pool. */
    half: { production: true, applicationUrls: ["https://app.example.com"] },
  },
};

/** How much of each stack is deployed: all of it, nothing, or what is named with all that it needs. */
export const DEPLOYED: Readonly<Record<string, "all" | "nothing" | readonly string[]>> = {
  state: "all",
  prod: "all",
  full: "all",
  fresh: "nothing",
  half: ["aws_lambda_function.pre_sign_up"],
};

/** Of all that belongs to the bucket, the provider waits longest for this. */
export function withoutLifecycle({ resource }: Block): void {
  delete resource.aws_s3_bucket_lifecycle_configuration;
}

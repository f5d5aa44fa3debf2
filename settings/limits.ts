/**
 * What AWS accepts, as data, so that a setting that cannot work is refused before anything is planned.
 * Each limit names the page of AWS's documentation that it comes from.
 */

/** Days a CloudWatch log group can keep its events: "PutRetentionPolicy", CloudWatch Logs API reference. */
export const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/**
 * Node.js runtimes that Lambda supports ("Lambda runtimes", developer guide), each with the first version of
 * hashicorp/aws that accepts it (its own validation; 6.19.0: hashicorp/terraform-provider-aws#44986).
 */
export const RUNTIMES = { "nodejs22.x": "5.100.0", "nodejs24.x": "6.19.0" } as const;

/** "Lambda instruction set architecture", Lambda developer guide. */
export const ARCHITECTURES = ["arm64", "x86_64"] as const;

/** Feature plans of a user pool: "User pool feature plans", Cognito developer guide. */
export const POOL_TIERS = ["LITE", "ESSENTIALS", "PLUS"] as const;

/** "ProviderName" of CreateIdentityProvider, Cognito API reference; COGNITO is the pool itself. */
export const IDENTITY_PROVIDER = /^(?!COGNITO$)[^_\p{Z}][\p{L}\p{M}\p{S}\p{N}\p{P}]{1,30}[^_\p{Z}]$/u;

/** "FunctionName" of CreateFunction, Lambda API reference, and "RoleName" of CreateRole, IAM API reference: characters. */
export const FUNCTION_NAME_LONGEST = 64;

/** "Lambda quotas", developer guide: all environment variables of a function, in bytes. */
export const ENVIRONMENT_VARIABLES_LONGEST = 4096;

/** Levels of the function's own log lines, most talkative first. */
export const LOG_LEVELS = ["DEBUG", "INFO", "WARN", "ERROR"] as const;

/** "Configure Lambda function memory", Lambda developer guide, in MB. */
export const MEMORY_SIZE = { min: 128, max: 10_240 } as const;

/** "CallbackURLs" and "LogoutURLs" of CreateUserPoolClient, Cognito API reference. */
export const CLIENT_URLS = { most: 100, longest: 1024, httpHosts: ["localhost", "127.0.0.1", "[::1]"] } as const;

/** Words that no Cognito domain prefix may contain: "Using the Amazon Cognito prefix domain", developer guide. */
export const RESERVED_IN_DOMAIN_PREFIX = ["aws", "amazon", "cognito"] as const;
export const DOMAIN_PREFIX_LONGEST = 63;

/** "Bucket naming rules", S3 user guide. */
export const BUCKET_NAME = /^(?!\d+\.\d+\.\d+\.\d+$)(?!xn--)[a-z0-9](?!.*\.\.)[a-z0-9.-]{1,61}[a-z0-9]$/;

/** "Tag your AWS resources", General Reference: 50 tags a resource, two of which this project sets itself. */
export const TAGS = {
  most: 48,
  key: /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu,
  value: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u,
};

/** "UserPoolId" and "ClientId" of AdminInitiateAuth, Cognito API reference; the id starts with the pool's Region. */
export const USER_POOL_ID = /^[a-z]{2,4}(?:-[a-z]+){1,2}-\d_[A-Za-z0-9]{1,40}$/;
export const CLIENT_ID = /^[\w+]{1,128}$/;

/** "RoleArn" and "ExternalId" of AssumeRole, STS API reference. */
export const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/;
export const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;

export const ACCOUNT_ID = /^\d{12}$/;
export const KMS_KEY_ARN = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/;
export const SNS_TOPIC_ARN = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}(?:\.fifo)?$/;

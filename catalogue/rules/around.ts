import { long, many, refused, refusedInProject, rule } from "./rule";

const KEY = (region: string) => `arn:aws:kms:${region}:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const TOPIC = (region: string) => `arn:aws:sns:${region}:111122223333:on-call`;
const migrateFrom = { userPoolId: "eu-west-1_OldPool01", clientId: "1oldclient" };
const role = (partition: string) => ({
  migrateFrom: { ...migrateFrom, roleArn: `arn:${partition}:iam::111122223333:role/reader` },
});
const QUOTAS = '"Lambda quotas", Lambda developer guide';
const TAGS = '"Tag your AWS resources", General Reference';
const providers = (count: number) => Object.keys(many(count, "", "AnIdentityProviderOfAcme")).map((name) => name);

export const around = [
  rule(
    "function-name-length",
    "Names of functions and roles have at most 64 characters.",
    '"FunctionName" of CreateFunction, Lambda API reference',
    refusedInProject(
      `environment "${long(20)}"`,
      { project: long(30), environments: { [long(20)]: { migrateFrom, domainPrefix: "acme" } } },
      { project: long(28), environments: { [long(20)]: { migrateFrom, domainPrefix: "acme" } } },
    ),
  ),
  rule(
    "runtime-needs-a-provider",
    "A runtime is one that hashicorp/aws knows: `nodejs24.x` raises the required version to 6.19.",
    "hashicorp/terraform-provider-aws#44986",
    refused("runtime", { runtime: "nodejs18.x" }, { runtime: "nodejs24.x" }),
  ),
  rule(
    "function-memory",
    "A function has 128 to 10,240 MB of memory.",
    QUOTAS,
    refused("memorySize", { memorySize: 127 }, { memorySize: 128 }),
  ),
  rule(
    "log-retention",
    "CloudWatch keeps logs for days of a fixed list.",
    '"PutRetentionPolicy", CloudWatch Logs API reference',
    refused("logRetentionDays", { logRetentionDays: 31 }, { logRetentionDays: 30 }),
  ),
  rule(
    "key-of-the-region",
    "A KMS key is of the environment's Region.",
    '"Multi-Region keys", KMS developer guide',
    refused("kmsKeyArn", { kmsKeyArn: KEY("us-east-1") }, { kmsKeyArn: KEY("eu-west-1") }),
  ),
  rule(
    "topic-of-the-region",
    "An alarm's topic is of the environment's Region.",
    "cds-snc/notification-terraform#128",
    refused("alarmTopicArn", { alarmTopicArn: TOPIC("us-east-1") }, { alarmTopicArn: TOPIC("eu-west-1") }),
  ),
  rule(
    "function-variables",
    "A function's environment variables have at most 4096 bytes.",
    QUOTAS,
    refused("identityProviders", { identityProviders: providers(160) }, { identityProviders: providers(20) }),
  ),
  rule(
    "most-tags",
    "A resource has at most 50 tags, two of which are `project` and `environment`.",
    TAGS,
    refusedInProject(
      'environment "dev", field "tags"',
      { tags: many(30, "x", "a"), environments: { dev: { tags: many(30, "x", "b") } } },
      { tags: many(24, "x", "a"), environments: { dev: { tags: many(24, "x", "b") } } },
    ),
  ),
  rule(
    "state-key-of-the-region",
    "The KMS key of the state is of its bucket's Region.",
    '"Multi-Region keys", KMS developer guide',
    refusedInProject(
      'project settings, field "state.kmsKeyArn"',
      { state: { kmsKeyArn: KEY("us-east-1") } },
      { state: { kmsKeyArn: KEY("eu-west-1") } },
    ),
  ),
  rule(
    "link-needs-providers",
    'Identities are linked (`federated: "link"`) only of providers that are named.',
    "AdminLinkProviderForUser, Cognito API reference",
    refused("federated", { federated: "link" }, { federated: "link", identityProviders: ["OktaEU"] }),
  ),
  rule(
    "old-pool-role-partition",
    "The role of another pool is of the same partition.",
    '"AssumeRole", STS API reference',
    refused("migrateFrom.roleArn", role("aws-cn"), role("aws")),
  ),
  rule(
    "region-exists",
    "A Region exists.",
    '"AWS Regions", General Reference',
    refused("region", { region: "eu-west-9" }, { region: "eu-west-3" }),
  ),
  rule(
    "reserved-concurrency",
    "A function reserves at least one run.",
    '"PutFunctionConcurrency", Lambda API reference',
    refused("reservedConcurrency", { reservedConcurrency: 0 }, { reservedConcurrency: 1 }),
  ),
  rule(
    "external-id-needs-a-role",
    "An external id is of a role.",
    '"AssumeRole", STS API reference',
    refused(
      "migrateFrom",
      { migrateFrom: { ...migrateFrom, externalId: "acme" } },
      { migrateFrom: { ...role("aws").migrateFrom, externalId: "acme" } },
    ),
  ),
  rule(
    "bucket-names",
    "The state's bucket has a name that S3 allows.",
    '"Bucket naming rules", S3 user guide',
    refusedInProject(
      'project settings, field "state.bucket"',
      { state: { bucket: "Acme_state" } },
      { state: { bucket: "acme-state" } },
    ),
  ),
  rule(
    "tag-keys",
    "Tags have keys and values that AWS allows.",
    TAGS,
    refused("tags.aws:owner", { tags: { "aws:owner": "identity" } }, { tags: { owner: "identity" } }),
  ),
  rule(
    "names-of-project-and-environment",
    "Names of project and environment make valid names of everything.",
    '"Bucket naming rules", S3 user guide; "FunctionName" of CreateFunction, Lambda API reference',
    refusedInProject('project settings, field "project"', { project: "Acme" }, { project: "acme" }),
  ),
  rule(
    "own-buckets-differ",
    "No two environments call the same bucket their own.",
    "two stacks would make it",
    refusedInProject(
      'environment "prod", field "state.bucket"',
      { environments: { dev: { state: { bucket: "acme-x" } }, prod: { state: { bucket: "acme-x" } } } },
      { environments: { dev: { state: { bucket: "acme-x" } }, prod: { state: { bucket: "acme-y" } } } },
    ),
  ),
];

import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";
import { FEDERATED, UNIQUENESS } from "../lambda/pre-sign-up/options";
import { MESSAGES } from "../lambda/trigger/messages";
import {
  ACCOUNT_ID,
  ARCHITECTURES,
  BUCKET_NAME,
  CLIENT_ID,
  CLIENT_URLS,
  DOMAIN_PREFIX_LONGEST,
  EXTERNAL_ID,
  IDENTITY_PROVIDER,
  KMS_KEY_ARN,
  LOG_LEVELS,
  LOG_RETENTION_DAYS,
  MEMORY_SIZE,
  POOL_TIERS,
  RESERVED_IN_DOMAIN_PREFIX,
  ROLE_ARN,
  RUNTIMES,
  SNS_TOPIC_ARN,
  TAGS,
  USER_POOL_ID,
} from "./limits";
import { ALL_REGIONS } from "./regions";

/*
 * What an adopter may write in environments.ts. Every message is the list of what is allowed: problems.ts puts the
 * environment, the field and the refused value in front of it.
 */

const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: values.join(", ") });

/** An object that has these fields and no other. */
const fields = <Shape extends z.core.$ZodLooseShape>(shape: Shape, allowed: string) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `the fields ${Object.keys(shape).join(", ")}${nearest(String(issue.keys[0]), Object.keys(shape))}`
        : allowed,
  });

/** The known name that an unknown one was probably meant to be. */
function nearest(name: string, known: readonly string[]): string {
  const guess = closest(
    name.toLowerCase(),
    known.map((field) => field.toLowerCase()),
  );
  const meant = known.find((field) => field.toLowerCase() === guess);
  return meant !== undefined && distance(name.toLowerCase(), guess) <= Math.ceil(name.length / 3)
    ? `. Is ${meant} meant?`
    : "";
}

const trueOrFalse = z.boolean({ error: "true or false" });

const text = (pattern: RegExp, allowed: string) => z.string({ error: allowed }).regex(pattern, { error: allowed });

const wholeNumber = (min: number, max: number, unit: string) => {
  const error = `a whole number of ${unit}, ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
};

/** True for what Cognito takes as a callback or logout URL: https, http on localhost, or an app's own scheme. */
function isClientUrl(value: string): boolean {
  if (value.length > CLIENT_URLS.longest || /[\s#]/u.test(value) || !URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  if (protocol === "http:") return CLIENT_URLS.httpHosts.some((host) => host === hostname);
  return protocol === "https:"
    ? hostname !== ""
    : !["javascript:", "data:", "file:", "about:", "blob:"].includes(protocol);
}

function isApplicationUrl(value: string): boolean {
  if (!isClientUrl(value)) return false;
  const { protocol, search, username } = new URL(value);
  return ["http:", "https:"].includes(protocol) && search === "" && username === "" && !value.includes("?");
}

const urls = (isAllowed: (value: string) => boolean, allowed: string) => {
  const list = `a list of 1 to ${CLIENT_URLS.most} different URLs: ${allowed}`;
  return z
    .array(z.string({ error: allowed }).refine(isAllowed, { error: allowed }), { error: list })
    .min(1, { error: list })
    .max(CLIENT_URLS.most, { error: list })
    .refine((all) => new Set(all).size === all.length, { error: list });
};

const APPLICATION_URL =
  "https://… or http://localhost…, without query or fragment (Cognito takes http only for localhost, 127.0.0.1 and [::1])";
const CLIENT_URL =
  "https://…, http://localhost… or an app's own scheme such as my-app://…, without fragment (Cognito takes http only for localhost, 127.0.0.1 and [::1])";

const DOMAIN_PREFIX =
  `1 to ${DOMAIN_PREFIX_LONGEST} lower-case letters, digits and hyphens, no hyphen at either end, ` +
  `and none of the words ${RESERVED_IN_DOMAIN_PREFIX.join(", ")}`;

export const domainPrefixSchema = z
  .string({ error: DOMAIN_PREFIX })
  .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/, { error: DOMAIN_PREFIX })
  .max(DOMAIN_PREFIX_LONGEST, { error: DOMAIN_PREFIX })
  .refine((prefix) => !RESERVED_IN_DOMAIN_PREFIX.some((word) => prefix.includes(word)), { error: DOMAIN_PREFIX });

type Runtime = keyof typeof RUNTIMES;

const REGION = "an AWS Region such as eu-west-1";
const region = z.string({ error: REGION }).refine((name) => ALL_REGIONS.includes(name), { error: REGION });

const tags = z
  .record(
    text(TAGS.key, "tag keys of 1 to 128 letters, digits, spaces or _ . : / = + - @, not starting with aws:").refine(
      (key) => !["project", "environment"].includes(key.toLowerCase()),
      { error: "tag keys other than project and environment, in any letter case, which are set for you" },
    ),
    text(TAGS.value, "tag values of up to 256 letters, digits, spaces or _ . : / = + - @"),
    { error: "tags as { key: value }" },
  )
  .refine((all) => Object.keys(all).length <= TAGS.most, { error: `at most ${TAGS.most} tags` });

const kmsKeyArn = text(KMS_KEY_ARN, "a KMS key ARN such as arn:aws:kms:eu-west-1:111122223333:key/1234abcd-…");

const BUCKET =
  "an S3 bucket name: 3 to 63 lower-case letters, digits, dots and hyphens, a letter or digit at either end";

export const stateSchema = fields(
  {
    /** Bucket that holds the Terraform state. @default `<project>-terraform-state` */
    bucket: text(BUCKET_NAME, BUCKET).optional(),
    /** Region of that bucket. @default the Region of whose bucket it is */
    region: region.optional(),
    /** Customer managed key that the state is encrypted with. @default S3's own key */
    kmsKeyArn: kmsKeyArn.optional(),
  },
  "{ bucket, region, kmsKeyArn }",
);

const ownState = stateSchema.refine(
  (own) => own.bucket !== undefined || Object.values(own).every((value) => value === undefined),
  {
    error: "a bucket of its own, if its Region or key are to differ from the project's",
  },
);

const PROVIDERS = "names of identity providers, as in aws_cognito_identity_provider";

const MESSAGE = "a text of 1 to 200 characters on one line";
const MESSAGES_ALLOWED = `"neutral", or { ${Object.keys(MESSAGES)[0]}: "…", … }`;
const messages = fields(
  Object.fromEntries(
    Object.keys(MESSAGES).map((reason) => [reason, text(/^[^\p{C}\p{Zl}\p{Zp}]{1,200}$/u, MESSAGE).optional()]),
  ) as {
    [reason in keyof typeof MESSAGES]: z.ZodOptional<z.ZodString>;
  },
  MESSAGES_ALLOWED,
);

const migrateFrom = fields(
  {
    /** The pool that accounts come from; its id says in which Region it is. */
    userPoolId: text(USER_POOL_ID, "a user pool id such as eu-west-1_AbCdEfGhI"),
    /** An app client of that pool, without a secret, with the flow ALLOW_ADMIN_USER_PASSWORD_AUTH and no other. */
    clientId: text(CLIENT_ID, "the id of an app client of that pool, such as 1example23456789"),
    /** Role of another account that may ask that pool. @default the function asks for itself, in its own account */
    roleArn: text(ROLE_ARN, "an IAM role ARN such as arn:aws:iam::111122223333:role/old-pool-reader").optional(),
    /** What that role's trust policy asks for. @default nothing */
    externalId: text(EXTERNAL_ID, "2 to 1224 letters, digits or _ + = , . @ : / -").optional(),
  },
  "{ userPoolId, clientId, roleArn, externalId }",
).refine(({ roleArn, externalId }) => roleArn !== undefined || externalId === undefined, {
  error: "an externalId only beside the roleArn that asks for it",
});

export const environmentSchema = fields(
  {
    /** People rely on it: self sign-up, long log retention, deletion protection. @default true for "prod" */
    production: trueOrFalse.optional(),
    /** Region of everything but the state. @default the project's Region */
    region: region.optional(),
    /** Anybody may sign up; otherwise administrators create the accounts. @default production */
    selfSignUp: trueOrFalse.optional(),
    /** AWS refuses to delete the pool until this is switched off and applied. @default production */
    deletionProtection: trueOrFalse.optional(),
    /** Where the application runs: callbacks are `<url>/auth`, logouts `<url>/logout`. @default http://localhost:3000 */
    applicationUrls: urls(isApplicationUrl, APPLICATION_URL).optional(),
    /** OAuth callback URLs; the first is the login URL's redirect. @default `<url>/auth` of each application URL */
    callbackUrls: urls(isClientUrl, CLIENT_URL).optional(),
    /** Where people may land after signing out. @default `<url>/logout` of each application URL */
    logoutUrls: urls(isClientUrl, CLIENT_URL).optional(),
    /** Hosted domain's prefix, unique per Region across all AWS accounts. @default `<project>-<environment>-v2` */
    domainPrefix: domainPrefixSchema.optional(),
    /** Feature plan of the pool, which sets its price. @default ESSENTIALS, as AWS does */
    poolTier: oneOf(POOL_TIERS).optional(),
    /** How identifiers are kept unique: by a reservation in a table, or by looking first only. @default reserved */
    uniqueness: oneOf(UNIQUENESS).optional(),
    /** A sign-up through an identity provider whose e-mail address another account has. @default refuse */
    federated: oneOf(FEDERATED).optional(),
    /** Identity providers of the pool that the app client offers beside the pool itself, by name. @default none */
    identityProviders: z
      .array(text(IDENTITY_PROVIDER, PROVIDERS), { error: `a list of ${PROVIDERS}` })
      .refine((all) => new Set(all).size === all.length, { error: `a list of different ${PROVIDERS}` })
      .optional(),
    /** What refused people read: "neutral", or texts of your own. @default the article's */
    messages: z.union([z.literal("neutral"), messages], { error: MESSAGES_ALLOWED }).optional(),
    /** The pool whose accounts move here when their owners first sign in or forget their password. @default none */
    migrateFrom: migrateFrom.optional(),
    /** Hours that an account which never confirmed keeps its e-mail address from others. @default 24 */
    unconfirmedHoldHours: wholeNumber(1, 8760, "hours").optional(),
    /** Level of the function's log. @default INFO in production, otherwise DEBUG */
    logLevel: oneOf(LOG_LEVELS).optional(),
    /** Days that the function's log is kept. @default 365 in production, otherwise 1 */
    logRetentionDays: z
      .literal(LOG_RETENTION_DAYS, { error: `days that CloudWatch Logs offers: ${LOG_RETENTION_DAYS.join(", ")}` })
      .optional(),
    /** Lambda runtime. @default nodejs22.x */
    runtime: oneOf(Object.keys(RUNTIMES) as [Runtime, ...Runtime[]]).optional(),
    /** Lambda memory in MB; CPU grows with it. @default 512 */
    memorySize: wholeNumber(MEMORY_SIZE.min, MEMORY_SIZE.max, "MB").optional(),
    /** Lambda instruction set. @default arm64 */
    architecture: oneOf(ARCHITECTURES).optional(),
    /** Runs of the function at once, taken from what the account has. @default as many as the account has left */
    reservedConcurrency: wholeNumber(1, 10_000, "runs").optional(),
    /** Trace sign-ups with X-Ray. @default true */
    tracing: trueOrFalse.optional(),
    /** Attach the layer named by SSM parameter `<project>-<environment>-lambda-layer-parameter`. @default false */
    lambdaLayer: trueOrFalse.optional(),
    /** Customer managed key for logs and the function's environment. @default keys that AWS manages */
    kmsKeyArn: kmsKeyArn.optional(),
    /** SNS topic that is told when the function fails closed, crashes or is throttled. @default no alarms */
    alarmTopicArn: text(
      SNS_TOPIC_ARN,
      "an SNS topic ARN such as arn:aws:sns:eu-west-1:111122223333:on-call",
    ).optional(),
    /** A CloudWatch dashboard of sign-ups, and of accounts that are taken over. @default false */
    dashboard: trueOrFalse.optional(),
    /** Added to, and winning over, the project's tags. @default none */
    tags: tags.optional(),
    /** Accounts that Terraform may touch. @default whichever the credentials belong to */
    allowedAccountIds: z
      .array(text(ACCOUNT_ID, "a 12-digit AWS account id in quotes"), { error: "a list of 12-digit AWS account ids" })
      .min(1, { error: "a list of at least one 12-digit AWS account id" })
      .optional(),
    /** Where this environment's state is kept. @default the project's bucket */
    state: ownState.optional(),
  },
  "an object of settings, {} for the defaults",
);

const PROJECT_NAME = "2 to 30 lower-case letters, digits and hyphens, starting with a letter, no hyphen at the end";
const ENVIRONMENT_NAME =
  "1 to 20 lower-case letters, digits and hyphens, starting with a letter, no hyphen at the end; not state or default";

const environmentName = text(/^[a-z](?:[a-z0-9-]{0,18}[a-z0-9])?$/, ENVIRONMENT_NAME)
  // "state" is the stack of the state bucket, "default" Terraform's workspace that cannot be deleted.
  .refine((name) => !/^state(?:-|$)/.test(name) && name !== "default", { error: ENVIRONMENT_NAME });

export const projectSchema = fields(
  {
    /** Starts the name of everything and is its `project` tag. */
    project: text(/^[a-z][a-z0-9-]{0,28}[a-z0-9]$/, PROJECT_NAME),
    /** Region of everything that does not say otherwise. */
    region,
    /** Tags on everything. @default none; `project` and `environment` are always set */
    tags: tags.optional(),
    /** Where Terraform keeps its state. */
    state: stateSchema.optional(),
    /** One entry per environment; `{}` takes every default. */
    environments: z
      .record(environmentName, environmentSchema, { error: "{ dev: {}, staging: {}, prod: {}, … }" })
      .refine((all) => Object.keys(all).length > 0, { error: "at least one environment" }),
  },
  "an object with project, region and environments",
);

/** What environments.ts exports. */
export type ProjectSettings = z.input<typeof projectSchema>;

/** What can be said of one environment; everything has a default. */
export type EnvironmentSettings = z.input<typeof environmentSchema>;

import { type Messages, NEUTRAL } from "../lambda/trigger/messages";
import type { EnvironmentSettings, ProjectSettings } from "./schema";

/** A bucket that holds Terraform state, and the stack that makes it. */
export interface StateBucketSettings {
  /** `state`, or `state-<environment>` for a bucket of an environment's own. */
  readonly stack: string;
  readonly bucket: string;
  readonly region: string;
  readonly kmsKeyArn?: string | undefined;
  /** Accounts that Terraform may touch. */
  readonly allowedAccountIds?: readonly string[] | undefined;
}

/** Fields that have no default because leaving them out means something. */
type Optional = "kmsKeyArn" | "allowedAccountIds" | "alarmTopicArn" | "reservedConcurrency" | "migrateFrom";
/** The field that only serves to derive others. */
type Derived = "applicationUrls";

/** One environment with every default filled in. */
export type Environment = Readonly<
  Complete<Omit<EnvironmentSettings, Optional | Derived | "messages" | "state" | "tags">> &
    Pick<EnvironmentSettings, Optional> & {
      project: string;
      name: string;
      state: StateBucketSettings;
      /** Texts that differ from the function's own. */
      messages: Partial<Messages>;
      /** Without `project` and `environment`, which the provider's default tags add. */
      tags: Readonly<Record<string, string>>;
    }
>;

type Complete<T> = { [K in keyof T]-?: Exclude<T[K], undefined> };

/** The settings of environments.ts, validated and complete. */
export interface Project {
  readonly name: string;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly environments: readonly Environment[];
  /** The project's bucket first, then those of environments that have their own. */
  readonly stateBuckets: readonly StateBucketSettings[];
}

/** Name of the stack that makes the project's bucket, and of its workspace. */
export const STATE_STACK = "state";

/** One environment of validated settings, with its defaults. */
export function complete(
  project: ProjectSettings,
  sharedState: StateBucketSettings,
  name: string,
  settings: EnvironmentSettings,
): Environment {
  const {
    production = name === "prod",
    applicationUrls = ["http://localhost:3000"],
    messages = {},
    state,
    tags,
    ...rest
  } = settings;
  const urls = applicationUrls.map((url) => url.replace(/\/+$/, ""));
  return {
    project: project.project,
    name,
    region: project.region,
    production,
    selfSignUp: production,
    deletionProtection: production,
    callbackUrls: urls.map((url) => `${url}/auth`),
    logoutUrls: urls.map((url) => `${url}/logout`),
    domainPrefix: `${project.project}-${name}-v2`,
    poolTier: "ESSENTIALS",
    uniqueness: "reserved",
    federated: "refuse",
    identityProviders: [],
    unconfirmedHoldHours: 24,
    logLevel: production ? "INFO" : "DEBUG",
    logRetentionDays: production ? 365 : 1,
    runtime: "nodejs22.x",
    memorySize: 512,
    architecture: "arm64",
    tracing: true,
    lambdaLayer: false,
    dashboard: false,
    ...defined(rest),
    messages: messages === "neutral" ? NEUTRAL : defined(messages),
    tags: { ...project.tags, ...tags },
    state: stateOf(sharedState, name, settings, project.region),
  };
}

/** The bucket of an environment: one of its own where it names another than the project's. */
function stateOf(
  shared: StateBucketSettings,
  name: string,
  { state, region, allowedAccountIds }: EnvironmentSettings,
  projectRegion: string,
): StateBucketSettings {
  if (state?.bucket === undefined || state.bucket === shared.bucket) return shared;
  const stack = `${STATE_STACK}-${name}`;
  return { stack, region: region ?? projectRegion, allowedAccountIds, ...defined(state), bucket: state.bucket };
}

/** A field that is present but undefined counts as left out. */
export function defined<T extends object>(fields: T | undefined): Defined<T> {
  return Object.fromEntries(Object.entries(fields ?? {}).filter(([, value]) => value !== undefined)) as Defined<T>;
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

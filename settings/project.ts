import { type Messages, NEUTRAL } from "../lambda/trigger/messages";
import { problem, problemsOf, SettingsError } from "./problems";
import { domainPrefixSchema, type EnvironmentSettings, type ProjectSettings, projectSchema } from "./schema";

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

/** Validates what environments.ts exports and fills in the defaults. Throws {@link SettingsError}. */
export function loadProject(input: unknown): Project {
  const parsed = projectSchema.safeParse(input);
  if (!parsed.success) throw new SettingsError(problemsOf(parsed.error, input));

  const { project: name, region, tags = {} } = parsed.data;
  const shared = {
    stack: STATE_STACK,
    bucket: `${name}-terraform-state`,
    region,
    ...defined(parsed.data.state),
  };
  const environments = Object.entries(parsed.data.environments).map(([key, settings]) =>
    complete(parsed.data, shared, key, settings),
  );
  const own = environments.map(({ state }) => state).filter(({ stack }) => stack !== STATE_STACK);
  const project: Project = { name, region, tags, environments, stateBuckets: [shared, ...own] };

  const problems = [...unusablePrefixes(project), ...sharedPrefixes(project), ...sharedBuckets(project)];
  if (problems.length > 0) throw new SettingsError(problems);
  return project;
}

function complete(
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

/** A prefix made of project and environment can break the same rules as one that was written. */
function unusablePrefixes({ environments }: Project): string[] {
  return environments.flatMap(({ name, domainPrefix }) => {
    const checked = domainPrefixSchema.safeParse(domainPrefix);
    return checked.success
      ? []
      : [problem(["environments", name, "domainPrefix"], domainPrefix, checked.error.issues[0]?.message ?? "")];
  });
}

function sharedPrefixes({ environments }: Project): string[] {
  return environments.flatMap(({ name, region, domainPrefix }, index) => {
    const other = environments.slice(0, index).find((e) => e.region === region && e.domainPrefix === domainPrefix);
    return other
      ? [
          problem(
            ["environments", name, "domainPrefix"],
            domainPrefix,
            `a prefix that ${JSON.stringify(other.name)} does not use`,
          ),
        ]
      : [];
  });
}

/** Two environments with one bucket of their own would each make it. */
function sharedBuckets({ environments }: Project): string[] {
  return environments.flatMap(({ name, state }, index) => {
    const other = environments
      .slice(0, index)
      .find((e) => e.state.bucket === state.bucket && e.state.stack !== state.stack);
    if (!other) return [];
    const allowed = `a bucket that ${JSON.stringify(other.name)} does not call its own, or the project's`;
    return [problem(["environments", name, "state", "bucket"], state.bucket, allowed)];
  });
}

/** A field that is present but undefined counts as left out. */
function defined<T extends object>(fields: T | undefined): Defined<T> {
  return Object.fromEntries(Object.entries(fields ?? {}).filter(([, value]) => value !== undefined)) as Defined<T>;
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

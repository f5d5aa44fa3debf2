import { type Messages, NEUTRAL } from "../lambda/pre-sign-up/messages";
import { problem, problemsOf, SettingsError } from "./problems";
import { domainPrefixSchema, type EnvironmentSettings, type ProjectSettings, projectSchema } from "./schema";

export type StateSettings = Readonly<{ bucket: string; region: string }>;

/** Fields that have no default because leaving them out means something. */
type Optional = "kmsKeyArn" | "allowedAccountIds" | "alarmTopicArn";
/** The field that only serves to derive others. */
type Derived = "applicationUrls";

/** One environment with every default filled in. */
export type Environment = Readonly<
  Complete<Omit<EnvironmentSettings, Optional | Derived | "messages" | "state" | "tags">> &
    Pick<EnvironmentSettings, Optional> & {
      project: string;
      name: string;
      state: StateSettings;
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
  readonly state: StateSettings;
  readonly tags: Readonly<Record<string, string>>;
  readonly environments: readonly Environment[];
}

/** Validates what environments.ts exports and fills in the defaults. Throws {@link SettingsError}. */
export function loadProject(input: unknown): Project {
  const parsed = projectSchema.safeParse(input);
  if (!parsed.success) throw new SettingsError(problemsOf(parsed.error, input));

  const { project: name, region, tags = {}, environments } = parsed.data;
  const state = { bucket: `${name}-terraform-state`, region, ...defined(parsed.data.state) };
  const project: Project = {
    name,
    region,
    state,
    tags,
    environments: Object.entries(environments).map(([key, settings]) => complete(parsed.data, state, key, settings)),
  };

  const problems = [...unusablePrefixes(project), ...sharedPrefixes(project)];
  if (problems.length > 0) throw new SettingsError(problems);
  return project;
}

function complete(
  project: ProjectSettings,
  projectState: StateSettings,
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
    lambdaLayer: false,
    dashboard: false,
    ...defined(rest),
    messages: messages === "neutral" ? NEUTRAL : defined(messages),
    tags: { ...project.tags, ...tags },
    state: { ...projectState, ...defined(state) },
  };
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

/** A field that is present but undefined counts as left out. */
function defined<T extends object>(fields: T | undefined): Defined<T> {
  return Object.fromEntries(Object.entries(fields ?? {}).filter(([, value]) => value !== undefined)) as Defined<T>;
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

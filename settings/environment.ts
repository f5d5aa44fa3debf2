import { type Complete, complete } from "../modules/setting/setting";
import { hasUsers } from "../modules/user-pool-client/has-users";
import { hasPages, withoutSlash } from "../modules/user-pool-client/settings";
import { clientSettings, type EnvironmentSettings, environmentSettings, type ProjectSettings } from "./schema";

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

/** One environment with every default filled in. */
export interface Environment
  extends Omit<Complete<typeof environmentSettings>, "applicationUrls" | "clients" | "region" | "state" | "tags"> {
  readonly project: string;
  readonly name: string;
  readonly region: string;
  /** The app clients beside the environment's own, by name. */
  readonly clients: Readonly<Record<string, Complete<typeof clientSettings>>>;
  readonly state: StateBucketSettings;
  /** Without `project` and `environment`, which the provider's default tags add. */
  readonly tags: Readonly<Record<string, string>>;
}

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

/** Name of an environment's user pool, and the prefix of its hosted domain, where its settings say no other. */
export function ownName(project: string, environment: string): string {
  return `${project}-${environment}-v2`;
}

/** One environment of validated settings, with its defaults. */
export function completeEnvironment(
  project: ProjectSettings,
  sharedState: StateBucketSettings,
  name: string,
  written: EnvironmentSettings,
): Environment {
  const production = written.production ?? name === "prod";
  const { applicationUrls, ...settings } = complete(environmentSettings, { ...written, production }, { production });
  const urls = applicationUrls.map(withoutSlash);
  return {
    ...settings,
    project: project.project,
    name,
    region: settings.region ?? project.region,
    ...(hasUsers(settings) && {
      callbackUrls: written.callbackUrls ?? urls.map((url) => `${url}/auth`),
      logoutUrls: written.logoutUrls ?? (hasPages(written) ? urls.map((url) => `${url}/logout`) : []),
    }),
    clients: Object.fromEntries(
      Object.entries(settings.clients ?? {}).map(([client, own]) => [
        client,
        complete(clientSettings, { ...own, clientName: own.clientName ?? `${project.project}-${name}-${client}` }),
      ]),
    ),
    clientName: written.clientName ?? `${project.project}-${name}`,
    userPoolName: written.userPoolName ?? ownName(project.project, name),
    domainPrefix: written.domainPrefix ?? ownName(project.project, name),
    tags: { ...project.tags, ...written.tags },
    state: stateOf(sharedState, name, written, project.region),
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
  const { bucket, kmsKeyArn } = state;
  const stack = `${STATE_STACK}-${name}`;
  return { stack, bucket, region: state.region ?? region ?? projectRegion, kmsKeyArn, allowedAccountIds };
}

import { type CommonOptions, fromCommonVariables, toCommonVariables } from "../trigger/options";

/** The pool that accounts come from, and how to get there. */
export interface MigrateFrom {
  readonly userPoolId: string;
  readonly clientId: string;
  /** Role to assume for every call to the old pool. @default the function's own */
  readonly roleArn?: string | undefined;
  readonly externalId?: string | undefined;
}

/** What the function is told by its environment variables, and nowhere else. */
export interface Options extends CommonOptions {
  readonly migrateFrom: MigrateFrom;
}

/** The environment variables that say these options. */
export function toVariables({ migrateFrom, ...common }: Options): Record<string, string> {
  return { ...toCommonVariables(common), MIGRATE_FROM: JSON.stringify(migrateFrom) };
}

/** The options that environment variables say. Throws where they cannot be read: the function then does not start. */
export function fromVariables(variables: NodeJS.ProcessEnv): Options {
  const { MIGRATE_FROM = "{}" } = variables;
  const migrateFrom = JSON.parse(MIGRATE_FROM);
  if (!migrateFrom?.userPoolId || !migrateFrom.clientId) throw new Error("MIGRATE_FROM names no pool and client.");
  return { ...fromCommonVariables(variables), migrateFrom };
}

/** The Region of a user pool: what its id starts with. */
export function regionOf(userPoolId: string): string {
  return userPoolId.slice(0, userPoolId.indexOf("_"));
}

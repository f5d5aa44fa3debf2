import type { Identifiers } from "../identity/account";
import { type CommonOptions, fromCommonVariables, toCommonVariables } from "../trigger/options";

/** The pool from which accounts are migrated, and how to access it. */
export interface MigrateFrom {
  readonly userPoolId: string;
  readonly clientId: string;
  /** Role to assume for every call to the old pool. @default the function's own */
  readonly roleArn?: string | undefined;
  readonly externalId?: string | undefined;
  /** Whether a username that the new pool does not accept becomes the account's old id. @default false */
  readonly renameToId?: boolean | undefined;
}

/** The function's options. Its environment variables are their only source. */
export interface Options extends CommonOptions {
  readonly migrateFrom: MigrateFrom;
}

/** The environment variables for these options. */
export function toVariables({ migrateFrom, ...common }: Options): Record<string, string> {
  return { ...toCommonVariables(common), MIGRATE_FROM: JSON.stringify(migrateFrom) };
}

/** The options in environment variables. Throws if they are invalid: the function then does not start. */
export function fromVariables(variables: NodeJS.ProcessEnv): Options & { readonly identifiers: Identifiers } {
  const { MIGRATE_FROM = "{}" } = variables;
  const migrateFrom = JSON.parse(MIGRATE_FROM);
  if (!migrateFrom?.userPoolId || !migrateFrom.clientId) throw new Error("MIGRATE_FROM names no pool and client.");
  return { ...fromCommonVariables(variables), migrateFrom };
}

/** The Region of a user pool, which is the prefix of its id. */
export function regionOf(userPoolId: string): string {
  return userPoolId.slice(0, userPoolId.indexOf("_"));
}

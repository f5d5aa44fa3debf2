/** The pool that accounts come from, and how to get there. */
export interface MigrateFrom {
  readonly userPoolId: string;
  readonly clientId: string;
  /** Role to assume for every call to the old pool. @default the function's own */
  readonly roleArn?: string | undefined;
  readonly externalId?: string | undefined;
}

/** What the function is told by its environment variables, and nowhere else. */
export interface Options {
  readonly logLevel: string;
  readonly unconfirmedHoldHours: number;
  /** Name of the new pool's table of reservations; without one the function only looks. */
  readonly reservationsTable?: string | undefined;
  readonly migrateFrom: MigrateFrom;
}

/** The environment variables that say these options. */
export function toVariables({
  logLevel,
  unconfirmedHoldHours,
  reservationsTable,
  migrateFrom,
}: Options): Record<string, string> {
  return {
    LOG_LEVEL: logLevel,
    UNCONFIRMED_HOLD_HOURS: String(unconfirmedHoldHours),
    MIGRATE_FROM: JSON.stringify(migrateFrom),
    ...(reservationsTable && { RESERVATIONS_TABLE: reservationsTable }),
  };
}

/** The options that environment variables say. Throws where they cannot be read: the function then does not start. */
export function fromVariables(variables: NodeJS.ProcessEnv): Options {
  const { LOG_LEVEL, UNCONFIRMED_HOLD_HOURS, RESERVATIONS_TABLE, MIGRATE_FROM = "{}" } = variables;
  const unconfirmedHoldHours = Number(UNCONFIRMED_HOLD_HOURS ?? 24);
  if (!(unconfirmedHoldHours >= 0)) throw new Error("UNCONFIRMED_HOLD_HOURS is no number of hours.");
  const migrateFrom = JSON.parse(MIGRATE_FROM);
  if (!migrateFrom?.userPoolId || !migrateFrom.clientId) throw new Error("MIGRATE_FROM names no pool and client.");
  return {
    logLevel: LOG_LEVEL ?? "INFO",
    unconfirmedHoldHours,
    reservationsTable: RESERVATIONS_TABLE || undefined,
    migrateFrom,
  };
}

/** The Region of a user pool: what its id starts with. */
export function regionOf(userPoolId: string): string {
  return userPoolId.slice(0, userPoolId.indexOf("_"));
}

/** What every function that keeps identifiers unique is told by its environment variables. */
export interface CommonOptions {
  readonly logLevel: string;
  /** Hours that an account which never confirmed keeps its e-mail address from others. */
  readonly unconfirmedHoldHours: number;
  /** Name of the table of reservations; without one the function only looks. */
  readonly reservationsTable?: string | undefined;
}

/** The environment variables that say these options. */
export function toCommonVariables({ logLevel, unconfirmedHoldHours, reservationsTable }: CommonOptions) {
  return {
    LOG_LEVEL: logLevel,
    UNCONFIRMED_HOLD_HOURS: String(unconfirmedHoldHours),
    ...(reservationsTable && { RESERVATIONS_TABLE: reservationsTable }),
  };
}

/** The options that environment variables say. Throws where they cannot be read: the function then does not start. */
export function fromCommonVariables(variables: NodeJS.ProcessEnv): CommonOptions {
  const { LOG_LEVEL, UNCONFIRMED_HOLD_HOURS, RESERVATIONS_TABLE } = variables;
  const unconfirmedHoldHours = Number(UNCONFIRMED_HOLD_HOURS ?? 24);
  if (!(unconfirmedHoldHours >= 0)) throw new Error("UNCONFIRMED_HOLD_HOURS is no number of hours.");
  return {
    logLevel: LOG_LEVEL ?? "INFO",
    unconfirmedHoldHours,
    reservationsTable: RESERVATIONS_TABLE || undefined,
  };
}

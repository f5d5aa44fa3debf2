/** The common options of every function that keeps identifiers unique. */
export interface CommonOptions {
  readonly logLevel: string;
  /** Hours for which an unconfirmed account holds its e-mail address. */
  readonly unconfirmedHoldHours: number;
  /** Name of the table of reservations; without one the function uses look-ups only. */
  readonly reservationsTable?: string | undefined;
}

/** The environment variables for these options. */
export function toCommonVariables({ logLevel, unconfirmedHoldHours, reservationsTable }: CommonOptions) {
  return {
    LOG_LEVEL: logLevel,
    UNCONFIRMED_HOLD_HOURS: String(unconfirmedHoldHours),
    ...(reservationsTable && { RESERVATIONS_TABLE: reservationsTable }),
  };
}

/** The options in environment variables. Throws if they are invalid: the function then does not start. */
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

import { DEFAULT_IDENTIFIERS, IDENTIFIERS, type Identifiers } from "../identity/account";

// The identifiers are what functions are told.
export { DEFAULT_IDENTIFIERS, type Identifiers } from "../identity/account";

/** The common options of every function that keeps identifiers unique. */
export interface CommonOptions {
  readonly logLevel: string;
  /** Hours for which an unconfirmed account holds its e-mail address and its phone number. */
  readonly unconfirmedHoldHours: number;
  /** Name of the table of reservations; without one the function uses look-ups only. */
  readonly reservationsTable?: string | undefined;
  /** The identifiers that the pool keeps unique. @default username and e-mail address, both required */
  readonly identifiers?: Identifiers | undefined;
}

/** The environment variables for these options. */
export function toCommonVariables({
  logLevel,
  unconfirmedHoldHours,
  reservationsTable,
  identifiers = DEFAULT_IDENTIFIERS,
}: CommonOptions) {
  const text = JSON.stringify(identifiers);
  return {
    LOG_LEVEL: logLevel,
    UNCONFIRMED_HOLD_HOURS: String(unconfirmedHoldHours),
    ...(reservationsTable && { RESERVATIONS_TABLE: reservationsTable }),
    ...(text !== JSON.stringify(DEFAULT_IDENTIFIERS) && { IDENTIFIERS: text }),
  };
}

/** The options in environment variables. Throws if they are invalid: the function then does not start. */
export function fromCommonVariables(variables: NodeJS.ProcessEnv): CommonOptions & {
  readonly identifiers: Identifiers;
} {
  const { LOG_LEVEL, UNCONFIRMED_HOLD_HOURS, RESERVATIONS_TABLE, IDENTIFIERS: text } = variables;
  const unconfirmedHoldHours = Number(UNCONFIRMED_HOLD_HOURS ?? 24);
  if (!(unconfirmedHoldHours >= 0)) throw new Error("UNCONFIRMED_HOLD_HOURS is no number of hours.");
  return {
    logLevel: LOG_LEVEL ?? "INFO",
    unconfirmedHoldHours,
    reservationsTable: RESERVATIONS_TABLE || undefined,
    identifiers: text === undefined ? DEFAULT_IDENTIFIERS : identifiersIn(text),
  };
}

function identifiersIn(text: string): Identifiers {
  const identifiers: unknown = JSON.parse(text);
  const entries = Object.entries(identifiers ?? {});
  const isKnown = ([name, presence]: [string, unknown]) =>
    IDENTIFIERS.some((known) => known === name) && (presence === "required" || presence === "optional");
  // Without one of these three, nothing would be unique.
  const isEnough = ["username", "email", "phone_number"].some((name) => entries.some(([one]) => one === name));
  if (!entries.every(isKnown) || !isEnough) throw new Error("IDENTIFIERS names no identifiers of a user pool.");
  return Object.fromEntries(entries);
}

import { MESSAGES, type Messages } from "./messages";

/** How identifiers are kept unique: by reserving them in a table, or by looking first only. */
export const UNIQUENESS = ["reserved", "directory"] as const;

/** What becomes of a sign-up through an identity provider whose e-mail address another account has. */
export const FEDERATED = ["refuse", "allow", "link"] as const;
export type Federated = (typeof FEDERATED)[number];

/** What the function is told by its environment variables, and nowhere else. */
export interface Options {
  readonly logLevel: string;
  /** Hours that an account which never confirmed keeps its e-mail address from others. */
  readonly unconfirmedHoldHours: number;
  /** Name of the table of reservations; without one the function only looks. */
  readonly reservationsTable?: string | undefined;
  readonly federated: Federated;
  /** Names of the pool's identity providers. */
  readonly identityProviders: readonly string[];
  /** Texts that differ from {@link MESSAGES}. */
  readonly messages: Partial<Messages>;
}

/** The environment variables that say these options; what is the default is left out. */
export function toVariables(options: Options): Record<string, string> {
  const { reservationsTable, federated, identityProviders, messages } = options;
  return {
    LOG_LEVEL: options.logLevel,
    UNCONFIRMED_HOLD_HOURS: String(options.unconfirmedHoldHours),
    ...(reservationsTable && { RESERVATIONS_TABLE: reservationsTable }),
    ...(federated !== "refuse" && { FEDERATED: federated }),
    ...(identityProviders.length > 0 && { IDENTITY_PROVIDERS: JSON.stringify(identityProviders) }),
    ...(Object.keys(messages).length > 0 && { MESSAGES: JSON.stringify(messages) }),
  };
}

/** The options that environment variables say. Throws where they cannot be read: the function then does not start. */
export function fromVariables(variables: NodeJS.ProcessEnv): Omit<Options, "messages"> & { messages: Messages } {
  const { LOG_LEVEL, UNCONFIRMED_HOLD_HOURS, RESERVATIONS_TABLE, FEDERATED: federated = "refuse" } = variables;
  const unconfirmedHoldHours = Number(UNCONFIRMED_HOLD_HOURS ?? 24);
  if (!(unconfirmedHoldHours >= 0)) throw new Error("UNCONFIRMED_HOLD_HOURS is no number of hours.");
  const known = FEDERATED.find((policy) => policy === federated);
  if (!known) throw new Error(`FEDERATED is none of ${FEDERATED.join(", ")}.`);
  return {
    logLevel: LOG_LEVEL ?? "INFO",
    unconfirmedHoldHours,
    reservationsTable: RESERVATIONS_TABLE || undefined,
    federated: known,
    identityProviders: JSON.parse(variables.IDENTITY_PROVIDERS ?? "[]"),
    messages: { ...MESSAGES, ...JSON.parse(variables.MESSAGES ?? "{}") },
  };
}

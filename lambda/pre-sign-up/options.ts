import type { Identifiers } from "../identity/account";
import { MESSAGES, type Messages } from "../trigger/messages";
import { type CommonOptions, fromCommonVariables, toCommonVariables } from "../trigger/options";

/** How identifiers are kept unique: by reservations in a table, or by look-ups only. */
export const UNIQUENESS = ["reserved", "directory"] as const;

/** What happens to a federated sign-up whose e-mail address another account has. */
export const FEDERATED = ["refuse", "allow", "link"] as const;
export type Federated = (typeof FEDERATED)[number];

/** The function's options. Its environment variables are their only source. */
export interface Options extends CommonOptions {
  readonly federated: Federated;
  /** Names of the pool's identity providers. */
  readonly identityProviders: readonly string[];
  /** Texts that differ from {@link MESSAGES}. */
  readonly messages: Partial<Messages>;
}

/** The environment variables for these options. Defaults are left out. */
export function toVariables(options: Options): Record<string, string> {
  const { federated, identityProviders, messages } = options;
  return {
    ...toCommonVariables(options),
    ...(federated !== "refuse" && { FEDERATED: federated }),
    ...(identityProviders.length > 0 && { IDENTITY_PROVIDERS: JSON.stringify(identityProviders) }),
    ...(Object.keys(messages).length > 0 && { MESSAGES: JSON.stringify(messages) }),
  };
}

/** The options in environment variables. Throws if they are invalid: the function then does not start. */
export function fromVariables(variables: NodeJS.ProcessEnv): Omit<Options, "messages" | "identifiers"> & {
  readonly identifiers: Identifiers;
  readonly messages: Messages;
} {
  const { FEDERATED: federated = "refuse" } = variables;
  const known = FEDERATED.find((policy) => policy === federated);
  if (!known) throw new Error(`FEDERATED is none of ${FEDERATED.join(", ")}.`);
  return {
    ...fromCommonVariables(variables),
    federated: known,
    identityProviders: JSON.parse(variables.IDENTITY_PROVIDERS ?? "[]"),
    messages: { ...MESSAGES, ...JSON.parse(variables.MESSAGES ?? "{}") },
  };
}

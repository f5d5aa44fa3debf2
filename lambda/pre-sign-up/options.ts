import { MESSAGES, type Messages } from "../trigger/messages";
import { type CommonOptions, fromCommonVariables, toCommonVariables } from "../trigger/options";

/** How identifiers are kept unique: by reserving them in a table, or by looking first only. */
export const UNIQUENESS = ["reserved", "directory"] as const;

/** What becomes of a sign-up through an identity provider whose e-mail address another account has. */
export const FEDERATED = ["refuse", "allow", "link"] as const;
export type Federated = (typeof FEDERATED)[number];

/** What the function is told by its environment variables, and nowhere else. */
export interface Options extends CommonOptions {
  readonly federated: Federated;
  /** Names of the pool's identity providers. */
  readonly identityProviders: readonly string[];
  /** Texts that differ from {@link MESSAGES}. */
  readonly messages: Partial<Messages>;
}

/** The environment variables that say these options; what is the default is left out. */
export function toVariables(options: Options): Record<string, string> {
  const { federated, identityProviders, messages } = options;
  return {
    ...toCommonVariables(options),
    ...(federated !== "refuse" && { FEDERATED: federated }),
    ...(identityProviders.length > 0 && { IDENTITY_PROVIDERS: JSON.stringify(identityProviders) }),
    ...(Object.keys(messages).length > 0 && { MESSAGES: JSON.stringify(messages) }),
  };
}

/** The options that environment variables say. Throws where they cannot be read: the function then does not start. */
export function fromVariables(variables: NodeJS.ProcessEnv): Omit<Options, "messages"> & { messages: Messages } {
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

import { z } from "zod";
import { FEDERATED, type Options, toVariables, UNIQUENESS } from "../../lambda/pre-sign-up/options";
import { MESSAGES, type Messages, NEUTRAL, NEUTRAL_WITH_PHONE } from "../../lambda/trigger/messages";
import { DEFAULT_IDENTIFIERS, type Identifiers } from "../../lambda/trigger/options";
import { bytesOf, variablesProblems } from "../bundled-function/settings";
import { fields, oneOf, text, wholeNumber } from "../setting/kinds";
import type { Problem } from "../setting/problems";
import { type Complete, optional, setting } from "../setting/setting";
import { userPoolClientSettings } from "../user-pool-client/settings";

const MESSAGE = "a text of 1 to 200 characters on one line";
const MESSAGES_ALLOWED = `"neutral", or { ${Object.keys(MESSAGES)[0]}: "…", … }`;
const ownMessages = fields(
  Object.fromEntries(
    Object.keys(MESSAGES).map((reason) => [
      reason,
      text(/^[^\p{C}\p{Zl}\p{Zp}]{1,200}$/u, MESSAGE)
        .optional()
        .meta({ leftOut: "the function's own" }),
    ]),
  ) as {
    [reason in keyof typeof MESSAGES]: z.ZodOptional<z.ZodString>;
  },
  MESSAGES_ALLOWED,
);

/** What both functions that keep identifiers unique are told. */
export const uniquenessSettings = {
  uniqueness: setting(oneOf(UNIQUENESS), {
    doc: "how identifiers are kept unique: `reserved` in a table, or `directory`, by looking first only ([both](docs/uniqueness.md))",
    default: "reserved",
  }),
  unconfirmedHoldHours: setting(wholeNumber(1, 8760, "hours"), {
    doc: "hours that an account which was never confirmed keeps its e-mail address and its phone number from others",
    default: 24,
  }),
  logLevel: setting(oneOf(["DEBUG", "INFO", "WARN", "ERROR"]), {
    doc: "level of the functions' log",
    default: "INFO",
    outsideProduction: "DEBUG",
  }),
};

export const preSignUpSettings = {
  ...uniquenessSettings,
  federated: setting(oneOf(FEDERATED), {
    doc: "a sign-up through an identity provider whose e-mail address another account has: `refuse`, `allow`, `link`",
    default: "refuse",
  }),
  identityProviders: userPoolClientSettings.identityProviders,
  messages: optional(z.union([z.literal("neutral"), ownMessages], { error: MESSAGES_ALLOWED }), {
    doc: 'what a refused user reads: `"neutral"`, or `{ emailTaken: "…", … }`',
    none: "texts that say what is taken",
  }),
};

type PreSignUpSettings = Complete<typeof preSignUpSettings>;

/** The texts that differ from the function's own. */
function textsOf(
  messages: PreSignUpSettings["messages"] = {},
  identifiers: Identifiers = DEFAULT_IDENTIFIERS,
): Partial<Messages> {
  if (messages === "neutral") return identifiers.phone_number ? NEUTRAL_WITH_PHONE : NEUTRAL;
  return JSON.parse(JSON.stringify(messages)) as Partial<Messages>;
}

/** The environment variables of the function. `poolsFunction` is the ARN of the one that it asks: lambda/pre-sign-up/with-pools-function.ts reads it. */
export function preSignUpVariables(
  settings: PreSignUpSettings,
  reservationsTable: string | undefined,
  identifiers?: Identifiers,
  poolsFunction?: string,
): Record<string, string> {
  const { federated, identityProviders, messages, logLevel, unconfirmedHoldHours } = settings;
  const options: Options = {
    ...{ federated, identityProviders, logLevel, unconfirmedHoldHours, reservationsTable, identifiers },
    messages: textsOf(messages, identifiers),
  };
  return { ...toVariables(options), ...(poolsFunction !== undefined && { POOLS_FUNCTION: poolsFunction }) };
}

/** What these settings must not be together, although each of them is allowed. */
export function preSignUpProblems(
  settings: PreSignUpSettings,
  reservationsTable: string | undefined,
  identifiers: Identifiers = DEFAULT_IDENTIFIERS,
): Problem[] {
  const { federated, identityProviders, messages = {} } = settings;
  const longest =
    bytesOf(textsOf(messages, identifiers)) >= bytesOf(identityProviders)
      ? { path: ["messages"], value: messages }
      : { path: ["identityProviders"], value: identityProviders };
  const linkedTo = "link only beside the identityProviders whose identities are linked; or refuse, allow";
  return [
    ...variablesProblems(preSignUpVariables(settings, reservationsTable, identifiers), longest),
    ...(federated === "link" && identityProviders.length === 0
      ? [{ path: ["federated"], value: federated, allowed: linkedTo }]
      : []),
    ...(federated === "link" && !identifiers.email
      ? [{ path: ["federated"], value: federated, allowed: "link only where users sign in with their e-mail address" }]
      : []),
  ];
}

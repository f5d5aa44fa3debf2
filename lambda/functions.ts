import { existsSync } from "node:fs";
import path from "node:path";

interface FunctionEntry {
  /** The file that exports `handler`. */
  readonly entry: string;
  /** The environment's setting that deploys the function. @default every environment has it */
  readonly setting?: "migrateFrom";
}

/**
 * Every function of this project, by name. Bundling, `npm run build`, synthesis, stacks and tests read this list: a new function is a folder and a
 * line here.
 */
export const FUNCTIONS = {
  "pre-sign-up": { entry: "lambda/pre-sign-up/index.ts" },
  "user-migration": { entry: "lambda/user-migration/index.ts", setting: "migrateFrom" },
} as const satisfies Record<string, FunctionEntry>;

/** Cognito's triggers, each with the name of its function: "Customizing user pool workflows with Lambda triggers", Cognito developer guide. */
export const TRIGGERS = {
  createAuthChallenge: "create-auth-challenge",
  customEmailSender: "custom-email-sender",
  customMessage: "custom-message",
  customSmsSender: "custom-sms-sender",
  defineAuthChallenge: "define-auth-challenge",
  postAuthentication: "post-authentication",
  postConfirmation: "post-confirmation",
  preAuthentication: "pre-authentication",
  preSignUp: "pre-sign-up",
  preTokenGeneration: "pre-token-generation",
  userMigration: "user-migration",
  verifyAuthChallengeResponse: "verify-auth-challenge-response",
} as const;

export type Trigger = keyof typeof TRIGGERS;
export type FunctionName = (typeof TRIGGERS)[Trigger];

export const TRIGGER_NAMES = Object.keys(TRIGGERS) as Trigger[];

/** A function that an environment deploys. */
export interface DeployedFunction {
  readonly trigger: Trigger;
  /**
   * A file of `triggers` in environments.ts, relative to the project's folder: it exports `handler`, or, for preSignUp, the `check` that runs after the
   * project's own. @default the project's own function
   */
  readonly file?: string | undefined;
}

/** The functions of this project, without a file of environments.ts. */
export const OWN_FUNCTIONS: readonly DeployedFunction[] = TRIGGER_NAMES.filter(
  (trigger) => TRIGGERS[trigger] in FUNCTIONS,
).map((trigger) => ({ trigger }));

/** The bundles that a package of this project brings with it, beside its code. There is no such folder in the repository. */
const PACKAGED = path.join(__dirname, "bundled");

/** Whether this code is an installed package. Otherwise it is the repository, and its folder is the working directory. */
export const IS_PACKAGE = existsSync(PACKAGED);

/** Where a function's bundle is: in the package, or where it is written, relative to the working directory. */
export function bundleFile({ trigger, file }: DeployedFunction): string {
  if (IS_PACKAGE && file === undefined) return path.join(PACKAGED, TRIGGERS[trigger], "index.js");
  return [".build/lambda", TRIGGERS[trigger], ...(file === undefined ? [] : [file]), "index.js"].join("/");
}

/** What decides which functions an environment deploys. */
export interface FunctionSettings {
  readonly migrateFrom?: unknown;
  readonly triggers?: { readonly [Name in Trigger]?: { readonly file?: string | undefined } | undefined } | undefined;
}

/** The functions that an environment with these settings deploys. */
export function deployedFunctions({ triggers = {}, ...settings }: FunctionSettings): DeployedFunction[] {
  const own = OWN_FUNCTIONS.filter(({ trigger }) => {
    const { setting }: FunctionEntry = FUNCTIONS[TRIGGERS[trigger] as keyof typeof FUNCTIONS];
    return setting === undefined || settings[setting] !== undefined;
  });
  const withFile = TRIGGER_NAMES.flatMap((trigger) => {
    const file = triggers[trigger]?.file;
    return file === undefined ? [] : [{ trigger, file }];
  });
  // With a check of an environment's own, the project's function is bundled together with it.
  return [...own.filter(({ trigger }) => !withFile.some((other) => other.trigger === trigger)), ...withFile];
}

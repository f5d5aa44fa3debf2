import { existsSync } from "node:fs";
import path from "node:path";

interface FunctionEntry {
  /** The file that exports `handler`. */
  readonly entry: string;
  /** The environment's setting that deploys the function. @default every environment has it */
  readonly setting?: "migrateFrom";
  /** The file that exports the `handler` which asks another function, such as the one that the pool called before. */
  readonly withPoolsFunction?: string;
}

/**
 * Every function of this project, by name. Bundling, `npm run build`, synthesis, stacks and tests read this list: a new function is a folder and a
 * line here.
 */
export const FUNCTIONS = {
  "pre-sign-up": {
    entry: "lambda/pre-sign-up/index.ts",
    withPoolsFunction: "lambda/pre-sign-up/with-pools-function.ts",
  },
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
  /** The project's own function, which asks another one after its own check. @default false */
  readonly withPoolsFunction?: true | undefined;
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
export function bundleFile({ trigger, file, withPoolsFunction }: DeployedFunction): string {
  const folder = IS_PACKAGE && file === undefined ? PACKAGED : ".build/lambda";
  const variant = withPoolsFunction ? "with-pools-function" : file;
  return [folder, TRIGGERS[trigger], ...(variant === undefined ? [] : [variant]), "index.js"].join("/");
}

/** What decides which functions an environment deploys. */
export interface FunctionSettings {
  readonly migrateFrom?: unknown;
  readonly existingPool?: { readonly userPoolId: string; readonly preSignUp?: string | undefined } | undefined;
  readonly triggers?:
    | {
        readonly [Name in Trigger]?:
          | { readonly file?: string | undefined; readonly functionArn?: string | undefined }
          | undefined;
      }
    | undefined;
}

/** ARN of the function that the project's own one asks once it has admitted a sign-up; undefined where there is none. */
export function askedFunction({ existingPool, triggers }: FunctionSettings): string | undefined {
  return existingPool?.preSignUp ?? triggers?.preSignUp?.functionArn;
}

/** The functions that an environment with these settings deploys. */
export function deployedFunctions(settings: FunctionSettings): DeployedFunction[] {
  const { triggers = {} } = settings;
  const asksPools = askedFunction(settings) !== undefined;
  const own = OWN_FUNCTIONS.filter(({ trigger }) => {
    const { setting }: FunctionEntry = FUNCTIONS[TRIGGERS[trigger] as keyof typeof FUNCTIONS];
    return setting === undefined || settings[setting] !== undefined;
  }).map((fn): DeployedFunction => (asksPools && fn.trigger === "preSignUp" ? { ...fn, withPoolsFunction: true } : fn));
  const withFile = TRIGGER_NAMES.flatMap((trigger) => {
    const file = triggers[trigger]?.file;
    return file === undefined ? [] : [{ trigger, file }];
  });
  // With a check of an environment's own, the project's function is bundled together with it.
  return [...own.filter(({ trigger }) => !withFile.some((other) => other.trigger === trigger)), ...withFile];
}

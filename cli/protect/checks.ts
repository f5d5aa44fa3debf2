import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import type { Identifiers } from "../../lambda/identity/account";
import { fromVariables } from "../../lambda/pre-sign-up/options";
import type { VerifyReport } from "../../migration/reservations/verify";
import { preSignUpVariables } from "../../modules/pre-sign-up/settings";
import { functionSettings } from "../../modules/unique-user-pool/settings";
import { identifiersOf } from "../../modules/user-pool/identifiers";
import type { Environment } from "../../settings/project";

/** A statement of a function's policy. */
export interface Statement {
  readonly Effect?: string;
  readonly Principal?: { readonly Service?: string } | string;
  readonly Action?: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface Protection {
  /** Of the environment. */
  readonly name: string;
  readonly environment: Environment;
  readonly pool: UserPoolType;
  /** Of the function's policy. */
  readonly statements: readonly Statement[];
  /** The deployed function's environment variables. */
  readonly variables: Readonly<Record<string, string>>;
  readonly functionArn: string;
  /** Name of the deployed table, if there is one. */
  readonly reservationsTable: string | undefined;
  /** How the accounts compare with the table: of a pool that tells letter case apart, if the function has a table. */
  readonly comparison: Pick<VerifyReport, "missing" | "foreign" | "damaged"> | undefined;
}

export interface Check {
  readonly isFine: boolean;
  readonly text: string;
}

const fine = (text: string): Check => ({ isFine: true, text });
const wrong = (text: string): Check => ({ isFine: false, text });

/** Whether a pool is protected: its trigger, and all that has to be right before it is added. What is deployed decides, not what the settings say. */
export function checks(protection: Protection): { readonly others: readonly Check[]; readonly trigger: Check } {
  return {
    others: [
      permission(protection),
      ...identifiers(protection),
      deployed(protection),
      letterCase(protection),
      poolsFunction(protection),
    ],
    trigger: trigger(protection),
  };
}

/** What the deployed function keeps unique, and what is wrong with the settings that would be deployed next. */
function identifiers({ pool, variables, environment }: Protection): readonly Check[] {
  const now = keptBy(variables);
  if (now === undefined)
    return [wrong("The deployed function does not start: its environment variables are not valid.")];
  const found = [...uniqueness(pool, now), ...presence(pool, now)];
  const next = identifiersOf(environment);
  const coming = [...uniqueness(pool, next), ...presence(pool, next)].filter(
    ({ isFine, text }) => !isFine && !found.some((one) => one.text === text),
  );
  return [...found, ...coming.map(({ text }) => wrong(`Once the settings are deployed: ${text}`))];
}

function keptBy(variables: Protection["variables"]): Identifiers | undefined {
  try {
    return fromVariables(variables).identifiers;
  } catch {
    return undefined;
  }
}

/** The function's own variables; others may have been added in `customize`. POOLS_FUNCTION has a check of its own. */
export const VARIABLES = [
  ...["LOG_LEVEL", "UNCONFIRMED_HOLD_HOURS", "RESERVATIONS_TABLE", "IDENTIFIERS"],
  ...["FEDERATED", "IDENTITY_PROVIDERS", "MESSAGES"],
];

/** Whether the function was deployed with these settings. */
function deployed({ variables, environment, reservationsTable }: Protection): Check {
  const table = environment.uniqueness === "reserved" ? (reservationsTable ?? "") : undefined;
  const expected: Protection["variables"] = {
    ...preSignUpVariables(functionSettings(environment), table, identifiersOf(environment)),
    ...(table !== undefined && { RESERVATIONS_TABLE: table }),
  };
  const different = VARIABLES.filter((variable) => variables[variable] !== expected[variable]);
  return different.length === 0
    ? fine("The function is deployed with these settings.")
    : wrong(
        `The deployed function differs from the settings in ${different.join(", ")}. Deploy the environment first.`,
      );
}

function trigger({ pool, functionArn }: Protection): Check {
  const called = pool.LambdaConfig?.PreSignUp;
  if (called === functionArn) return fine("The pool calls the function before each sign-up.");
  return wrong(
    called === undefined
      ? "The pool calls no function before a sign-up."
      : `The pool calls ${called} before a sign-up, not the function.`,
  );
}

function permission({ pool, statements }: Protection): Check {
  const account = pool.Arn?.split(":")[4];
  const isOfPool = ({ Effect, Principal, Action, Condition = {} }: Statement) =>
    Effect === "Allow" &&
    typeof Principal === "object" &&
    Principal.Service === "cognito-idp.amazonaws.com" &&
    Action === "lambda:InvokeFunction" &&
    Condition.ArnLike?.["AWS:SourceArn"] === pool.Arn &&
    [undefined, account].includes(Condition.StringEquals?.["AWS:SourceAccount"]);
  return statements.some(isOfPool)
    ? fine("The pool may call the function.")
    : wrong("The pool may not call the function: every sign-up would be refused. Deploy the environment again.");
}

/** What users of the pool type to sign in. */
function signInNames({ UsernameAttributes = [], AliasAttributes = [] }: UserPoolType): readonly string[] {
  return UsernameAttributes.length > 0 ? UsernameAttributes : ["username", ...AliasAttributes];
}

/** The setting that says the same. */
function settingOf({ UsernameAttributes = [], AliasAttributes = [] }: UserPoolType): string {
  return UsernameAttributes.length > 0
    ? `usernameAttributes: ${JSON.stringify(UsernameAttributes)}`
    : `aliasAttributes: ${JSON.stringify(AliasAttributes)}`;
}

function uniqueness(pool: UserPoolType, identifiers: Identifiers): Check[] {
  const kept = Object.keys(identifiers);
  const names = signInNames(pool);
  const advice = `Set ${settingOf(pool)}.`;
  return [
    ...names.map((name) =>
      kept.includes(name)
        ? fine(`Users sign in with ${name}, which is kept unique.`)
        : wrong(`Users sign in with ${name}, which is not kept unique. ${advice}`),
    ),
    ...kept
      .filter((name) => !names.includes(name))
      .map((name) =>
        // A username that Cognito makes says nothing of its user; the others are a choice.
        name === "username"
          ? wrong(`Users have no username of their own: Cognito makes it. ${advice}`)
          : fine(`${name} is kept unique, too, although users do not sign in with it.`),
      ),
  ];
}

/** What the function requires of each sign-up, and the pool does not. */
function presence(pool: UserPoolType, identifiers: Identifiers): Check[] {
  const { UsernameAttributes = [], SchemaAttributes = [] } = pool;
  const isOnly = (name: string) => UsernameAttributes.length === 1 && UsernameAttributes[0] === name;
  return Object.entries(identifiers).flatMap(([name, is]) => {
    const isRequired = SchemaAttributes.some((attribute) => attribute.Name === name && attribute.Required);
    if (name === "username" || is !== "required" || isRequired || isOnly(name)) return [];
    return [
      wrong(
        `The pool takes sign-ups without ${name}, the function would refuse them. Set standardAttributes: { ${name}: { required: false } }.`,
      ),
    ];
  });
}

/** "UsernameConfigurationType", Cognito API reference: a pool tells letter case apart where nothing is said. */
export function tellsCaseApart({ UsernameConfiguration }: UserPoolType): boolean {
  return UsernameConfiguration?.CaseSensitive !== false;
}

function letterCase({ name, pool, comparison }: Protection): Check {
  if (!tellsCaseApart(pool)) return fine("The pool does not tell letter case apart.");
  if (comparison === undefined) {
    return wrong(
      'The pool tells letter case apart, and a look-up of "ana" does not find "Ana". Set uniqueness: "reserved", and run the backfill.',
    );
  }
  const { missing, foreign, damaged } = comparison;
  const open = missing + foreign + damaged.length;
  return open === 0
    ? fine("The pool tells letter case apart, and what its accounts have is reserved.")
    : wrong(
        `The pool tells letter case apart, and ${open} identifiers of its accounts are not reserved: a sign-up in another letter case would get them. Run \`npm run reservations -- backfill ${name} --apply\`.`,
      );
}

/** The function that the pool calls, or called, before a sign-up. */
function poolsFunction({ pool, functionArn, variables, environment }: Protection): Check {
  const called = pool.LambdaConfig?.PreSignUp;
  const named = environment.existingPool?.preSignUp;
  const asked = variables.POOLS_FUNCTION;
  if (called?.startsWith(`${functionArn}:`)) {
    return wrong(`The pool calls ${called}, a version or an alias of the function: it must be ${functionArn}.`);
  }
  if (called !== undefined && called !== functionArn && called !== named) {
    return wrong(
      `The pool calls ${called}, which existingPool.preSignUp does not name: it would no longer be called. Set preSignUp: ${JSON.stringify(called)}.`,
    );
  }
  if (asked !== named) {
    return wrong(
      `The deployed function asks ${asked ?? "no other function"}, existingPool.preSignUp is ${named ?? "not set"}.`,
    );
  }
  return fine(named === undefined ? "The function asks no other function." : `The function asks ${named}, too.`);
}

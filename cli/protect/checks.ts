import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
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
  readonly pool: UserPoolType;
  /** Of the function's policy. */
  readonly statements: readonly Statement[];
  /** The deployed function's environment variables. */
  readonly variables: Readonly<Record<string, string>>;
  readonly functionArn: string;
  readonly environment: Pick<
    Environment,
    "existingPool" | "aliasAttributes" | "usernameAttributes" | "standardAttributes" | "uniqueness"
  >;
}

export interface Check {
  readonly isFine: boolean;
  readonly text: string;
}

const fine = (text: string): Check => ({ isFine: true, text });
const wrong = (text: string): Check => ({ isFine: false, text });

/** Whether a pool is protected: its trigger, and all that has to be right before it is added. */
export function checks(protection: Protection): { readonly others: readonly Check[]; readonly trigger: Check } {
  return {
    others: [
      permission(protection),
      ...identifiers(protection),
      ...presence(protection),
      letterCase(protection),
      poolsFunction(protection),
    ],
    trigger: trigger(protection),
  };
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

function identifiers({ pool, environment }: Protection): Check[] {
  const kept: readonly string[] = Object.keys(identifiersOf(environment));
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
function presence({ pool, environment }: Protection): Check[] {
  const { UsernameAttributes = [], SchemaAttributes = [] } = pool;
  const isOnly = (name: string) => UsernameAttributes.length === 1 && UsernameAttributes[0] === name;
  return Object.entries(identifiersOf(environment)).flatMap(([name, is]) => {
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
function letterCase({ pool, environment }: Protection): Check {
  if (pool.UsernameConfiguration?.CaseSensitive === false) return fine("The pool does not tell letter case apart.");
  return environment.uniqueness === "reserved"
    ? fine(
        "The pool tells letter case apart, reservations do not: an account whose name or address has capitals is protected once `npm run reservations -- backfill` has reserved them.",
      )
    : wrong(
        'The pool tells letter case apart, and a look-up of "ana" does not find "Ana". Set uniqueness: "reserved", and run the backfill.',
      );
}

/** The function that the pool calls, or called, before a sign-up. */
function poolsFunction({ pool, functionArn, variables, environment }: Protection): Check {
  const called = pool.LambdaConfig?.PreSignUp;
  const named = environment.existingPool?.preSignUp;
  const asked = variables.POOLS_FUNCTION;
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

import { isList, isObject, type Json, type JsonObject, parsedText } from "../json";
import { amount, at, currentOf, isUnset, knownValues, presentOf, quoted, UNKNOWN, type Value } from "../value";
import { existingPool, existingPreSignUp } from "./existing-pool";
import { isOfEnvironment } from "./functions";
import { strangePlaces } from "./message-texts";
import { type At, type Attribute, type Found, found } from "./type";
import { signInAttributes } from "./user-pool-schema";

/** What one environment variable of a function does, and how it may change. */
interface Variable {
  readonly kind: Attribute["kind"];
  readonly why: string;
  readonly isFine: (from: Value, to: Value, at: At) => boolean;
}

/** From the safest to the least safe: "refuse" is what is done where nothing is said. */
const FEDERATED: readonly Value[] = ["refuse", "link", "allow"];

const LEVELS: readonly Value[] = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];

/** Options of `lambda/<name>/options.ts`. */
export const VARIABLES: Readonly<Record<string, Variable>> = {
  LOG_LEVEL: { kind: "free", why: "It is no level of the log.", isFine: (_, to) => isUnset(to) || LEVELS.includes(to) },
  UNCONFIRMED_HOLD_HOURS: {
    kind: "free",
    why: "Accounts that never confirmed would keep an e-mail address from its owner for ever, or give it up at once.",
    isFine: (_, to) => isUnset(to) || (amount(to) >= 1 && amount(to) <= 8760),
  },
  MESSAGES: {
    kind: "free",
    why: "It is no list of texts, or sends people who are refused to a host that no client of the pool uses.",
    isFine: (from, to, { isNew, plan, change }) => {
      if (isUnset(to) || (isNew && change.importing === undefined)) return isUnset(to) || isTexts(parsed(to));
      const old = strangePlaces(parsed(from), plan);
      return isTexts(parsed(to)) && strangePlaces(parsed(to), plan).every((place) => old.includes(place));
    },
  },
  RESERVATIONS_TABLE: {
    kind: "guarded",
    why: "Without its table of reservations, or with another one, the function no longer tells sign-ups at the same moment apart: one person can have two accounts.",
    isFine: (from, to, { plan }) =>
      isUnset(from) && typeof to === "string" && knownValues(plan, "aws_dynamodb_table", "name").includes(to),
  },
  IDENTIFIERS: {
    kind: "safer",
    why: "Sign-ups would no longer be compared by all that users sign in with: one person can have two accounts.",
    // Another identifier is unique from then on; accounts that have it already are looked up (docs/uniqueness.md).
    isFine: (from, to, { isNew, plan }) => {
      const [old, now] = [identifiersIn(from), identifiersIn(to)];
      if (old === undefined || now === undefined) return false;
      const pools = [...currentOf(plan, "aws_cognito_user_pool"), { after: existingPool(plan) }];
      const names = pools.flatMap((pool) => signInAttributes(pool));
      const kept = isNew ? [] : Object.keys(old);
      return (
        [...names, ...kept].every((name) => now[name] !== undefined) &&
        kept.every((name) => old[name] !== "required" || now[name] === "required")
      );
    },
  },
  POOLS_FUNCTION: {
    kind: "guarded",
    why: "Another function than the one that the pool called before would be asked about each sign-up, and be sent the user's name and e-mail address; or that one no longer is.",
    isFine: (from, to, { plan }) => isUnset(from) && typeof to === "string" && to === existingPreSignUp(plan),
  },
  FEDERATED: {
    kind: "safer",
    why: "A sign-up through an identity provider that says it has another account's e-mail address would no longer be refused: that is a second account, or a way into the first one.",
    isFine: (_, to, { isNew }) => isUnset(to) || to === "refuse" || (isNew && FEDERATED.includes(to)),
  },
  IDENTITY_PROVIDERS: {
    kind: "guarded",
    why: "Sign-ups are linked to accounts that are there: another identity provider could take over any account by saying that it has its e-mail address.",
    isFine: (_, to, { change, isNew }) => {
      if (!isUnset(to) && !isList(parsed(to))) return false;
      const policies = [change.before, change.after].map((side) =>
        at(side, "environment", 0, "variables", "FEDERATED"),
      );
      return isNew || !policies.includes("link");
    },
  },
  MIGRATE_FROM: {
    kind: "guarded",
    why: "The function would believe another pool: accounts and e-mail addresses of that pool count as proved here, and passwords that people type here are sent there.",
    isFine: (_, to, { isNew, plan }) => {
      const old = parsed(to);
      const isRunning = presentOf(plan, "aws_cognito_user_pool").length > 0;
      return (
        isNew &&
        isTexts(old) &&
        !isUnset(old.userPoolId) &&
        !isUnset(old.clientId) &&
        (isUnset(old.roleArn) || !isRunning)
      );
    },
  },
};

/** What a function keeps unique; undefined where it would not start. */
function identifiersIn(value: Value): JsonObject | undefined {
  if (isUnset(value)) return { username: "required", email: "required" };
  const identifiers = parsed(value);
  const isKnown = ([name, presence]: [string, unknown]) =>
    ["username", "email", "phone_number", "preferred_username"].includes(name) &&
    (presence === "required" || presence === "optional");
  return isObject(identifiers) && Object.entries(identifiers).every(isKnown) ? identifiers : undefined;
}

/** What the JSON in a variable says. The function does not start where it cannot be read: every sign-up is refused. */
function parsed(value: Value): Json | undefined {
  return value === UNKNOWN ? undefined : parsedText(value);
}

function isTexts(value: Json | undefined): value is JsonObject {
  return isObject(value) && Object.values(value).every((text) => typeof text === "string");
}

/** Variables that Lambda, Node.js and the AWS SDK read themselves. */
const ELSEWHERE: ReadonlyArray<readonly [name: RegExp, why: string]> = [
  [
    /^AWS_ENDPOINT_URL/,
    "The function would ask another server than AWS, which can admit anyone, and sees every address that is asked for.",
  ],
  [/^(?:NODE_|AWS_LAMBDA_EXEC_WRAPPER$|LD_)/, "Other code would run before, or instead of, the function's own."],
  [
    /^AWS_(?:ACCESS|SECRET|SESSION|PROFILE|CONFIG|SHARED|ROLE|WEB)/,
    "The function would act with other credentials than its role's.",
  ],
];

/** Each variable is judged by its name; the names are the function's own. */
export const variables: Attribute = {
  kind: "guarded",
  rule: "function-variables",
  finds: (_, to, where) => {
    const { change } = where;
    if (to === UNKNOWN && at(change.after, "environment", 0, "variables") === undefined) {
      return [
        found("function-variables", "What the function is told by its variables is only known once it is applied."),
      ];
    }
    // What a function that is taken over was told elsewhere is judged like all that a new one is told.
    const [old, now] = [
      where.isNew ? undefined : at(change.before, "environment", 0, "variables"),
      at(change.after, "environment", 0, "variables"),
    ];
    const unknown = at(change.afterUnknown, "environment", 0, "variables");
    const names = [...new Set([old, now, unknown].flatMap((side) => Object.keys(side ?? {})))].sort();
    return names.flatMap((name) => {
      const value = at(unknown, name) === true ? UNKNOWN : at(now, name);
      return judged(name, at(old, name), value, where);
    });
  },
};

function judged(name: string, from: Value, to: Value, where: At): Found[] {
  if (from === to || (isUnset(from) && isUnset(to))) return [];
  const known = Object.hasOwn(VARIABLES, name) ? VARIABLES[name] : undefined;
  if (known)
    return to !== UNKNOWN && known.isFine(from, to, where)
      ? []
      : [found("function-variables", `${name}: ${known.why}`)];
  const [, why] = ELSEWHERE.find(([pattern]) => pattern.test(name)) ?? [];
  if (why === undefined && isOfEnvironment(where.change.after)) return [];
  return [
    found(
      "function-variables",
      `${quoted(name)}: ${why ?? "it is no variable that the function has: it can be read in the function's settings."}`,
    ),
  ];
}

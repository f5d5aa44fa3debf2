import { canonicalOf, type IdentifierName, isReserved } from "../../lambda/identity/account";
import type { SpellingProblem } from "../../lambda/identity/canonical";
import { reservationKey } from "../../lambda/identity/reservation";
import { fromVariables } from "../../lambda/pre-sign-up/options";
import { refusalByCognito } from "../emulator/cognito-refusals";
import type { EmulatedPool, SignUpAnswer } from "../emulator/emulated-pool";
import { type Invocation, preciseNow } from "../emulator/local-lambda";
import type { Character, Field, FunctionCall, ShownIdentifier, SignUpReport, Tables, Way } from "./api";
import { type JudgedCharacter, judged } from "./characters";
import { fieldsOf, isUsual, labelOf } from "./fields";
import { codePointsOf } from "./names";
import { stepOf } from "./steps";
import { tablesOf } from "./tables";
import { verdictOf } from "./verdict";

/** An emulated pool, and what the page shows of it. */
export class ShownPool {
  readonly uniqueness: Way;
  readonly fields: readonly Field[];
  private readonly options: ReturnType<typeof fromVariables>;
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly pool: EmulatedPool) {
    this.options = fromVariables(pool.preSignUp);
    this.uniqueness = this.options.reservationsTable === undefined ? "directory" : "reserved";
    this.fields = fieldsOf(pool.stack.resource("aws_cognito_user_pool"), this.names);
  }

  /** The identifiers that a user types in a sign-up. A preferred username is chosen later. */
  get names(): IdentifierName[] {
    const names = Object.keys(this.options.identifiers) as IdentifierName[];
    return names.filter((name) => name !== "preferred_username");
  }

  /** Whether the sign-ups of the demonstration, and its race, are possible. */
  get isUsual(): boolean {
    return isUsual(this.fields, this.names);
  }

  /** Signs up with what the fields hold, one after the other: what the function does for two of them is not mixed up. */
  signUp(values: Readonly<Record<string, string>>): Promise<SignUpReport> {
    const report = this.last.then(() => this.signUpNow(values));
    this.last = report.catch(() => {});
    return report;
  }

  async tables(): Promise<Tables> {
    const [accounts, reservations] = await Promise.all([this.pool.accounts(), this.pool.reservations()]);
    return tablesOf(accounts, reservations, this.options.unconfirmedHoldHours * 3_600_000, Date.now());
  }

  private async signUpNow(values: Readonly<Record<string, string>>): Promise<SignUpReport> {
    const { username, password, ...others } = values;
    // Without usernames, SignUp takes what users sign in with in its place.
    const name = username ?? values.email ?? values.phone_number ?? "";
    const attributes = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== ""));
    let invocation: Invocation | undefined;
    const stop = this.pool.observe((one) => {
      if (isSignUpOf(one, name, attributes)) invocation = one;
    });
    const start = preciseNow();
    const answer = await this.answer(name, attributes, password).finally(stop);
    return {
      ...verdictOf(answer),
      milliseconds: preciseNow() - start,
      identifiers: await Promise.all(
        this.names.filter((one) => values[one] !== undefined).map((one) => this.shown(one, values[one] ?? "")),
      ),
      call: invocation && callOf(invocation),
    };
  }

  /** Cognito's: it looks at password and attributes before it asks the function. */
  private async answer(
    Username: string,
    attributes: Readonly<Record<string, string>>,
    Password: string | undefined,
  ): Promise<SignUpAnswer> {
    const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
    const refused = await refusalByCognito(
      "SignUp",
      { Username, Password, UserAttributes },
      { pool: this.pool.stack.resource("aws_cognito_user_pool"), clients: [], namesOf: async () => [] },
    );
    if (refused) return { admitted: false, code: refused.__type, message: refused.message };
    return this.pool.signUp(Username, attributes, Password);
  }

  private async shown(name: IdentifierName, typed: string): Promise<ShownIdentifier> {
    const canonical = canonicalOf(name, typed);
    const pieces = judged(name, typed, this.uniqueness);
    const hasKey = typed !== "" && this.uniqueness === "reserved" && isReserved(name);
    return {
      label: labelOf(name),
      typed,
      canonical,
      characters: await Promise.all(pieces.map(shownCharacter)),
      key: hasKey ? reservationKey(name, canonical) : undefined,
    };
  }
}

/** Whether the function was called for this sign-up, and not for one of an application. */
function isSignUpOf({ event }: Invocation, name: string, attributes: Readonly<Record<string, string>>): boolean {
  const { triggerSource, userName, request } = event as {
    triggerSource?: string;
    userName?: string;
    request?: { userAttributes?: Readonly<Record<string, string>> };
  };
  const has = ([attribute, value]: [string, string]) => request?.userAttributes?.[attribute] === value;
  // Where users have no usernames, Cognito has made one.
  const isNamed = userName === name || Object.values(attributes).includes(name);
  return triggerSource === "PreSignUp_SignUp" && isNamed && Object.entries(attributes).every(has);
}

function callOf({ functionName, calls, lines, startedAt, endedAt }: Invocation): FunctionCall {
  const metrics: Array<FunctionCall["metrics"][number]> = [];
  const log: string[] = [];
  for (const line of lines) {
    const counts = countsIn(line);
    if (counts === undefined) log.push(line);
    else metrics.push({ line, counts });
  }
  const steps = calls.map((call) => stepOf(call, startedAt));
  return { functionName, milliseconds: endedAt - startedAt, steps, log, metrics };
}

/** What a line in CloudWatch's embedded metric format counts; undefined for any other line. */
function countsIn(line: string): Record<string, number> | undefined {
  try {
    const metric = JSON.parse(line) as {
      _aws?: { CloudWatchMetrics: ReadonlyArray<{ Metrics: ReadonlyArray<{ Name: string }> }> };
      [name: string]: unknown;
    };
    const names = metric._aws?.CloudWatchMetrics.flatMap(({ Metrics }) => Metrics.map(({ Name }) => Name));
    return names && Object.fromEntries(names.map((name) => [name, Number(metric[name])]));
  } catch {
    return undefined;
  }
}

/** Why a spelling is refused, for the reader of the page. The user gets the function's message. */
const REFUSED: Readonly<Record<SpellingProblem, string>> = {
  invisible: "it cannot be seen, or it is not known in Unicode 16",
  blank: "it is a blank at an end, or one of another kind",
  compatibility: "it is a special form of another character",
  case: "its capital has another small letter",
  domain: "mail needs the domain in plain ASCII letters",
  domainForm: "the domain is not in its usual form",
};

async function shownCharacter({ typed, becomes, problem }: JudgedCharacter): Promise<Character> {
  return {
    typed,
    becomes,
    codePoints: await codePointsOf(typed),
    change: changeOf(typed, becomes),
    ...(problem && { refused: REFUSED[problem] }),
  };
}

function changeOf(typed: string, becomes: string): Character["change"] {
  if (typed === becomes) return "kept";
  if (becomes === "") return "left out";
  return typed.toLowerCase() === becomes ? "letter case" : "folded";
}

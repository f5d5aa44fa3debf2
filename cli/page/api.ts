/*
 * What the page's server says to the page, as JSON. Both sides have these types. Moments are milliseconds since 1970; durations are milliseconds.
 */

/** A field of the sign-up form. */
export interface Field {
  /** The attribute's name in Cognito; `username` and `password` are SignUp's own parameters. */
  readonly name: string;
  readonly label: string;
  readonly kind: "text" | "email" | "tel";
  readonly required: boolean;
  readonly value: string;
  /** Characters (UTF-16 code units) that Cognito takes at the most. */
  readonly longest: number;
}

/** A sign-up to try. */
export interface Trial {
  readonly what: string;
  readonly values: Readonly<Record<string, string>>;
}

/** `GET /api/pool` */
export interface PoolInfo {
  readonly environment: string;
  /** How the pool keeps identifiers unique. */
  readonly uniqueness: Way;
  readonly fields: readonly Field[];
  readonly trials: readonly Trial[];
  /** Whether `GET /api/events` says what happens. */
  readonly hasEvents: boolean;
  /** Sign-ups of a race; undefined where there is none, because a sign-up needs other fields than a username and an e-mail address. */
  readonly racers: number | undefined;
  /** Another one after a new start of the server. */
  readonly serverId: string;
}

export type Way = "reserved" | "directory";

/** A character of an identifier: what a user takes for one, which may be several code points. */
export interface Character {
  readonly typed: string;
  /** What the canonical form has of it; empty where it is left out. */
  readonly becomes: string;
  /** `U+0041`, with the name of the Unicode standard. */
  readonly codePoints: ReadonlyArray<{ readonly codePoint: string; readonly name: string }>;
  readonly change: "kept" | "letter case" | "folded" | "left out";
  /** Why no sign-up may have it. */
  readonly refused?: string | undefined;
}

export interface ShownIdentifier {
  readonly label: string;
  readonly typed: string;
  readonly canonical: string;
  readonly characters: readonly Character[];
  /** Key of the reservation that the identifier gets; undefined where it gets none. */
  readonly key: string | undefined;
}

/** A call of AWS's API by the function. */
export interface Step {
  readonly kind: "look-up" | "reservation" | "release" | "other";
  readonly operation: string;
  readonly about: string;
  readonly result: string;
  /** From the call of the function on. */
  readonly from: number;
  /** Undefined where the function did not wait for the answer. */
  readonly to: number | undefined;
}

/** `POST /api/sign-up` with `{ values }` of the fields. */
export interface SignUpReport {
  /** Failed: neither the function nor Cognito has refused it. */
  readonly verdict: "admitted" | "refused" | "failed";
  readonly message: string;
  readonly milliseconds: number;
  readonly identifiers: readonly ShownIdentifier[];
  /** Undefined where the function was not called. */
  readonly call: FunctionCall | undefined;
}

export interface FunctionCall {
  readonly functionName: string;
  readonly milliseconds: number;
  readonly steps: readonly Step[];
  /** Lines of its log, JSON as they were written. */
  readonly log: readonly string[];
  /** Lines in CloudWatch's embedded metric format, and what they count. */
  readonly metrics: ReadonlyArray<{ readonly line: string; readonly counts: Readonly<Record<string, number>> }>;
}

export interface ShownAccount {
  readonly username: string;
  readonly email: string | undefined;
  readonly phone: string | undefined;
  readonly status: string;
  readonly since: number | undefined;
}

export interface ShownReservation {
  readonly identifier: string;
  readonly key: string;
  /** As typed in the sign-up that has it. */
  readonly username: string;
  /** Held by an account; of a sign-up that may be in flight; or left over, so that the next sign-up takes it over. */
  readonly state: "held" | "in flight" | "left over";
  readonly since: number;
  /** Undefined for one that is held as long as its account has the identifier, and for one that is left over. */
  readonly until: number | undefined;
}

/** `GET /api/tables` */
export interface Tables {
  readonly now: number;
  readonly accounts: readonly ShownAccount[];
  /** Undefined where the pool has no table. */
  readonly reservations: readonly ShownReservation[] | undefined;
}

/** Durations are from the start of the race on. */
export interface ShownRacer {
  readonly username: string;
  readonly email: string;
  readonly verdict: SignUpReport["verdict"];
  readonly message: string;
  readonly start: number;
  /** When the look-up, or the transaction of the reservations, was answered; undefined where neither was. */
  readonly decided: number | undefined;
  readonly answered: number;
}

export interface ShownRace {
  /** Those that are admitted first; among them, and among the others, in the order in which the function decided. */
  readonly racers: readonly ShownRacer[];
  readonly admitted: number;
  /** When the function admitted the first: Cognito creates the account then. */
  readonly firstAdmission: number | undefined;
}

/** `POST /api/race` */
export type Races = Readonly<Record<Way, ShownRace>>;

/** An event of `GET /api/events`, a stream. */
export type PageEvent =
  | { readonly kind: "message"; readonly at: number; readonly text: string }
  | {
      readonly kind: "decision";
      readonly at: number;
      readonly functionName: string;
      readonly trigger: string;
      /** Undefined where the function went along with it. */
      readonly refusal: string | undefined;
    };

/** The answer to a request that cannot be answered otherwise. */
export interface Problem {
  readonly error: string;
}

import { randomInt } from "node:crypto";
import {
  canonicalOf,
  type IdentifierName,
  type Identifiers,
  isReserved,
  type ReservedName,
} from "../../lambda/identity/account";
import { reservationKey } from "../../lambda/identity/reservation";
import type { Reason } from "../../lambda/trigger/messages";

/** RFC 2606, section 2: no mail can ever be delivered to a domain below `invalid`. */
export const DOMAIN = "proof.invalid";

/** What one account of the proof is to be made with. */
export interface SignUp {
  readonly username: string;
  readonly email: string;
  readonly phone_number?: string;
  readonly preferred_username?: string;
}

/** A sign-up, and what the function has to answer. */
export interface Case {
  readonly promise: string;
  readonly signUp: SignUp;
  readonly expected: "admitted" | Reason;
}

/** Everything that a run will sign up with: it is known, and written down, before anything is made. */
export interface Cast {
  /** Letters that no other run has; part of every name and every address. */
  readonly run: string;
  readonly cases: readonly Case[];
  /** Sign-ups at the same moment, of which one can be admitted; the later ones are for where none was. */
  readonly races: ReadonlyArray<readonly SignUp[]>;
  /** Takes over what a failed sign-up left. */
  readonly afterFailed: SignUp;
  /** Wants what another sign-up, which is in flight, has reserved. */
  readonly besideInFlight: SignUp;
  /** For assumptions about Cognito: no promise is tried with them. */
  readonly quoted: SignUp;
  readonly capitals: SignUp;
  readonly listed: SignUp;
}

/** Sign-ups of a race, and how often it is run at the most. */
export const RACERS = 32;
const RACES = 3;

/** Letters, because only they have a case: 10 of them are 10^14 runs. */
export function newRun(): string {
  return Array.from({ length: 10 }, () => String.fromCharCode(97 + randomInt(26))).join("");
}

/** The cast of a run in a pool that keeps these identifiers unique. */
export function castOf(run: string, identifiers: Identifiers, firstPhone = randomInt(900)): Cast {
  let people = 0;
  /** A person that no other sign-up of the run knows, but for what is given. */
  const person = (given: Partial<SignUp> = {}): SignUp => {
    people++;
    return {
      username: `prove-${people}-${run}`,
      email: `p${people}.${run}@${DOMAIN}`,
      ...(identifiers.phone_number && { phone_number: phoneOf(firstPhone + people) }),
      ...given,
    };
  };
  const first = person({ email: `fina.${run}@${DOMAIN}` });
  const composed = person({ username: `zo\u00e9-${run}` });
  const refused = person();
  return {
    run,
    cases: [
      { promise: "a sign-up whose identifiers are free is admitted", signUp: first, expected: "admitted" },
      ...(identifiers.username ? nameCases(first, composed, refused, person) : []),
      ...(identifiers.email ? addressCases(first, person) : []),
      ...(identifiers.phone_number ? phoneCases(first, person) : []),
      ...(identifiers.preferred_username
        ? [
            {
              promise: "a sign-up with a preferred username is refused",
              signUp: person({ preferred_username: `liked-${run}` }),
              expected: "preferredUsernameGiven" as const,
            },
          ]
        : []),
    ],
    races: Array.from({ length: RACES }, (_, race) => racersOf(race, person(), run, raceOn(identifiers), person)),
    afterFailed: person(),
    besideInFlight: person(),
    quoted: person({ email: `"quoted ${run}"@${DOMAIN}` }),
    capitals: person({ username: `Capitals-${run}` }),
    listed: person(),
  };
}

type NewPerson = (given?: Partial<SignUp>) => SignUp;

/** Sign-ups that share one identifier: each spells it in another letter case, where it has letters. */
function racersOf(race: number, first: SignUp, run: string, shared: ReservedName, person: NewPerson): SignUp[] {
  if (shared === "phone_number") {
    // They need no number of their own, of which there are a thousand.
    const { phone_number = "" } = first;
    return Array.from({ length: RACERS }, (_, racer) => ({
      ...{ username: `race-${race}-${racer}-${run}`, email: `race${race}.${racer}.${run}@${DOMAIN}`, phone_number },
    }));
  }
  const text = shared === "email" ? `race${race}.${run}@${DOMAIN}` : `race-${race}-${run}`;
  return inCases(text, RACERS).map((spelling) => person({ [shared]: spelling }));
}

function nameCases({ username }: SignUp, composed: SignUp, refused: SignUp, person: NewPerson): Case[] {
  const taken = "usernameTaken";
  return [
    { promise: "the same username is refused", signUp: person({ username }), expected: taken },
    {
      promise: "the same username in another letter case is refused",
      signUp: { ...refused, username: username.toUpperCase() },
      expected: taken,
    },
    { promise: "a refused sign-up holds nothing: its address is free at once", signUp: refused, expected: "admitted" },
    {
      promise: "the same username with a zero-width space is refused",
      signUp: person({ username: username.replace("prove", "pro\u200bve") }),
      expected: "usernameInvisible",
    },
    {
      promise: "the same username in full-width letters is refused",
      signUp: person({ username: fullWidth(username) }),
      expected: "usernameCompatibility",
    },
    { promise: "a username with a composed letter is admitted", signUp: composed, expected: "admitted" },
    {
      promise: "the same username with a decomposed letter is refused",
      signUp: person({ username: composed.username.normalize("NFD") }),
      expected: taken,
    },
  ];
}

function addressCases({ email }: SignUp, person: NewPerson): Case[] {
  const [local = "", domain = ""] = email.split("@");
  return [
    { promise: "the same e-mail address is refused", signUp: person({ email }), expected: "emailTaken" },
    {
      promise: "the same e-mail address in another letter case is refused",
      signUp: person({ email: `${local.toUpperCase()}@${domain.replace("i", "I")}` }),
      expected: "emailTaken",
    },
    {
      promise: "the same e-mail address with a zero-width space is refused",
      signUp: person({ email: `${local.replace(".", "\u200b.")}@${domain}` }),
      expected: "emailInvisible",
    },
    {
      promise: "the same e-mail address with a ligature is refused",
      signUp: person({ email: email.replace("fi", "\ufb01") }),
      expected: "emailCompatibility",
    },
    {
      promise: "the same e-mail address in full-width letters is refused",
      signUp: person({ email: `${fullWidth(local)}@${domain}` }),
      expected: "emailCompatibility",
    },
  ];
}

function phoneCases({ phone_number = "" }: SignUp, person: NewPerson): Case[] {
  return [
    { promise: "the same phone number is refused", signUp: person({ phone_number }), expected: "phoneTaken" },
    {
      promise: "a phone number with the prefix that is dialled inside its country is refused",
      signUp: person({ phone_number: phone_number.replace("+44", "+440") }),
      expected: "phoneForm",
    },
  ];
}

/** The identifier that the racers share. */
export function raceOn(identifiers: Identifiers): ReservedName {
  if (identifiers.email) return "email";
  return identifiers.username ? "username" : "phone_number";
}

/** Ofcom, "Telephone numbers for use in TV and radio drama programmes": 1,000 mobile numbers that are given to no customer. */
function phoneOf(number: number): string {
  return `+447700900${String(number % 1000).padStart(3, "0")}`;
}

/** A text in as many spellings as are asked for, each with other letters in upper case. */
function inCases(text: string, count: number): string[] {
  return Array.from({ length: count }, (_, number) => {
    let letter = 0;
    return text.replaceAll(/[a-z]/g, (small) => ((number >> letter++) & 1 ? small.toUpperCase() : small));
  });
}

function fullWidth(text: string): string {
  return text.replaceAll(/[a-z]/g, (letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0));
}

/** Every sign-up of a cast. */
export function signUpsOf({
  cases,
  races,
  afterFailed,
  besideInFlight,
  quoted,

  capitals,
  listed,
}: Cast): SignUp[] {
  return [
    ...cases.map(({ signUp }) => signUp),
    ...races.flat(),
    ...[afterFailed, besideInFlight, quoted, capitals, listed],
  ];
}

/** Keys of every reservation that sign-ups can leave. */
export function keysOf(signUps: readonly SignUp[], identifiers: Identifiers): string[] {
  const names = (Object.keys(identifiers) as IdentifierName[]).filter(isReserved);
  return [
    ...new Set(
      signUps.flatMap((signUp) =>
        names.flatMap((name) => {
          const typed = signUp[name];
          return typed === undefined ? [] : [reservationKey(name, canonicalOf(name, typed))];
        }),
      ),
    ),
  ];
}

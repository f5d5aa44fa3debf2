import { usersFilter } from "../../lambda/identity/filter";
import { Accounts } from "./accounts";
import { signUpEvent } from "./events";
import { handlerOf } from "./handler";
import type { Tables } from "./tables";

/** What one racer signs up with. */
export type Racer = readonly [username: string, email: string];

/** Decides about a sign-up. Returns whether it is admitted. */
export type Decide = (username: string, email: string) => Promise<boolean>;

/** Waits for a while at random: what lets sign-ups overtake each other. */
const upTo = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, Math.random() * milliseconds));
const CALL = 8;
const CREATION = 300;

/**
 * Runs concurrent sign-ups of all racers. Returns the number of admitted ones. An admitted racer gets its account a moment later,
 * as in Cognito.
 */
export async function race(racers: readonly Racer[], accounts: Accounts, decide: Decide): Promise<number> {
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const running = racers.map(async ([username, email]) => {
    await gate;
    const admitted = await decide(username, email);
    if (admitted) {
      await upTo(CREATION);
      accounts.add(username, email, { status: "UNCONFIRMED", createdAt: Date.now() });
    }
    return admitted;
  });
  open();
  return (await Promise.all(running)).filter(Boolean).length;
}

/** The function as it is deployed by default. */
export function reserving(tables: Pick<Tables, "table">, accounts: Accounts): Decide {
  return async (username, email) => {
    const { handle } = handlerOf({ listUsers: slow(accounts), table: tables.table });
    return (await handle(signUpEvent(username, email))).answer !== undefined;
  };
}

/** The baseline's function: lower-case, look the username up, look the e-mail address up, then let Cognito create. */
export function baseline(accounts: Accounts): Decide {
  const listUsers = slow(accounts);
  return async (username, email) => {
    const sameName = await listUsers("pool", usersFilter("username", username.toLowerCase()), 0);
    if (sameName.length > 0) return false;
    const sameEmail = await listUsers("pool", usersFilter("email", email.toLowerCase()), 0);
    return sameEmail.length === 0;
  };
}

function slow(accounts: Accounts): Accounts["listUsers"] {
  return async (...args) => {
    await upTo(CALL);
    return accounts.listUsers(...args);
  };
}

/** A text in as many spellings as are asked for, each with other letters in upper case. */
export function inCases(text: string, count: number): string[] {
  return Array.from({ length: count }, (_, number) =>
    [...text].map((letter, index) => ((number >> index) & 1 ? letter.toUpperCase() : letter)).join(""),
  );
}

/** A text in full-width letters from some letter on. */
export function inWidths(text: string, count: number): string[] {
  return Array.from({ length: count }, (_, number) => {
    const start = number % text.length;
    const wide = [...text.slice(start)].map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0));
    return text.slice(0, start) + wide.join("");
  });
}

/** Races in which exactly one may win. */
export const RACES: ReadonlyArray<[what: string, racers: (round: number) => Racer[]]> = [
  [
    "64 sign-ups of one e-mail address, under different names",
    (round) =>
      inCases(`grace.hopper.${letters(round)}@example.com`, 64).map((email, racer) => [`r${round}x${racer}`, email]),
  ],
  [
    "64 sign-ups of one name, in different cases and widths",
    (round) =>
      [...inCases(`gracehopper${letters(round)}`, 48), ...inWidths(`gracehopper${letters(round)}`, 16)].map(
        (username, racer) => [username, `n${round}x${racer}@example.com`],
      ),
  ],
  [
    "64 sign-ups of one name and one address, in different cases",
    (round) => {
      const emails = inCases(`ada.lovelace.${letters(round)}@example.com`, 64);
      return inCases(`adalovelace${letters(round)}`, 64).map((username, racer) => [username, emails[63 - racer] ?? ""]);
    },
  ],
];

function letters(round: number): string {
  return [...String(round)].map((digit) => String.fromCharCode(97 + Number(digit))).join("");
}

/** How often each number of winners came up, in `rounds` rounds of a race. */
export async function winners(
  racersOf: (round: number) => Racer[],
  rounds: number,
  decider: (accounts: Accounts) => Decide,
): Promise<Record<number, number>> {
  const counts: Record<number, number> = {};
  for (let round = 0; round < rounds; round++) {
    const accounts = new Accounts();
    const won = await race(racersOf(round), accounts, decider(accounts));
    counts[won] = (counts[won] ?? 0) + 1;
  }
  return counts;
}

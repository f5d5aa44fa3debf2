import { randomUUID } from "node:crypto";
import type { StubPool } from "../support/stub-cognito";

/** Accounts of the old pool. */
export const ACCOUNTS = 20_000;

/**
 * In every thousand accounts: three in a hundred collide, in every way there is, and some are special. What becomes of the
 * others is to be invited.
 */
const KINDS = {
  sameUsername: 5,
  sameEmail: 5,
  sameBoth: 5,
  unconfirmed: 10,
  external: 10,
  noEmail: 10,
  misspelled: 2,
  present: 10,
  taken: 2,
  disabled: 20,
} as const;

type Kind = keyof typeof KINDS;
/** Kinds of two accounts each. */
const PAIRS: ReadonlySet<Kind> = new Set(["sameUsername", "sameEmail", "sameBoth"]);

const THOUSANDS = ACCOUNTS / 1000;

/** How many accounts, or pairs, of a kind there are. */
export const COUNT = Object.fromEntries(
  Object.entries(KINDS).map(([kind, times]) => [kind, times * THOUSANDS]),
) as Record<Kind, number>;

/** Fills the old pool, and the new one with the accounts that are there already; answers the ids of the old pool's accounts. */
export function fill(old: StubPool, target: StubPool): string[] {
  old.groups.set("staff", { GroupName: "staff", Description: "Those who work here" });
  const subs: string[] = [];
  const add = (...args: Parameters<StubPool["add"]>) => {
    const user = old.add(...args);
    if (subs.length % 10 === 0) user.groups.add("staff");
    subs.push(user.attributes.sub ?? "");
    return user;
  };
  const plain = (number: number) => ({ email: `user${number}@example.com`, email_verified: "true", name: `${number}` });
  for (const kind of shuffledKinds()) {
    const number = subs.length;
    const name = `user${number}`;
    const attributes = plain(number);
    const { email } = attributes;
    if (kind === "sameUsername") {
      add(name, attributes);
      add(name.toUpperCase(), plain(number + 1));
    } else if (kind === "sameEmail") {
      add(name, attributes);
      add(`${name}-again`, { ...attributes, email: email.toUpperCase() });
    } else if (kind === "sameBoth") {
      add(name, attributes);
      add(`U${name.slice(1)}`, { ...attributes, email: `U${email.slice(1)}` });
    } else if (kind === "unconfirmed") add(name, attributes, { status: "UNCONFIRMED" });
    else if (kind === "external") add(`Google_${number}`, attributes, { status: "EXTERNAL_PROVIDER" });
    else if (kind === "noEmail") add(name, { name });
    else if (kind === "misspelled") add(`ｕser${number}`, attributes);
    else if (kind === "disabled") add(name, attributes, { enabled: false });
    else {
      add(name, attributes);
      if (kind === "present") target.add(name, { ...attributes, sub: randomUUID() });
      if (kind === "taken") target.add(name, { ...attributes, email: `other${number}@example.com`, sub: randomUUID() });
    }
  }
  return subs;
}

/** Every kind as often as there is, spread over the pool, and undefined for nothing special. */
function shuffledKinds(): Array<Kind | undefined> {
  const special = Object.entries(COUNT).flatMap(([kind, times]) => Array<Kind>(times).fill(kind as Kind));
  const accounts = special.reduce((sum, kind) => sum + (PAIRS.has(kind) ? 2 : 1), 0);
  const kinds = [...special, ...Array<undefined>(ACCOUNTS - accounts).fill(undefined)];
  // A fixed stride that has no divisor in common with the length: everything is mixed, and every run is the same.
  const stride = 7919;
  return kinds.map((_, index) => kinds[(index * stride) % kinds.length]);
}

import { canonicalOf } from "../../../lambda/identity/account";
import { Chance } from "./chance";
import { type Faults, LATEST, NO_FAULTS } from "./network";
import { accountsWithEmail, contactFor, type Kind, provedBy } from "./pool";
import { inVirtualTime } from "./virtual-time";
import { START, World, type WorldOptions } from "./world";

export interface Explored {
  readonly seed: number;
  /** The violation that was found. */
  readonly violations: readonly string[];
  readonly events: readonly string[];
}

/** The limits within which the protocol must work. */
export interface Bounds {
  /** Milliseconds that ListUsers is behind at most. */
  readonly lag: number;
  /** Milliseconds from a trigger's answer to the account at the most. */
  readonly creation: number;
}

export const BOUNDS: Bounds = { lag: 25_000, creation: 5_000 };

const USERNAMES = ["ana", "Ana", "ANA", "ben", "Ben", "cara"];
const EMAILS = ["a@example.com", "A@example.com", "A@EXAMPLE.com", "b@example.com", "B@example.com"];
/** Accounts of the old pool. Of two duplicates, neither is migrated. */
const OLD_USERNAMES = ["Ana", "ben", "Cara"];
const MINUTE = 60_000;
/** How long a reservation is in flight: not imported, because mutants change it. */
const IN_FLIGHT = MINUTE;

/** One run: random sign-ups, sign-ins and events of their accounts, all from one seed. */
export function explore(seed: number, { lag, creation }: Bounds = BOUNDS, kind: Kind = "email"): Promise<Explored> {
  return inVirtualTime(seed, START, async (virtual) => {
    const chance = new Chance(virtual.random);
    const options: WorldOptions = {
      lag,
      creation,
      kind,
      caseSensitiveFilters: chance.of(0.5),
      lowerCases: chance.of(0.5),
      unconfirmedHold: chance.pick([0, 2 * MINUTE, 10 * MINUTE, 10 * MINUTE]),
      faults: chance.of(0.3) ? NO_FAULTS : faults(chance),
    };
    const world = new World(options, virtual, chance);
    /** The identifiers of a run. They are few, so that sign-ups conflict. */
    const usernames = chance.of(0.5) ? USERNAMES : USERNAMES.slice(0, 3);
    const emails = chance.of(0.5) ? EMAILS : EMAILS.slice(0, 2);
    addOlderAccounts(world, chance);

    const times = moments(chance, options.unconfirmedHold);
    const running: Promise<unknown>[] = times.map(async (at) => {
      await virtual.sleep(at);
      if (kind !== "made" && chance.of(0.12)) return world.signIn(chance.pick(OLD_USERNAMES));
      const [username, email] = [chance.pick(usernames), chance.pick(emails)];
      // A form that is submitted twice.
      if (chance.of(0.1)) return Promise.all([world.signUp(username, email), world.signUp(username, email)]);
      return world.signUp(username, email);
    });
    if (kind !== "made" && chance.of(0.15)) running.push(...inTheWay(world, chance, virtual.sleep));
    else if (chance.of(0.2)) running.push(...pastHold(world, chance, virtual.sleep));
    if (chance.of(0.15)) running.push(virtual.sleep(chance.between(0, 2 * IN_FLIGHT)).then(() => world.prune()));
    running.push(...accountEvents(world, chance, virtual.sleep, times.at(-1) ?? 0));
    await Promise.all(running);
    await nothingIsBlocked(world, chance, virtual.sleep);
    return { seed, violations: world.violations, events: world.events };
  });
}

function faults(chance: Chance): Faults {
  const rate = () => (chance.of(0.5) ? 0 : chance.between(0, 0.2));
  return {
    lostRequest: rate(),
    lostAnswer: rate(),
    late: rate(),
    doubled: rate(),
    throttled: rate(),
    broken: rate(),
    conflict: rate(),
    crash: rate() / 2,
  };
}

/** When sign-ups come: together, within a minute, when a reservation or a hold has just ended, or at any time. */
function moments(chance: Chance, hold: number): number[] {
  const clusters = [0, chance.between(0, 20_000), IN_FLIGHT, IN_FLIGHT + 10_000, hold, hold + IN_FLIGHT, 2 * hold];
  const count = 3 + Math.floor(chance.random() * 7);
  return Array.from({ length: count }, () =>
    chance.of(0.85)
      ? Math.max(0, chance.pick(clusters) + chance.pick([0, chance.between(0, 300), chance.between(-4000, 8000)]))
      : chance.between(0, 2 * hold + 2 * IN_FLIGHT),
  ).sort((a, b) => a - b);
}

/** Accounts older than the table, in canonical spelling. For other spellings there is `backfill`. */
function addOlderAccounts(world: World, chance: Chance): void {
  const status = () => chance.pick(["CONFIRMED", "CONFIRMED", "UNCONFIRMED"]);
  if (chance.of(0.3)) addOlder(world, chance.pick(["ana", "ben"]), "older@example.com", status());
  if (chance.of(0.2)) addOlder(world, "older", "a@example.com", status());
}

function addOlder({ pool, options }: World, username: string, address: string, status: string): void {
  const email = contactFor(options.kind, address);
  if (pool.find(username) || accountsWithEmail(pool, canonicalOf(provedBy(options.kind), email)).length > 0) return;
  const createdAt = START - 100 * MINUTE - options.unconfirmedHold;
  pool.create({ username, email, status, emailVerified: status === "CONFIRMED", createdAt }, { older: true });
}

/**
 * An account older than the table blocks a sign-up with its username. Another sign-up uses the address of that sign-up at once.
 * Meanwhile the account is deleted, or a third sign-up uses the account's address.
 */
function inTheWay(world: World, chance: Chance, sleep: (ms: number) => Promise<void>): Promise<unknown>[] {
  const start = chance.between(0, 10_000);
  const { lag } = world.options;
  addOlder(world, "ana", "older@example.com", chance.pick(["CONFIRMED", "UNCONFIRMED"]));
  const signUp = async (at: number, username: string, email: string) => {
    await sleep(start + lag + at);
    return world.signUp(username, email);
  };
  const deleted = async () => {
    await sleep(start + lag - chance.between(0, lag));
    if (!world.signingUp.get("ana")) world.pool.delete("ana");
  };
  return [
    signUp(chance.between(0, 500), "ana", "a@example.com"),
    signUp(chance.between(0, 2000), "ben", "a@example.com"),
    chance.of(0.5) ? deleted() : signUp(chance.between(0, 500), "cara", "older@example.com"),
  ];
}

/**
 * Sign-ups use the address of an account past its hold. At about the same time the account is confirmed, or a sign-up uses its
 * username as soon as it is deleted.
 */
function pastHold(world: World, chance: Chance, sleep: (ms: number) => Promise<void>): Promise<unknown>[] {
  const start = chance.between(0, 10_000) + world.options.lag;
  addOlder(world, "dora", "a@example.com", "UNCONFIRMED");
  const signUp = async (at: number, username: string, email: string) => {
    await sleep(start + at);
    return world.signUp(username, email);
  };
  const confirmed = async () => {
    await sleep(start - chance.between(0, world.options.lag));
    world.pool.confirm("dora", false);
  };
  return [
    signUp(chance.between(0, 2000), "ben", "a@example.com"),
    signUp(chance.between(0, 2000), "cara", "A@example.com"),
    chance.of(0.3) ? confirmed() : signUp(chance.between(1000, 9000), "dora", "d@example.com"),
    signUp(chance.between(2000, 12_000), "dora", "e@example.com"),
  ];
}

/** Events of accounts: confirmation, with or without force; deletion; another address. */
function accountEvents(
  world: World,
  chance: Chance,
  sleep: (ms: number) => Promise<void>,
  last: number,
): Promise<void>[] {
  const { pool } = world;
  return Array.from({ length: 6 }, async (_, number) => {
    await sleep(chance.between(0, last + MINUTE));
    const found = pool.all.length > 0 ? chance.pick(pool.all) : undefined;
    if (!found) return;
    const { username } = found.account;
    const event = chance.random();
    if (event < 0.5) {
      pool.confirm(username, chance.of(0.5));
      world.say(`${username} confirms`);
    } else if (event < 0.75) {
      // An account without a reservation is not deleted while a sign-up with its username is in flight.
      if (found.stored.older && (world.signingUp.get(username.toLowerCase()) ?? 0) > 0) return;
      pool.delete(username);
      world.say(`${username} is deleted`);
    } else {
      const email = `changed${number}@example.com`;
      pool.changeEmail(username, contactFor(world.options.kind, email));
      world.say(`${username} has another address`);
      // There is no trigger for it: uniqueness is not promised until ListUsers shows it.
      await sleep(world.options.lag + chance.between(100, MINUTE));
      if (chance.of(0.5)) await world.signUp(`wants${number}`, email.replace("c", chance.pick(["c", "C"])));
    }
    world.check();
  });
}

/** When all is over, an identifier that no account has is free, and one that an account has is not. */
async function nothingIsBlocked(world: World, chance: Chance, sleep: (ms: number) => Promise<void>): Promise<void> {
  const { lag, unconfirmedHold, kind } = world.options;
  const expect = async (identifier: string, name: "username" | "email", username: string, email: string) => {
    await sleep(LATEST + unconfirmedHold + lag + 2 * IN_FLIGHT);
    const [asked, canonical] =
      name === "username"
        ? ([name, identifier.toLowerCase()] as const)
        : ([provedBy(kind), canonicalOf(provedBy(kind), contactFor(kind, identifier))] as const);
    const free = !world.pool.all.some(({ account }) => world.owns(account, asked, canonical));
    let answer = await world.signUp(username, email, NO_FAULTS);
    if (free && answer !== "created") {
      // A reservation of a machine whose clock was wrong is in flight once more when its time comes.
      await sleep(3 * IN_FLIGHT);
      answer = await world.signUp(username, email, NO_FAULTS);
    }
    if ((answer === "created") === free) return;
    world.violate(`${identifier} should be ${free ? "free" : "taken"}, and the answer is: ${answer}`);
  };
  const spelling = (spellings: readonly string[], letter: string) =>
    chance.pick(spellings.filter((text) => text.toLowerCase().startsWith(letter)));
  for (const letter of ["a", "b"]) {
    const email = spelling(EMAILS, letter);
    await expect(email, "email", `fresh-${letter}`, email);
    if (kind === "made") continue;
    const username = spelling(USERNAMES, letter);
    await expect(username, "username", username, `fresh-${letter}@example.com`);
  }
}

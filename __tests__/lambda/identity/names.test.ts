import { canonicalEmail, canonicalUsername, spellingProblem } from "../../../lambda/identity/canonical";
import { usersFilter } from "../../../lambda/identity/filter";
import { lookUpProblem, spellingsToAsk } from "../../../lambda/identity/spellings";
import { Refusal } from "../../../lambda/trigger/refusal";
import { byDirectory } from "../../../lambda/uniqueness/by-directory";
import { Directory } from "../../../lambda/uniqueness/directory";
import type { ExpiredConfig } from "../../../lambda/uniqueness/expired";
import { byReservation } from "../../../lambda/uniqueness/reservations";
import type { Uniqueness } from "../../../lambda/uniqueness/uniqueness";
import { wanted } from "../../../lambda/uniqueness/wanted";
import { Accounts } from "../../support/accounts";
import { localTables } from "../../support/tables";
import { NAMES, type Name } from "./names";

/** All spellings of a name, also in other letter cases and compositions. */
function spellingsOf({ name, same = [] }: Name): string[] {
  const spellings = [name, ...same].flatMap((spelling) => {
    const decomposed = spelling.normalize("NFD");
    return [spelling, decomposed, spelling.normalize(), decomposed.toUpperCase(), decomposed.toLowerCase()];
  });
  return [...new Set(spellings)];
}

const username = (typed: string) => ({ typed, canonical: canonicalUsername(typed) });
const email = (local: string) => ({ typed: `${local}@example.com`, canonical: canonicalEmail(`${local}@example.com`) });

it("the names are of many scripts", () => {
  expect(Object.keys(NAMES).length).toBeGreaterThanOrEqual(50);
});

describe.each(Object.entries(NAMES))("%s", (_script, names) => {
  it.each(names.map((name) => [name.name, name] as const))(
    "%s: every spelling is admitted, and is one identifier",
    (_, name) => {
      const spellings = spellingsOf(name);
      expect(spellings.map((typed) => [typed, spellingProblem(username(typed))])).toEqual(
        spellings.map((typed) => [typed, undefined]),
      );
      expect(new Set(spellings.map(canonicalUsername))).toEqual(new Set([canonicalUsername(name.name)]));
      for (const typed of spellings) expect(spellingProblem(email(typed))).toBeUndefined();
      expect(new Set(spellings.map((typed) => email(typed).canonical)).size).toBe(1);
    },
  );
});

const ALL = Object.values(NAMES).flat();

/** A user pool that stores names and addresses in lower case and finds them in any case. */
class SmallAccounts extends Accounts {
  override add(username: string, email: string | undefined) {
    return super.add(username.toLowerCase(), email?.toLowerCase());
  }
  override readonly listUsers: Accounts["listUsers"] = async (_, filter) =>
    this.all.filter(({ username, email = "" }) =>
      [usersFilter("username", username), usersFilter("email", email)].includes(filter.toLowerCase()),
    );
}

/** The number of capitals in a text, whatever its composition. */
const capitals = (text: string) =>
  Array.from(text.normalize("NFD")).filter((character) => character !== character.toLowerCase()).length;

/** Pairs of spellings of one name, without pairs that differ in letter case only: the pool itself refuses those. */
const PAIRS = ALL.flatMap((name) => {
  const spellings = spellingsOf(name);
  return spellings.flatMap((first) =>
    spellings
      .filter((second) => first.toLowerCase() !== second.toLowerCase())
      .map((second) => [first, second] as const),
  );
});

/** Signs up two spellings in sequence. Returns wrongly admitted pairs, and spellings that were refused at once. */
async function signUpBoth(
  pairs: ReadonlyArray<readonly [string, string]>,
  makePool: () => Accounts,
  uniquenessOf: (config: ExpiredConfig) => Uniqueness,
): Promise<{ twice: string[]; refused: string[] }> {
  const twice: string[] = [];
  const refused = new Set<string>();
  for (const [index, [first, second]] of pairs.entries()) {
    for (const identifier of ["username", "email"] as const) {
      const pool = makePool();
      const { accounts, listUsers } = pool;
      const directory = new Directory({ listUsers, unconfirmedHold: 86_400_000, now: Date.now });
      const { claim } = uniquenessOf({ accounts, directory });
      const claimed = async (typed: string, n: number) => {
        // Each pair has its own name and shares only one identifier.
        const own = `${n}-${index}${identifier}`;
        const { username, email } =
          identifier === "username"
            ? { username: `${index}-${typed}`, email: `${own}@example.com` }
            : { username: own, email: `${index}-${typed}@example.com` };
        const signUp = wanted("pool", username, (name) => (name === "email" ? email : undefined));
        const { taken } = await claim(signUp, ["username", "email"], Date.now() + 60_000);
        if (!taken) pool.add(username, email);
        return taken;
      };
      try {
        await claimed(first, 1);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        refused.add(`${error.reason}: ${first}`);
        continue;
      }
      const taken = await claimed(second, 2).catch((error) => error.reason);
      if (!taken) twice.push(`${identifier} ${second} beside ${first}`);
    }
  }
  return { twice, refused: [...refused] };
}

describe("a second spelling is refused", () => {
  it("with a table of reservations, in any pool", async () => {
    const tables = await localTables();
    try {
      // Two spellings of each name are enough: the canonical form is reserved, and all spellings have the same.
      const pairs = ALL.flatMap((name) => PAIRS.filter(([first]) => first === name.name).slice(-1));
      expect(pairs.length).toBeGreaterThan(70);
      const { table } = tables;
      const uniquenessOf = (config: ExpiredConfig) => byReservation({ ...config, table, now: Date.now });
      expect(await signUpBoth(pairs, () => new Accounts(), uniquenessOf)).toEqual({ twice: [], refused: [] });
    } finally {
      await tables.close();
    }
  });

  it("by look-ups only, in a pool that stores lower case", async () => {
    expect(await signUpBoth(PAIRS, () => new SmallAccounts(), byDirectory)).toMatchObject({ twice: [] });
  });

  it("by look-ups only, in a pool that keeps letter case, unless letter case differs too", async () => {
    const sameCase = PAIRS.filter(([first, second]) => capitals(first) === capitals(second));
    expect(await signUpBoth(sameCase, () => new Accounts(), byDirectory)).toMatchObject({ twice: [] });
  });
});

it("usual spellings of names are admitted by look-ups only, unless they need an invisible character", () => {
  const problems = new Map(ALL.map(({ name }) => [name, lookUpProblem("username", username(name))]));
  const refused = [...problems].filter(([, problem]) => problem !== undefined);
  expect(refused.filter(([name]) => !/\u200c|\u200d|\u180b|\u180e|\u{e0100}/u.test(name))).toEqual([]);
  expect(new Set(refused.map(([, problem]) => problem))).toEqual(new Set(["invisible"]));
});

it.each([
  ["Flussgroßwasser", "case"], // of three, one
  ["ışıl", "case"],
  ["οδοσ", "case"],
  ["\u212bsa", "compatibility"], // angstrom sign
  ["Phượng e\u0301é", "compatibility"], // composed and decomposed
] as const)("%s is admitted with a table of reservations, and refused by look-ups only: %s", (typed, problem) => {
  expect(spellingProblem(username(typed))).toBeUndefined();
  expect(lookUpProblem("username", username(typed))).toBe(problem);
  // The spellings that the messages advise.
  expect(lookUpProblem("username", username(canonicalUsername(typed)))).toBeUndefined();
});

describe("look-ups", () => {
  it.each([
    ["username", "ana", ["ana"]],
    ["username", "Ana", ["Ana", "ana"]],
    ["username", "ольга", ["ольга"]],
    ["username", "王小明", ["王小明"]],
    ["username", "josé", ["josé", "jose\u0301"]],
    ["username", "José", ["José", "josé", "jose\u0301", "Jose\u0301"]],
    ["username", "Weiß", ["Weiß", "weiss", "weiß", "Weiss"]],
    ["username", "weiss", ["weiss", "weiß"]],
    ["email", "weiss@example.com", ["weiss@example.com"]],
    ["username", "กำพล", ["กำพล", "ก\u0e4d\u0e32พล"]],
    ["username", "ก\u0e4d\u0e32พล", ["ก\u0e4d\u0e32พล", "กำพล"]],
  ] as const)("of the %s %s ask for %j", (name, typed, spellings) => {
    const canonical = name === "username" ? canonicalUsername(typed) : canonicalEmail(typed);
    expect(spellingsToAsk(name, { typed, canonical })).toEqual(spellings);
  });

  it("are few, whatever the text", () => {
    const typed = "Mississippi❤\ufe0fé".repeat(4);
    expect(spellingsToAsk("username", username(typed)).length).toBeLessThanOrEqual(9);
  });
});

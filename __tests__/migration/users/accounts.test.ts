import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import type { User } from "../../../migration/pool/user";
import { Store } from "../../../migration/store/store";
import { Accounts, identifiersOf } from "../../../migration/users/accounts";
import { directoryAt } from "../../support/directories";
import { account, accountsIn, withStore } from "../../support/migration-users";
import { StubCognito, type StubPool } from "../../support/stub-cognito";

function grouped(from: readonly User[], to: readonly User[] = []): Promise<string[][]> {
  return withStore(async (store) => {
    const compared = (await accountsIn(store, { from, to })).compare("from", "to");
    const groups = [...[...compared.single()].map((only) => [only]), ...compared.groups()];
    return groups.map((group) => group.map(({ source, user }) => `${source}:${user.username}`));
  });
}

it("accounts with the same canonical username or e-mail address are grouped, also through other accounts", async () => {
  const a = account("ana", "ana@example.com");
  const b = account("ANA", "other@example.com");
  const c = account("chris", "Other@Example.com");
  const d = account("dora", "dora@example.com");
  expect(await grouped([a, d, b, c])).toEqual([["from:dora"], ["from:ana", "from:ANA", "from:chris"]]);
});

it("a username does not match an e-mail address, and missing addresses do not match", async () => {
  const lone = [account("ana@example.com"), account("b", "ana@example.com"), account("c"), account("d")];
  expect(await grouped(lone)).toHaveLength(4);
});

it("accounts of several pools are grouped in the order of the pools", async () => {
  expect(await grouped([account("ana"), account("ben")], [account("Ben"), account("cleo")])).toEqual([
    ["from:ana"],
    ["to:cleo"],
    ["from:ben", "to:Ben"],
  ]);
});

it("an account that ListUsers returns twice counts once", async () => {
  const ana = account("ana", "ana@example.com");
  expect(await grouped([ana, account("ben"), ana])).toEqual([["from:ana"], ["from:ben"]]);
});

it("groups equal those of a simple algorithm, for any accounts", async () => {
  const names = fc.constantFrom("a", "A", "b", "B", "c", "d", "e", "ａ");
  const addresses = fc.option(fc.constantFrom("1@x.org", "1@X.ORG", "2@x.org", "3@x.org", "4@x.org"), {
    nil: undefined,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.record({ name: names, email: addresses }), { maxLength: 12, selector: ({ name }) => name }),
      async (pairs) => {
        const users = pairs.map(({ name, email }) => account(name, email));
        const groups = await grouped(users);
        expect(groups.map((group) => group.sort()).sort()).toEqual(plainly(users));
      },
    ),
    { numRuns: 50 },
  );
});

it("the accounts of one pool are compared without those of the other", async () => {
  await withStore(async (store) => {
    const accounts = await accountsIn(store, {
      from: [account("ana"), account("ANA")],
      to: [account("Ana"), account("ben")],
    });
    expect([...accounts.compare("to").groups()]).toEqual([]);
    expect([...accounts.compare("from").groups()]).toHaveLength(1);
    expect([...accounts.compare("from").single()]).toEqual([]);
  });
});

it("attributes of any name are kept, and a NUL in an identifier is refused", async () => {
  const attributes = JSON.parse('{"__proto__":"a","name":"\\u0000\\"\\ud800","sub":"1"}');
  await withStore(async (store) => {
    const [stored] = (await accountsIn(store, { from: [account("ana", undefined, { attributes })] })).each("from");
    expect(JSON.stringify(stored?.attributes)).toBe(JSON.stringify(attributes));
    await expect(accountsIn(store, { from: [account("a\0na")] })).rejects.toThrow("holds a NUL");
  });
});

describe("a pool that is read", () => {
  const POOL = "eu-west-1_Old";

  let folder: string;
  let store: Store;
  let cognito: StubCognito;
  let pool: StubPool;
  let notes: string[];
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "pool-"));
    store = Store.open(path.join(folder, "move.db"));
    notes = [];
    cognito = await StubCognito.start();
    pool = cognito.addPool(POOL);
    for (let number = 0; number < 200; number++) pool.add(`user${number}`, { email: `${number}@example.com` });
  });
  afterEach(async () => {
    await cognito.stop();
    store.close();
    rmSync(folder, { recursive: true });
  });

  function run(resume: boolean): Promise<number> {
    const directory = directoryAt(cognito.endpoint, POOL);
    return new Accounts(store).read("from", { directory, resume, onPage: () => {}, note: (text) => notes.push(text) });
  }

  const names = () => [...new Accounts(store).each("from")].map(({ username }) => username);

  /** Stops a pool's reading after so many pages. */
  async function stopped(pages: number): Promise<void> {
    let asked = 0;
    cognito.interfere = () => (++asked > pages ? { error: "NotAuthorizedException", message: "stopped" } : undefined);
    await expect(run(false)).rejects.toThrow("stopped");
    cognito.interfere = () => undefined;
  }

  it("has all accounts with all attributes", async () => {
    expect(await run(false)).toBe(200);
    expect(names()).toEqual([...pool.users.values()].map(({ username }) => username));
    const [first] = new Accounts(store).each("from");
    expect(first).toEqual({
      username: "user0",
      sub: pool.users.get("user0")?.attributes.sub,
      attributes: pool.users.get("user0")?.attributes,
      status: "CONFIRMED",
      enabled: true,
      created: "2023-11-14T22:13:20.000Z",
      modified: "2023-11-14T22:13:20.000Z",
    });
  });

  it("continues where it was stopped with resume", async () => {
    await stopped(2);
    expect(await run(true)).toBe(200);
    expect(names()).toHaveLength(200);
    expect(notes).toEqual([`Continuing after the 120 accounts of ${POOL} that an earlier run read.`]);
    // Two pages, the call that was refused, and the other two.
    expect(cognito.calls("ListUsers")).toBe(5);
    expect(await run(true)).toBe(200);
    expect(cognito.calls("ListUsers")).toBe(5);
  });

  it("starts again without resume, with a note about resuming", async () => {
    await stopped(2);
    expect(await run(false)).toBe(200);
    expect(names()).toHaveLength(200);
    expect(notes).toEqual([`An earlier run stopped after 120 accounts of ${POOL}: --resume continues there.`]);
  });

  it("starts again if the pagination token has expired", async () => {
    await stopped(2);
    cognito.interfere = (_, input) =>
      input.PaginationToken === `${POOL}:120` && cognito.calls("ListUsers") < 5
        ? { error: "InvalidParameterException", message: "Invalid pagination token" }
        : undefined;
    expect(await run(true)).toBe(200);
    expect(names()).toHaveLength(200);
    expect(notes.at(-1)).toBe("The pagination token of the earlier run has expired: starting again.");
  });
});

/** A simple algorithm: merges the groups of related accounts, one account at a time. */
function plainly(users: readonly User[]): string[][] {
  let groups = users.map((user) => [user]);
  const related = (a: User, b: User) => {
    const theirs = identifiersOf(b).map(String);
    return identifiersOf(a).some((identifier) => theirs.includes(String(identifier)));
  };
  for (const user of users) {
    const mine = groups.filter((group) => group.some((other) => related(user, other)));
    groups = [...groups.filter((group) => !mine.includes(group)), mine.flat()];
  }
  return groups.map((group) => group.map(({ username }) => `from:${username}`).sort()).sort();
}

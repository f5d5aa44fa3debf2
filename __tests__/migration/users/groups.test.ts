import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { groupsOf, identifiersOf } from "../../../migration/users/groups";
import { inScratchFolder } from "../../../migration/users/scratch";
import type { User } from "../../../migration/users/user";
import { account, collect, sourceOf } from "../../support/migration-users";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "groups-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function grouped(...pools: User[][]): Promise<string[][]> {
  const groups = await inScratchFolder(folder, (scratch) => collect(groupsOf(pools.map(sourceOf), scratch)));
  return groups.map((group) => group.map(({ source, user }) => `${source}:${user.username}`));
}

it("accounts with the same canonical username or e-mail address are grouped, also through other accounts", async () => {
  const a = account("ana", "ana@example.com");
  const b = account("ANA", "other@example.com");
  const c = account("chris", "Other@Example.com");
  const d = account("dora", "dora@example.com");
  expect(await grouped([a, d, b, c])).toEqual([["0:dora"], ["0:ana", "0:ANA", "0:chris"]]);
});

it("a username does not match an e-mail address, and missing addresses do not match", async () => {
  const lone = [account("ana@example.com"), account("b", "ana@example.com"), account("c"), account("d")];
  expect(await grouped(lone)).toHaveLength(4);
});

it("accounts of several pools are grouped in the order of the pools", async () => {
  expect(await grouped([account("ana"), account("ben")], [account("Ben"), account("cleo")])).toEqual([
    ["0:ana"],
    ["1:cleo"],
    ["0:ben", "1:Ben"],
  ]);
});

it("an account that ListUsers returns twice counts once", async () => {
  const ana = account("ana", "ana@example.com");
  expect(await grouped([ana, account("ben"), ana])).toEqual([["0:ben"], ["0:ana"]]);
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

it("temporary files are readable by their owner only and are deleted", async () => {
  const parent = await mkdtemp(path.join(folder, "parent-"));
  await inScratchFolder(parent, async (scratch) => {
    const groups = groupsOf([sourceOf([account("ana"), account("ben")])], scratch);
    await groups.next();
    expect((await stat(scratch)).mode & 0o777).toBe(0o700);
    for (const file of await readdir(scratch)) expect((await stat(path.join(scratch, file))).mode & 0o777).toBe(0o600);
    await groups.return(undefined);
  });
  await expect(inScratchFolder(parent, () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(await readdir(parent)).toEqual([]);
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
  return groups.map((group) => group.map(({ username }) => `0:${username}`).sort()).sort();
}

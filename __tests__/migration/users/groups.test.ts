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

it("puts together who has the same canonical username or e-mail address, also by way of others", async () => {
  const a = account("ana", "ana@example.com");
  const b = account("ANA", "other@example.com");
  const c = account("chris", "Other@Example.com");
  const d = account("dora", "dora@example.com");
  expect(await grouped([a, d, b, c])).toEqual([["0:dora"], ["0:ana", "0:ANA", "0:chris"]]);
});

it("does not take a username for an e-mail address, nor no address for the same address", async () => {
  const lone = [account("ana@example.com"), account("b", "ana@example.com"), account("c"), account("d")];
  expect(await grouped(lone)).toHaveLength(4);
});

it("puts accounts of several pools together, in the order of the pools", async () => {
  expect(await grouped([account("ana"), account("ben")], [account("Ben"), account("cleo")])).toEqual([
    ["0:ana"],
    ["1:cleo"],
    ["0:ben", "1:Ben"],
  ]);
});

it("counts an account once that ListUsers shows twice", async () => {
  const ana = account("ana", "ana@example.com");
  expect(await grouped([ana, account("ben"), ana])).toEqual([["0:ben"], ["0:ana"]]);
});

it("agrees with the plain way of doing it, whoever shares what", async () => {
  const names = fc.constantFrom("a", "A", "b", "B", "c", "d", "e", "ａ");
  const addresses = fc.option(fc.constantFrom("1@x.org", "1@X.ORG", "2@x.org", "3@x.org", "4@x.org"), {
    nil: undefined,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.record({ name: names, email: addresses }), { maxLength: 12, selector: ({ name }) => name }),
      async (people) => {
        const users = people.map(({ name, email }) => account(name, email));
        const groups = await grouped(users);
        expect(groups.map((group) => group.sort()).sort()).toEqual(plainly(users));
      },
    ),
    { numRuns: 50 },
  );
});

it("keeps nothing in its files that says who somebody is before it has to, and leaves nothing behind", async () => {
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

/** Everybody with everybody, until nothing changes. */
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

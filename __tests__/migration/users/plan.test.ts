import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { PoolDescription } from "../../../migration/users/directory";
import { type PlanLine, type Planned, plan } from "../../../migration/users/plan";
import { inScratchFolder } from "../../../migration/users/scratch";
import type { User } from "../../../migration/users/user";
import { account, collect, sourceOf } from "../../support/migration-users";

const TARGET: PoolDescription = {
  estimatedSize: 0,
  attributes: ["sub", "name", "email", "email_verified", "preferred_username", "custom:team"],
  required: ["email"],
  caseSensitive: false,
  usernames: "own",
  aliases: ["email"],
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "plan-"));
});
afterAll(() => rm(folder, { recursive: true }));

interface Given {
  readonly old: readonly User[];
  readonly there?: readonly User[];
  readonly target?: Partial<PoolDescription>;
  readonly memberships?: ReadonlyMap<string, readonly string[]>;
  readonly made?: ReadonlyMap<string, string>;
}

async function planned({ old, there = [], target, memberships = new Map(), made = new Map() }: Given) {
  const all: Planned[] = await inScratchFolder(folder, (scratch) =>
    collect(
      plan({
        from: sourceOf(old),
        to: sourceOf(there),
        target: { ...TARGET, ...target },
        memberships,
        made,
        scratch,
        onAccount: () => {},
      }),
    ),
  );
  return { lines: all.flatMap(({ lines }) => lines), lost: all.flatMap(({ lost }) => lost) };
}

const only = async (given: Given): Promise<PlanLine | undefined> => (await planned(given)).lines[0];

it("carries over attributes that the new pool knows, and says which it does not", async () => {
  const user = account("ana", "ana@example.com", {
    attributes: {
      sub: "old",
      email: "ana@example.com",
      email_verified: "true",
      phone_number_verified: "true",
      name: "Ana",
      "custom:team": "a",
      "custom:other": "b",
      identities: "[]",
      "cognito:mfa_enabled": "false",
    },
  });
  const { lines, lost } = await planned({ old: [user], memberships: new Map([["ana", ["staff"]]]) });
  expect(lines).toEqual([
    {
      action: "invite",
      sub: "id-ana",
      carried: {
        username: "ana",
        attributes: { email: "ana@example.com", email_verified: "true", name: "Ana", "custom:team": "a" },
        groups: ["staff"],
        enabled: true,
      },
    },
  ]);
  expect(lost).toEqual(["custom:other", "identities"]);
});

it("says that an address is verified only where the old pool said so", async () => {
  const attributes = { email: "ana@example.com", email_verified: "false" };
  const line = await only({ old: [account("ana", undefined, { attributes })] });
  expect(line?.action === "invite" && line.carried.attributes).toEqual({ email: "ana@example.com" });
});

it("leaves out a preferred_username that is an alias, which Cognito refuses", async () => {
  const attributes = { email: "ana@example.com", preferred_username: "a" };
  const user = account("ana", undefined, { attributes });
  const { lines, lost } = await planned({ old: [user], target: { aliases: ["email", "preferred_username"] } });
  expect(lines).toMatchObject([{ carried: { attributes: { email: "ana@example.com" } } }]);
  expect(lost).toEqual(["preferred_username"]);
});

it("makes the address the username where the new pool has no others", async () => {
  const line = await only({ old: [account("0000-1111", "ana@example.com")], target: { usernames: "email" } });
  expect(line).toMatchObject({ action: "invite", carried: { username: "ana@example.com" } });
});

it.each<[string, User, Partial<PoolDescription>]>([
  ["never confirmed its sign-up", account("a", "a@x.org", { status: "UNCONFIRMED" }), {}],
  ["is archived", account("a", "a@x.org", { status: "ARCHIVED" }), {}],
  ["comes through an identity provider", account("Google_1", "a@x.org", { status: "EXTERNAL_PROVIDER" }), {}],
  ["has no e-mail address to be invited at", account("a"), {}],
  ["has no name, which the new pool requires", account("a", "a@x.org"), { required: ["email", "name"] }],
])("skips who %s", async (reason, user, target) => {
  expect(await only({ old: [user], target })).toMatchObject({
    action: "skip",
    reason: expect.stringContaining(reason),
  });
});

it("does not let an account that never confirmed stand in anybody's way", async () => {
  const old = [account("ana", "ana@example.com"), account("ANA", "ana@example.com", { status: "UNCONFIRMED" })];
  expect((await planned({ old })).lines.map(({ action }) => action)).toEqual(["skip", "invite"]);
});

describe("an account that the new pool has already", () => {
  const ana = account("ana", "ana@example.com");
  const verified = account("Ana", "ANA@example.com", { sub: "new" });
  const unproved = { sub: "new", email: "ana@example.com" };

  it("is the same person's if both identifiers agree and the address was proved, or it is an unused invitation", async () => {
    const expected = { action: "present", sub: "id-ana", username: "ana", newSub: "new" };
    expect(await only({ old: [ana], there: [verified] })).toEqual(expected);
    const invited = account("ana", undefined, { sub: "new", status: "FORCE_CHANGE_PASSWORD", attributes: unproved });
    expect(await only({ old: [ana], there: [invited] })).toEqual(expected);
  });

  it.each([
    ["another address", account("ana", "other@example.com")],
    ["no address", account("ana")],
    ["another username", account("anna", "ana@example.com")],
    ["an address that nobody proved", account("ana", undefined, { attributes: unproved })],
    ["a sign-up under way", account("ana", "ana@example.com", { status: "UNCONFIRMED" })],
  ])("is for a person to decide about, if it has %s", async (_, there) => {
    expect(await only({ old: [ana], there: [there] })).toMatchObject({
      action: "conflict",
      accounts: [{ sub: "id-ana", carried: { username: "ana" } }],
      taken: [{ sub: there.sub }],
    });
  });

  it("is nobody's rival, if a move made it", async () => {
    const old = [account("username", "ana@example.com"), account("Username", "Ana@example.com")];
    const there = [account("username", "ana@example.com", { sub: "new" })];
    const made = new Map([["id-username", "new"]]);
    expect(await only({ old, there, made })).toMatchObject({ action: "conflict", taken: [] });
    expect(await only({ old: old.slice(0, 1), there, made })).toMatchObject({ action: "present", newSub: "new" });
  });
});

it("asks about accounts that would be one person, and says what they have in common and who cannot be kept", async () => {
  const old = [
    account("username", "ana@example.com"),
    account("Username", "Ana@example.com", { enabled: false }),
    account("Google_1", "ana@example.com", { status: "EXTERNAL_PROVIDER" }),
  ];
  expect(await only({ old })).toMatchObject({
    action: "conflict",
    because: "same username username, same e-mail address ana@example.com",
    accounts: [
      { username: "username", email: "ana@example.com", verified: true, status: "CONFIRMED" },
      { username: "Username", status: "CONFIRMED, disabled" },
      { username: "Google_1", hindrance: "comes through an identity provider, at its next sign-in" },
    ],
  });
});

it.each([
  ["ａna", "ana@example.com", "its username would be refused (compatibility); it would have to be ana"],
  ["ana", "ana@bücher.example", "its e-mail address would be refused (domain)"],
])("asks about a spelling that the Pre-SignUp function refuses: %s, %s", async (username, email, because) => {
  expect(await only({ old: [account(username, email)] })).toMatchObject({ action: "conflict", because });
});

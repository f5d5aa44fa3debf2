import type { PoolDescription } from "../../../migration/pool/directory";
import type { User } from "../../../migration/pool/user";
import { type PlanLine, type Planned, plan } from "../../../migration/users/plan";
import { account, accountsIn, withStore } from "../../support/migration-users";

const TARGET: PoolDescription = {
  estimatedSize: 0,
  attributes: ["sub", "name", "email", "email_verified", "preferred_username", "custom:team"],
  required: ["email"],
  caseSensitive: false,
  usernames: "own",
  aliases: ["email"],
};

interface Given {
  readonly old: readonly User[];
  readonly there?: readonly User[];
  readonly target?: Partial<PoolDescription>;
  readonly memberships?: ReadonlyMap<string, readonly string[]>;
  readonly made?: ReadonlyMap<string, string>;
  readonly uninvited?: ReadonlySet<string>;
  readonly renameToId?: boolean;
}

async function planned({
  old,
  there = [],
  target,
  memberships = new Map(),
  made = new Map(),
  uninvited,
  renameToId,
}: Given) {
  const all: Planned[] = await withStore(async (store) => {
    const accounts = await accountsIn(store, { from: old, to: there });
    return [
      ...plan({
        accounts,
        target: { ...TARGET, ...target },
        memberships,
        made,
        ...(uninvited && { uninvited }),
        renameToId,
      }),
    ];
  });
  return { lines: all.flatMap(({ lines }) => lines), lost: all.flatMap(({ lost }) => lost) };
}

const only = async (given: Given): Promise<PlanLine | undefined> => (await planned(given)).lines[0];

it("attributes in the new pool's schema are carried over, the others are named", async () => {
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

it("an address is verified only if the old pool says so", async () => {
  const attributes = { email: "ana@example.com", email_verified: "false" };
  const line = await only({ old: [account("ana", undefined, { attributes })] });
  expect(line?.action === "invite" && line.carried.attributes).toEqual({ email: "ana@example.com" });
});

it("a preferred_username that is an alias is not carried over, because Cognito refuses it", async () => {
  const attributes = { email: "ana@example.com", preferred_username: "a" };
  const user = account("ana", undefined, { attributes });
  const { lines, lost } = await planned({ old: [user], target: { aliases: ["email", "preferred_username"] } });
  expect(lines).toMatchObject([{ carried: { attributes: { email: "ana@example.com" } } }]);
  expect(lost).toEqual(["preferred_username"]);
});

it("the address is the username if the new pool uses e-mail addresses as usernames", async () => {
  const line = await only({ old: [account("0000-1111", "ana@example.com")], target: { usernames: "email" } });
  expect(line).toMatchObject({ action: "invite", carried: { username: "ana@example.com" } });
});

it.each<[string, User, Partial<PoolDescription>]>([
  ["never confirmed its sign-up", account("a", "a@x.org", { status: "UNCONFIRMED" }), {}],
  ["is archived", account("a", "a@x.org", { status: "ARCHIVED" }), {}],
  ["comes from an identity provider", account("Google_1", "a@x.org", { status: "EXTERNAL_PROVIDER" }), {}],
  ["has no e-mail address for the invitation", account("a"), {}],
  ["has no name, which the new pool requires", account("a", "a@x.org"), { required: ["email", "name"] }],
])("an account that %s is skipped", async (reason, user, target) => {
  expect(await only({ old: [user], target })).toMatchObject({
    action: "skip",
    reason: expect.stringContaining(reason),
  });
});

it("an unconfirmed account does not conflict with another account", async () => {
  const old = [account("ana", "ana@example.com"), account("ANA", "ana@example.com", { status: "UNCONFIRMED" })];
  expect((await planned({ old })).lines.map(({ action }) => action)).toEqual(["skip", "invite"]);
});

describe("an account that the new pool has already", () => {
  const ana = account("ana", "ana@example.com");
  const verified = account("Ana", "ANA@example.com", { sub: "new" });
  const unverified = { sub: "new", email: "ana@example.com" };

  it("belongs to the same user if both identifiers are equal and the address is verified, or it is an unused invitation", async () => {
    const expected = { action: "present", sub: "id-ana", username: "ana", newSub: "new" };
    expect(await only({ old: [ana], there: [verified] })).toEqual(expected);
    const invited = account("ana", undefined, { sub: "new", status: "FORCE_CHANGE_PASSWORD", attributes: unverified });
    expect(await only({ old: [ana], there: [invited] })).toEqual(expected);
  });

  it.each([
    ["another address", account("ana", "other@example.com")],
    ["no address", account("ana")],
    ["another username", account("anna", "ana@example.com")],
    ["an unverified address", account("ana", undefined, { attributes: unverified })],
    ["a sign-up in progress", account("ana", "ana@example.com", { status: "UNCONFIRMED" })],
  ])("needs a decision if it has %s", async (_, there) => {
    expect(await only({ old: [ana], there: [there] })).toMatchObject({
      action: "conflict",
      accounts: [{ sub: "id-ana", carried: { username: "ana" } }],
      taken: [{ sub: there.sub }],
    });
  });

  it("does not conflict if a move has created it", async () => {
    const old = [account("username", "ana@example.com"), account("Username", "Ana@example.com")];
    const there = [account("username", "ana@example.com", { sub: "new" })];
    const made = new Map([["id-username", "new"]]);
    expect(await only({ old, there, made })).toMatchObject({ action: "conflict", taken: [] });
    expect(await only({ old: old.slice(0, 1), there, made })).toMatchObject({ action: "present", newSub: "new" });
    // The invitation is still to be sent.
    const uninvited = new Set(["id-username"]);
    expect(await only({ old: old.slice(0, 1), there, made, uninvited })).toMatchObject({ action: "invite" });
  });
});

it("duplicate accounts need a decision, with their shared identifiers and the reasons against keeping them", async () => {
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
      { username: "Google_1", hindrance: "comes from an identity provider, which creates it at the next sign-in" },
    ],
  });
});

it.each([
  ["ａna", "ana@example.com", "its username would be refused (compatibility); it would have to be ana"],
  ["ana", "ana@bücher.example", "its e-mail address would be refused (domain)"],
])("a spelling that the Pre-SignUp function refuses needs a decision: %s, %s", async (username, email, because) => {
  expect(await only({ old: [account(username, email)] })).toMatchObject({ action: "conflict", because });
});

describe("a username in the format of an alias of the new pool", () => {
  const old = [
    account("ana@example.com", "ana@example.com", { sub: "old-id-a" }),
    account("+4912345", "ben@example.com", { sub: "old-id-b" }),
  ];
  const target = { aliases: ["email", "phone_number"] };

  it("needs a decision, because Cognito refuses it", async () => {
    const { lines } = await planned({ old, target });
    expect(lines).toMatchObject([
      {
        action: "conflict",
        because: expect.stringContaining("its username is an e-mail address"),
        aliases: target.aliases,
      },
      { action: "conflict", because: expect.stringContaining("its username is a phone number") },
    ]);
  });

  it("becomes the old id with the rule for all", async () => {
    const { lines } = await planned({ old, target, renameToId: true });
    expect(lines).toMatchObject([
      { action: "invite", carried: { username: "old-id-a" } },
      { action: "invite", carried: { username: "old-id-b" } },
    ]);
  });

  it.each([
    ["the pool has no such alias", { aliases: [] }],
    ["the address is the username there", { usernames: "email", aliases: [] }],
  ] as const)("is kept where %s", async (_, target) => {
    expect(await only({ old: old.slice(0, 1), target })).toMatchObject({
      action: "invite",
      carried: { username: "ana@example.com" },
    });
  });
});

it("an attribute with the name of a property of every object is named as lost", async () => {
  const attributes = JSON.parse('{"email":"ana@example.com","__proto__":"a","constructor":"b"}');
  const { lost } = await planned({ old: [account("ana", undefined, { attributes })] });
  expect(lost).toEqual(["__proto__", "constructor"]);
});

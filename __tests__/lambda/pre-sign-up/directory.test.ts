import fc from "fast-check";
import { type Account, findTaken, keepsEmail, type ListUsers } from "../../../lambda/pre-sign-up/directory";
import { readSignUp } from "../../../lambda/pre-sign-up/event";
import { usersFilter } from "../../../lambda/pre-sign-up/filter";
import { signUpEvent } from "../../support/events";

const HOUR = 3_600_000;
const now = Date.UTC(2026, 0, 1);

function account(username: string, email: string, more: Partial<Account> = {}): Account {
  return { username, email, status: "CONFIRMED", createdAt: now - 48 * HOUR, ...more };
}

/** A directory whose filters heed case, as Cognito's may. */
function exactly(...accounts: Account[]): { list: ListUsers; filters: string[] } {
  const filters: string[] = [];
  return {
    filters,
    list: async (_, filter) => {
      filters.push(filter);
      return accounts.filter(
        ({ username, email }) =>
          filter === usersFilter("username", username) || filter === usersFilter("email", email ?? ""),
      );
    },
  };
}

const find = (list: ListUsers, username: string, email: string) =>
  findTaken(list, readSignUp(signUpEvent(username, email)), 24 * HOUR, now);

describe("what is asked", () => {
  it("is the spelling as typed and the canonical one", async () => {
    const { list, filters } = exactly();
    await find(list, "Ana", "Ana@Example.com");
    expect(filters).toEqual([
      'username = "Ana"',
      'username = "ana"',
      'email = "Ana@Example.com"',
      'email = "ana@example.com"',
    ]);
  });

  it("is asked once where both are the same", async () => {
    const { list, filters } = exactly();
    await find(list, "ana", "ana@example.com");
    expect(filters).toEqual(['username = "ana"', 'email = "ana@example.com"']);
  });

  it("is asked all at the same time", async () => {
    let waiting = 0;
    let most = 0;
    const list: ListUsers = async () => {
      most = Math.max(most, ++waiting);
      await new Promise(setImmediate);
      waiting--;
      return [];
    };
    await find(list, "Ana", "Ana@Example.com");
    expect(most).toBe(4);
  });

  it("cannot be widened or broken by what somebody types", async () => {
    const { list, filters } = exactly();
    await find(list, '" or username ^= "', 'a"\\b@example.com');
    expect(filters).toEqual(['username = "\\" or username ^= \\""', 'email = "a\\"\\\\b@example.com"']);
  });
});

describe("what is taken", () => {
  it.each([
    ["the same username", account("ana", "x@example.com"), { username: true, email: false }],
    ["the same username, stored as typed now", account("Ana", "x@example.com"), { username: true, email: false }],
    ["the same e-mail address", account("x", "ana@example.com"), { username: false, email: true }],
    ["the same e-mail address, stored as typed now", account("x", "Ana@Example.com"), { username: false, email: true }],
    ["both", account("ana", "ana@example.com"), { username: true, email: true }],
    ["neither", account("x", "x@example.com"), { username: false, email: false }],
  ])("%s", async (_, stored, taken) => {
    expect(await find(exactly(stored).list, "Ana", "Ana@Example.com")).toEqual(taken);
  });

  it("is compared here, whatever a filter lets through", async () => {
    const prefixes: ListUsers = async () => [account("anabel", "ana@example.com.au"), account("x", "")];
    expect(await find(prefixes, "ana", "ana@example.com")).toEqual({ username: false, email: false });
  });

  it("is found where a filter does not heed case and the stored spelling is a third one", async () => {
    const blind: ListUsers = async () => [account("ANA", "ANA@EXAMPLE.COM")];
    expect(await find(blind, "Ana", "Ana@Example.com")).toEqual({ username: true, email: true });
  });

  it("is not an e-mail address that an account lacks", async () => {
    const { list } = exactly(account("ana", "", { email: undefined }));
    expect(await find(list, "ana", "ana@example.com")).toEqual({ username: true, email: false });
  });
});

describe("an account that never confirmed", () => {
  const unconfirmed = (hours: number) =>
    account("x", "ana@example.com", { status: "UNCONFIRMED", createdAt: now - hours * HOUR });

  it("keeps its e-mail address for the hold, and not longer", async () => {
    expect(await find(exactly(unconfirmed(23.9)).list, "ana", "ana@example.com")).toMatchObject({ email: true });
    expect(await find(exactly(unconfirmed(24)).list, "ana", "ana@example.com")).toMatchObject({ email: false });
  });

  it("keeps its username: Cognito itself does not give it away", async () => {
    expect(await find(exactly(unconfirmed(100)).list, "x", "new@example.com")).toMatchObject({ username: true });
  });

  it("keeps its e-mail address where its age is not known", () => {
    expect(keepsEmail(account("x", "a@x", { status: "UNCONFIRMED", createdAt: undefined }), HOUR, now)).toBe(true);
  });
});

it.each([
  "CONFIRMED",
  "FORCE_CHANGE_PASSWORD",
  "EXTERNAL_PROVIDER",
  "RESET_REQUIRED",
  "ARCHIVED",
  "WHAT_COMES_NEXT",
  undefined,
])("an account that is %s keeps its e-mail address however old it is", (status) => {
  expect(keepsEmail(account("x", "a@x", { status, createdAt: 0 }), HOUR, now)).toBe(true);
});

describe("a filter", () => {
  it("holds one value, whatever the value is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        const filter = usersFilter("username", value);
        const inner = filter.slice('username = "'.length, -1);
        // Every quote and backslash has exactly one backslash of its own in front of it.
        expect(inner.replaceAll(/\\(["\\])/g, (_, escaped) => escaped)).toBe(value);
        expect(inner.replaceAll(/\\["\\]/g, "")).not.toMatch(/["\\]/);
      }),
    );
  });
});

import fc from "fast-check";
import { type Account, owns } from "../../../lambda/identity/account";
import { usersFilter } from "../../../lambda/identity/filter";
import { readSignUp } from "../../../lambda/pre-sign-up/event";
import { byDirectory } from "../../../lambda/uniqueness/by-directory";
import { Directory } from "../../../lambda/uniqueness/directory";
import type { ListUsers } from "../../../lambda/uniqueness/list-users";
import { Accounts } from "../../support/accounts";
import { signUpEvent } from "../../support/events";

const BOTH = ["username", "email"] as const;

const HOUR = 3_600_000;
const now = Date.UTC(2026, 0, 1);

let accounts: Accounts;
beforeEach(() => {
  accounts = new Accounts();
});

async function taken(username: string, email: string, listUsers: ListUsers = accounts.listUsers) {
  const directory = new Directory({ listUsers, unconfirmedHold: 24 * HOUR, now: () => now });
  return (
    await byDirectory({ directory, accounts: accounts.accounts }).claim(
      readSignUp(signUpEvent(username, email)),
      BOTH,
      0,
    )
  ).taken;
}

describe("a look-up", () => {
  it("uses the typed and the canonical spelling", async () => {
    await taken("Ana", "Ana@Example.com");
    expect(accounts.filters).toEqual([
      'username = "Ana"',
      'username = "ana"',
      'email = "Ana@Example.com"',
      'email = "ana@example.com"',
    ]);
  });

  it("is sent once if both are equal", async () => {
    await taken("ana", "ana@example.com");
    expect(accounts.filters).toEqual(['username = "ana"', 'email = "ana@example.com"']);
  });

  it("sends all filters in parallel", async () => {
    let waiting = 0;
    let most = 0;
    await taken("Ana", "Ana@Example.com", async () => {
      most = Math.max(most, ++waiting);
      await new Promise(setImmediate);
      waiting--;
      return [];
    });
    expect(most).toBe(4);
  });

  it("cannot be widened or broken by input of the caller", async () => {
    await taken('" or username ^= "', 'a"\\b@example.com');
    expect(accounts.filters).toEqual(['username = "\\" or username ^= \\""', 'email = "a\\"\\\\b@example.com"']);
  });
});

describe("a taken identifier", () => {
  it.each<[what: string, username: string, email: string | undefined, taken: string | undefined]>([
    ["the same username", "ana", "x@example.com", "username"],
    ["the same username, stored as typed now", "Ana", "x@example.com", "username"],
    ["the same username of an account without an e-mail address", "ana", undefined, "username"],
    ["the same e-mail address", "x", "ana@example.com", "email"],
    ["the same e-mail address, stored as typed now", "x", "Ana@Example.com", "email"],
    ["both, of which the username is named", "ana", "ana@example.com", "username"],
    ["neither", "x", "x@example.com", undefined],
  ])("%s", async (_, username, email, expected) => {
    accounts.add(username, email);
    expect(await taken("Ana", "Ana@Example.com")).toBe(expected);
  });

  const list = (...found: Array<[username: string, email: string]>): ListUsers => {
    const all = found.map(([username, email]) => new Accounts().add(username, email));
    return async () => all;
  };

  it("is compared in canonical form, whatever the filter matches", async () => {
    expect(await taken("ana", "ana@example.com", list(["anabel", "ana@example.com.au"], ["x", ""]))).toBeUndefined();
  });

  it("is found if the filter is case-insensitive and the stored spelling is a third one", async () => {
    expect(await taken("Ana", "Ana@Example.com", list(["ANA", "x@example.com"]))).toBe("username");
    expect(await taken("Ana", "Ana@Example.com", list(["x", "ANA@EXAMPLE.COM"]))).toBe("email");
  });
});

describe("an unconfirmed account", () => {
  const unconfirmed = (hours: number) =>
    accounts.add("x", "ana@example.com", { status: "UNCONFIRMED", createdAt: now - hours * HOUR });

  it("holds its e-mail address until the hold is over", async () => {
    unconfirmed(23.9);
    expect(await taken("ana", "ana@example.com")).toBe("email");
  });

  it("does not hold it longer", async () => {
    unconfirmed(24);
    expect(await taken("ana", "ana@example.com")).toBeUndefined();
  });

  it("keeps its username, because Cognito does not release it", async () => {
    unconfirmed(100);
    expect(await taken("x", "new@example.com")).toBe("username");
  });

  it("holds its e-mail address if its age is unknown", () => {
    const ageless = accounts.add("x", "a@x", { status: "UNCONFIRMED", createdAt: undefined });
    expect(owns(ageless, "email", "a@x", HOUR, now)).toBe(true);
  });
});

it.each(["CONFIRMED", "FORCE_CHANGE_PASSWORD", "EXTERNAL_PROVIDER", "RESET_REQUIRED", "ARCHIVED", "WHAT_COMES_NEXT"])(
  "an account that is %s keeps its e-mail address however old it is",
  (status) => {
    const account: Account = accounts.add("x", "a@x", { status, createdAt: 0 });
    expect(owns(account, "email", "a@x", HOUR, now)).toBe(true);
  },
);

describe("a filter", () => {
  it("contains exactly one value, for any value", () => {
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

describe("an account past its hold", () => {
  const claim = (username: string) => {
    const directory = new Directory({ listUsers: accounts.listUsers, unconfirmedHold: 24 * HOUR, now: () => now });
    const uniqueness = byDirectory({ directory, accounts: accounts.accounts });
    return uniqueness.claim(readSignUp(signUpEvent(username, "ana@example.com")), BOTH, 0);
  };
  const expired = (username: string) =>
    accounts.add(username, "ana@example.com", { status: "UNCONFIRMED", createdAt: now - 24 * HOUR });

  it("is deleted before another account gets its address", async () => {
    expired("x");
    expect(await claim("ana")).toEqual({ deleted: 1 });
    expect(accounts.deleted).toEqual(["x"]);
  });

  it("is not deleted if the sign-up is refused", async () => {
    expired("x");
    accounts.add("ana", "other@example.com");
    expect(await claim("ana")).toEqual({ taken: "username" });
    expect(accounts.deleted).toEqual([]);
  });

  it("refuses the sign-up if it was confirmed meanwhile", async () => {
    const { username, email, createdAt } = expired("x");
    accounts.accounts.read = async () => ({ username, email, createdAt, status: "CONFIRMED", emailVerified: true });
    expect(await claim("ana")).toEqual({ taken: "email" });
  });
});

import { AwsError, type Call } from "../../../lambda/aws/client";
import type { Account, IdentifierName } from "../../../lambda/identity/account";
import { attemptOf, IN_FLIGHT, inFlight } from "../../../lambda/identity/reservation";
import { readSignUp } from "../../../lambda/pre-sign-up/event";
import { Directory } from "../../../lambda/uniqueness/directory";
import { type ListUsers, listUsersWith } from "../../../lambda/uniqueness/list-users";
import { byReservation, type ReservationsConfig } from "../../../lambda/uniqueness/reservations";
import { dynamoTable, type ReservationsTable } from "../../../lambda/uniqueness/table";
import type { Claim } from "../../../lambda/uniqueness/uniqueness";
import { Accounts } from "../../support/accounts";
import { signUpEvent } from "../../support/events";
import { localTables, TABLE } from "../../support/tables";

const BOTH = ["username", "email"] as const;

const HOUR = 3_600_000;

let tables: Awaited<ReturnType<typeof localTables>>;
let accounts: Accounts;
let now: number;
beforeAll(async () => {
  tables = await localTables();
});
afterAll(() => tables.close());
beforeEach(async () => {
  await tables.clear();
  accounts = new Accounts();
  now = Date.UTC(2026, 0, 1);
});

const signUpOf = (username: string, email: string) => readSignUp(signUpEvent(username, email));

function claim(
  username: string,
  email: string,
  {
    table = tables.table,
    listUsers = accounts.listUsers,
    wanted = BOTH,
    accounts: single = accounts.accounts,
  }: Partial<Pick<ReservationsConfig, "table" | "accounts">> & {
    listUsers?: ListUsers;
    wanted?: readonly IdentifierName[];
  } = {},
): Promise<Claim> {
  const directory = new Directory({ listUsers, unconfirmedHold: 24 * HOUR, now: () => now });
  const uniqueness = byReservation({ table, directory, accounts: single, now: () => now });
  return uniqueness.claim(signUpOf(username, email), wanted, Date.now() + 5000);
}

/** Creates the account, as Cognito does after an admission. */
async function signedUp(username: string, email: string, more: Parameters<Accounts["add"]>[2] = {}): Promise<void> {
  expect((await claim(username, email)).taken).toBeUndefined();
  accounts.add(username, email, { createdAt: now, ...more });
}

const GRANTED = { takenOver: 0 };

describe("a reservation", () => {
  it("is made for both identifiers, with the typed spellings", async () => {
    expect(await claim("Ana", "Ana@Example.com")).toEqual(GRANTED);
    const reservation = {
      username: "Ana",
      email: "Ana@Example.com",
      attempt: attemptOf("Ana", "Ana@Example.com"),
      reservedAt: now,
    };
    expect(await tables.items()).toEqual({ "USERNAME#ana": reservation, "EMAIL#ana@example.com": reservation });
  });

  it("is made for the username only if only that is claimed", async () => {
    expect(await claim("ana", "ana@example.com", { wanted: ["username"] })).toEqual(GRANTED);
    expect(Object.keys(await tables.items())).toEqual(["USERNAME#ana"]);
  });

  it("admits the same sign-up again and is renewed", async () => {
    await claim("ana", "ana@example.com");
    now += 1000;
    expect(await claim("ana", "ana@example.com")).toEqual(GRANTED);
    expect((await tables.items())["USERNAME#ana"]?.reservedAt).toBe(now);
  });

  it("refuses other sign-ups while it is in flight; for a username without a look-up of its holder", async () => {
    await claim("ana", "ana@example.com");
    accounts.filters.length = 0;
    expect(await claim("ANA", "other@example.com")).toEqual({ taken: "username" });
    expect(accounts.filters.filter((filter) => filter.startsWith("username"))).toEqual([]);
    expect(await claim("other", "ANA@example.com")).toEqual({ taken: "email" });
  });

  it("of Username after username belongs to another sign-up", async () => {
    await claim("username", "ana@example.com");
    expect(await claim("Username", "ana@example.com")).toEqual({ taken: "username" });
  });
});

describe("a refused sign-up leaves no reservation", () => {
  it("because its username is taken: the same address is admitted with another username at once", async () => {
    await signedUp("ana", "ana@example.com");
    expect(await claim("Ana", "ben@example.com")).toEqual({ taken: "username" });
    expect(await claim("ben", "ben@example.com")).toEqual(GRANTED);
  });

  it("because its e-mail address is taken: the same username is admitted with another address at once", async () => {
    await signedUp("ana", "ana@example.com");
    expect(await claim("ben", "Ana@example.com")).toEqual({ taken: "email" });
    expect(await claim("ben", "ben@example.com")).toEqual(GRANTED);
  });

  it("because its e-mail address belongs to an account older than the table", async () => {
    accounts.add("ana", "ana@example.com");
    expect(await claim("ben", "ana@example.com")).toEqual({ taken: "email" });
    expect(await tables.items()).toEqual({});
    expect(await claim("ben", "ben@example.com")).toEqual(GRANTED);
  });

  it("because Cognito is unavailable", async () => {
    const listUsers = () => Promise.reject(new AwsError("TooManyRequestsException", true));
    await expect(claim("ana", "ana@example.com", { listUsers })).rejects.toMatchObject({
      code: "TooManyRequestsException",
    });
    expect(await tables.items()).toEqual({});
  });

  it("because the table's response was lost after the write", async () => {
    const table: ReservationsTable = {
      ...tables.table,
      async put(puts, deadline) {
        await tables.table.put(puts, deadline);
        throw new AwsError("Timeout", true);
      },
    };
    await expect(claim("ana", "ana@example.com", { table })).rejects.toMatchObject({ code: "Timeout" });
    expect(await tables.items()).toEqual({});
  });

  it("and a retry after a lost response recognizes its own reservation", async () => {
    accounts.add("ana", "ana@example.com");
    // As in the client: the first response is lost, and the second attempt finds the item of the first.
    const table: ReservationsTable = {
      ...tables.table,
      async put(puts, deadline) {
        await tables.table.put(puts, deadline);
        return tables.table.put(puts, deadline);
      },
    };
    expect(await claim("ben", "ana@example.com", { table })).toEqual({ taken: "email" });
    expect(await tables.items()).toEqual({});
  });
});

describe("the reservation of an existing account stays", () => {
  it("when its own sign-up is repeated and refused", async () => {
    await signedUp("Ana", "Ana@Example.com");
    now += HOUR;
    expect(await claim("Ana", "Ana@Example.com")).toEqual({ taken: "username" });
    expect(Object.keys(await tables.items()).sort()).toEqual(["EMAIL#ana@example.com", "USERNAME#ana"]);
  });

  it("against another spelling, although Cognito's filters are case-sensitive", async () => {
    await signedUp("Ana", "Ana@Example.com");
    now += HOUR;
    expect(await claim("ben", "ana@example.com")).toEqual({ taken: "email" });
    expect(await claim("ben", "ANA@EXAMPLE.COM")).toEqual({ taken: "email" });
    expect(await claim("ANA", "ben@example.com")).toEqual({ taken: "username" });
  });

  it("when its address has another spelling by now", async () => {
    await signedUp("Ana", "ana@example.com");
    accounts.remove("Ana");
    accounts.add("Ana", "ANA@example.com");
    now += HOUR;
    expect(await claim("ben", "aNa@example.com")).toEqual({ taken: "email" });
  });
});

describe("a reservation is taken over, once it is no longer in flight,", () => {
  it("when its sign-up has failed", async () => {
    await claim("ana", "ana@example.com");
    now += IN_FLIGHT - 1;
    expect(await claim("ben", "ana@example.com")).toEqual({ taken: "email" });
    now += 1;
    expect(await claim("ben", "ana@example.com")).toEqual({ takenOver: 1 });
    expect(await claim("ANA", "other@example.com")).toEqual({ takenOver: 1 });
  });

  it("together with the other one", async () => {
    await claim("ana", "ana@example.com");
    now += IN_FLIGHT;
    expect(await claim("Ana", "Ana@example.com")).toEqual({ takenOver: 2 });
  });

  it("when its account was deleted", async () => {
    await signedUp("ana", "ana@example.com");
    accounts.remove("ana");
    now += HOUR;
    expect(await claim("Ana", "Ana@example.com")).toEqual({ takenOver: 2 });
  });

  it("when its account has another address by now", async () => {
    await signedUp("ana", "ana@example.com");
    accounts.remove("ana");
    accounts.add("ana", "new@example.com");
    now += HOUR;
    expect(await claim("ben", "ana@example.com")).toEqual({ takenOver: 1 });
    expect(await claim("cara", "new@example.com")).toEqual({ taken: "email" });
  });

  it("when its account is unconfirmed and past its hold: the address, not the username", async () => {
    await signedUp("ana", "ana@example.com", { status: "UNCONFIRMED" });
    now += 24 * HOUR - 1;
    expect(await claim("ben", "ana@example.com")).toEqual({ taken: "email" });
    now += 1;
    expect(await claim("ANA", "other@example.com")).toEqual({ taken: "username" });
    expect(await claim("ben", "ana@example.com")).toEqual({ takenOver: 1, deleted: 1 });
  });

  it("by one of two concurrent sign-ups", async () => {
    await claim("ana", "ana@example.com");
    now += IN_FLIGHT;
    const claims = await Promise.all([claim("ben", "ana@example.com"), claim("cara", "ana@example.com")]);
    expect(claims.map(({ taken }) => taken).sort()).toEqual(["email", undefined]);
  });
});

describe("two identical sign-ups in the same millisecond", () => {
  const lost = (table: ReservationsTable): ReservationsTable => ({
    ...table,
    // The transaction is never carried out, and the call gets no response.
    put: () => Promise.reject(new AwsError("Timeout", true)),
  });

  it("have different versions: one with an unknown result does not remove the other's reservation", async () => {
    expect(await claim("ana", "ana@example.com")).toEqual(GRANTED);
    const winner = await tables.items();
    await expect(claim("ana", "ana@example.com", { table: lost(tables.table) })).rejects.toMatchObject({
      code: "Timeout",
    });
    expect(await tables.items()).toEqual(winner);
    expect(await claim("ben", "ana@example.com")).toEqual({ taken: "email" });
  });

  it("are both admitted, and the reservation belongs to the later one", async () => {
    const claims = await Promise.all([claim("ana", "ana@example.com"), claim("ana", "ana@example.com")]);
    expect(claims).toEqual([GRANTED, GRANTED]);
    expect(await claim("ben", "ana@example.com")).toEqual({ taken: "email" });
  });
});

describe("a reservation of an earlier release, which has no nonce,", () => {
  const present = { attempt: attemptOf("ana", "ana@example.com"), at: () => now };

  it("belongs to the same sign-up when it is repeated", async () => {
    await tables.write("EMAIL#ana@example.com", "ana", "ana@example.com", present.attempt, now);
    expect(await claim("ana", "ana@example.com")).toEqual(GRANTED);
    expect(await claim("ben", "ana@example.com")).toEqual({ taken: "email" });
  });

  it("refuses other sign-ups, and is taken over after a minute", async () => {
    await tables.write("EMAIL#ana@example.com", "ana", "ana@example.com", present.attempt, now);
    expect(await claim("ben", "ana@example.com")).toEqual({ taken: "email" });
    now += IN_FLIGHT;
    expect(await claim("ben", "ana@example.com")).toEqual({ takenOver: 1 });
  });
});

describe("a username of an account older than the table", () => {
  const older = { createdAt: Date.UTC(2025, 0, 1) };

  it("does not block the address of a sign-up that Cognito refuses for it", async () => {
    accounts.add("ana", "old@example.com", older);
    // Cognito answers this one with UsernameExistsException.
    expect(await claim("ana", "new@example.com")).toEqual(GRANTED);
    expect(await claim("ben", "new@example.com")).toEqual({ takenOver: 1 });
  });

  it("does not block it in another letter case either", async () => {
    accounts.add("ana", "old@example.com", older);
    expect(await claim("Ana", "new@example.com")).toEqual(GRANTED);
    expect(await claim("ben", "new@example.com")).toEqual({ takenOver: 1 });
  });

  it.each<[what: string, more: Partial<Account>, read: boolean]>([
    ["is as young as the sign-up", { createdAt: Date.UTC(2026, 0, 1) }, true],
    ["has an age that is not known", { createdAt: undefined }, true],
    ["is deleted, although ListUsers still shows it", older, false],
  ])("leaves the address reserved if the account %s", async (_, more, read) => {
    const account = accounts.add("ana", "old@example.com", more);
    expect(await claim("ana", "new@example.com")).toEqual(GRANTED);
    if (!read) accounts.remove("ana");
    const listUsers: ListUsers = async (_pool, filter) => (filter.startsWith("username") ? [account] : []);
    expect(await claim("ben", "new@example.com", { listUsers })).toEqual({ taken: "email" });
  });

  it("leaves the address reserved if Cognito is unavailable", async () => {
    accounts.add("ana", "old@example.com", older);
    expect(await claim("ana", "new@example.com")).toEqual(GRANTED);
    const listUsers: ListUsers = (...args) =>
      args[1].startsWith("username") ? Promise.reject(new AwsError("Timeout", true)) : accounts.listUsers(...args);
    expect(await claim("ben", "new@example.com", { listUsers })).toEqual({ taken: "email" });
  });
});

describe("an unconfirmed account past its hold", () => {
  const expired = (username: string, email: string, more: Partial<Account> = {}) =>
    accounts.add(username, email, { status: "UNCONFIRMED", createdAt: now - 24 * HOUR, ...more });

  it("is deleted before another account gets its address, because it could still be confirmed", async () => {
    await signedUp("ana", "ana@example.com", { status: "UNCONFIRMED" });
    now += 24 * HOUR;
    expect(await claim("ben", "ana@example.com")).toEqual({ takenOver: 1, deleted: 1 });
    expect(accounts.deleted).toEqual(["ana"]);
  });

  it("is deleted if only its reservation has its spelling of the address", async () => {
    await signedUp("ana", "ANA@example.com", { status: "UNCONFIRMED" });
    now += 24 * HOUR;
    expect(await claim("ben", "ana@example.com")).toEqual({ takenOver: 1, deleted: 1 });
    expect(accounts.deleted).toEqual(["ana"]);
  });

  it("is deleted if it is older than the table", async () => {
    expired("ana", "ana@example.com");
    expect(await claim("ben", "ana@example.com")).toEqual({ takenOver: 0, deleted: 1 });
  });

  it("is not deleted for a sign-up with its own username, which Cognito refuses", async () => {
    await signedUp("ana", "ana@example.com", { status: "UNCONFIRMED" });
    now += 24 * HOUR;
    expect(await claim("ana", "ana@example.com")).toEqual(GRANTED);
    expect(accounts.deleted).toEqual([]);
  });

  it("cannot be signed up again during its deletion", async () => {
    await signedUp("ana", "ana@example.com", { status: "UNCONFIRMED" });
    now += 24 * HOUR;
    await claim("ben", "ana@example.com");
    expect(await claim("ana", "new@example.com")).toEqual({ taken: "username" });
    now += IN_FLIGHT;
    expect(await claim("ana", "new@example.com")).toEqual({ takenOver: 1 });
  });

  it("keeps the address if it was confirmed, even if ListUsers does not show it yet", async () => {
    const stale = expired("ana", "ana@example.com");
    accounts.remove("ana");
    accounts.add("ana", "ana@example.com", { createdAt: stale.createdAt });
    const listUsers: ListUsers = async () => [stale];
    expect(await claim("ben", "ana@example.com", { listUsers })).toEqual({ taken: "email" });
    expect(accounts.deleted).toEqual([]);
    expect(Object.keys(await tables.items())).toEqual(["USERNAME#ana"]);
  });

  it("is not deleted if an operator has disabled it", async () => {
    expired("ana", "ana@example.com", { disabled: true });
    expect(await claim("ben", "ana@example.com")).toEqual(GRANTED);
    expect(accounts.deleted).toEqual([]);
  });

  const failing = (error: Error) => ({ ...accounts.accounts, remove: () => Promise.reject(error) });

  it("blocks its address only while a retry of the deletion may succeed", async () => {
    expired("ana", "ana@example.com");
    const throttled = failing(new AwsError("TooManyRequestsException", true));
    await expect(claim("ben", "ana@example.com", { accounts: throttled })).rejects.toMatchObject({
      code: "TooManyRequestsException",
    });
    now += IN_FLIGHT;
    const forbidden = failing(new AwsError("AccessDeniedException", false));
    expect(await claim("ben", "ana@example.com", { accounts: forbidden })).toMatchObject({ kept: 1 });
  });

  it.each([240, 3040])("does not block the address for good, %d of them neither", async (count) => {
    for (let number = 0; number < count; number++) expired(`x${number}`, "ana@example.com");
    let page: unknown;
    // With the real client, page by page.
    const call: Call = async (_target, input) => {
      const { Filter, PaginationToken = "0" } = input as { Filter: string; PaginationToken?: string };
      const found = await accounts.listUsers("", Filter, 0);
      const start = Number(PaginationToken);
      page = start;
      return {
        Users: found.slice(start, start + 60).map(({ username, email, status, createdAt = 0 }) => ({
          Username: username,
          Attributes: [{ Name: "email", Value: email }],
          UserStatus: status,
          UserCreateDate: createdAt / 1000,
        })),
        ...(start + 60 < found.length && { PaginationToken: String(start + 60) }),
      };
    };
    const listUsers = listUsersWith(call);
    let refused = 0;
    for (;;) {
      const claimed = await claim("ben", "ana@example.com", { listUsers }).catch((error) => error as AwsError);
      if (!(claimed instanceof AwsError)) break;
      expect(claimed.code).toBe("TooManyPages");
      expect(++refused).toBeLessThan(5);
    }
    expect(page).toBeDefined();
    expect(accounts.deleted.length).toBeGreaterThanOrEqual(20);
    expect(refused > 0).toBe(count > 3000);
  });
});

describe("a machine whose clock is wrong", () => {
  it("detects it by the table's response, and reserves with the servers' time", async () => {
    let offset = -10 * 60_000;
    const table: ReservationsTable = {
      ...tables.table,
      async put(puts, deadline) {
        const result = await tables.table.put(puts, deadline);
        offset = 0;
        return result;
      },
    };
    const directory = new Directory({
      listUsers: accounts.listUsers,
      unconfirmedHold: 24 * HOUR,
      now: () => now + offset,
    });
    const uniqueness = byReservation({ table, directory, accounts: accounts.accounts, now: () => now + offset });
    const signUp = signUpOf("ana", "ana@example.com");
    expect(await uniqueness.claim(signUp, BOTH, Date.now() + 5000)).toEqual(GRANTED);
    expect((await tables.items())["EMAIL#ana@example.com"]?.reservedAt).toBe(now);
    expect(await claim("ben", "ana@example.com")).toEqual({ taken: "email" });
  });
});

describe("a reservation that was written by hand", () => {
  it("fails closed if it does not identify its sign-up", async () => {
    const Item = { pk: { S: "EMAIL#ana@example.com" } };
    await tables.call("DynamoDB_20120810.PutItem", { TableName: TABLE, Item }, Date.now() + 5000);
    await expect(claim("ana", "ana@example.com")).rejects.toMatchObject({ code: "BadReservation" });
  });

  it("from the far future does not block a sign-up", async () => {
    await tables.write("EMAIL#ana@example.com", "ana", "ana@example.com", "x", now + HOUR);
    expect(await claim("ben", "ana@example.com")).toEqual({ takenOver: 1 });
    expect(inFlight({ attempt: "", reservedAt: now + IN_FLIGHT - 1 }, now)).toBe(true);
  });
});

it("a holder is looked up by every known spelling", async () => {
  await tables.write("EMAIL#ana@example.com", "Ben", "ANA@example.com", "x", 0);
  accounts.filters.length = 0;
  await claim("cara", "Ana@example.com");
  expect([...new Set(accounts.filters)].sort()).toEqual([
    'email = "ANA@example.com"',
    'email = "Ana@example.com"',
    'email = "ana@example.com"',
    'username = "Ben"',
    'username = "ben"',
  ]);
});

describe("the table", () => {
  /** A table whose transaction is cancelled for these reasons. */
  function cancelled(...reasons: object[]): ReservationsTable {
    const error = new AwsError("TransactionCanceledException", false, { CancellationReasons: reasons });
    return dynamoTable(() => Promise.reject(error), TABLE);
  }

  it("that is busy with another transaction is retried until the deadline", async () => {
    const busy = cancelled({ Code: "TransactionConflict" }, { Code: "None" });
    let puts = 0;
    const table: ReservationsTable = {
      ...tables.table,
      put: (...args) => (++puts < 5 ? busy.put(...args) : tables.table.put(...args)),
    };
    expect(await claim("ana", "ana@example.com", { table })).toEqual(GRANTED);
    expect(puts).toBe(5);
  });

  it.each([
    [
      "that cancels for a reason that is none of these",
      [{ Code: "ValidationError" }, { Code: "None" }],
      "ValidationError",
    ],
    ["that cancels for no reason", [{ Code: "None" }, { Code: "None" }], "BadResponse"],
  ])("%s fails closed", async (_, reasons, code) => {
    await expect(claim("ana", "ana@example.com", { table: cancelled(...reasons) })).rejects.toMatchObject({ code });
  });
});

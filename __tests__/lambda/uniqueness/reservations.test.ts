import { AwsError, type Call } from "../../../lambda/aws/client";
import { type Account, IDENTIFIERS, type IdentifierName } from "../../../lambda/identity/account";
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
    wanted = IDENTIFIERS,
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

/** What Cognito does after a trigger that admits. */
async function signedUp(username: string, email: string, more: Parameters<Accounts["add"]>[2] = {}): Promise<void> {
  expect((await claim(username, email)).taken).toBeUndefined();
  accounts.add(username, email, { createdAt: now, ...more });
}

const GRANTED = { takenOver: 0 };

describe("a reservation", () => {
  it("is made for both identifiers, with the spellings as typed", async () => {
    expect(await claim("Ana", "Ana@Example.com")).toEqual(GRANTED);
    const reservation = {
      username: "Ana",
      email: "Ana@Example.com",
      attempt: attemptOf("Ana", "Ana@Example.com"),
      reservedAt: now,
    };
    expect(await tables.items()).toEqual({ "USERNAME#ana": reservation, "EMAIL#ana@example.com": reservation });
  });

  it("is made for the username alone where only that is wanted", async () => {
    expect(await claim("ana", "ana@example.com", { wanted: ["username"] })).toEqual(GRANTED);
    expect(Object.keys(await tables.items())).toEqual(["USERNAME#ana"]);
  });

  it("lets the same sign-up pass when it is asked again, and counts from then on", async () => {
    await claim("ana", "ana@example.com");
    now += 1000;
    expect(await claim("ana", "ana@example.com")).toEqual(GRANTED);
    expect((await tables.items())["USERNAME#ana"]?.reservedAt).toBe(now);
  });

  it("keeps others out while it is in flight: of the username without a question to Cognito about its holder", async () => {
    await claim("ana", "ana@example.com");
    accounts.filters.length = 0;
    expect(await claim("ANA", "other@example.com")).toEqual({ taken: "username" });
    expect(accounts.filters.filter((filter) => filter.startsWith("username"))).toEqual([]);
    expect(await claim("other", "ANA@example.com")).toEqual({ taken: "email" });
  });

  it("of Username after username is another sign-up", async () => {
    await claim("username", "ana@example.com");
    expect(await claim("Username", "ana@example.com")).toEqual({ taken: "username" });
  });
});

describe("nothing is left behind by a sign-up that is refused", () => {
  it("because its username is taken: the same address gets in with another username, at once", async () => {
    await signedUp("ana", "ana@example.com");
    expect(await claim("Ana", "ben@example.com")).toEqual({ taken: "username" });
    expect(await claim("ben", "ben@example.com")).toEqual(GRANTED);
  });

  it("because its e-mail address is taken: the same username gets in with another address, at once", async () => {
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

  it("because Cognito cannot be asked", async () => {
    const listUsers = () => Promise.reject(new AwsError("TooManyRequestsException", true));
    await expect(claim("ana", "ana@example.com", { listUsers })).rejects.toMatchObject({
      code: "TooManyRequestsException",
    });
    expect(await tables.items()).toEqual({});
  });

  it("because the table's answer was lost after it had written", async () => {
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

  it("and an answer that was lost and asked for again counts as this sign-up's own", async () => {
    accounts.add("ana", "ana@example.com");
    // As the client does: the first answer is lost, the second attempt meets what the first has written.
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

describe("a live account's reservation stays", () => {
  it("when its own sign-up is asked again and refused", async () => {
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

  it("where it holds the address in yet another spelling by now", async () => {
    await signedUp("Ana", "ana@example.com");
    accounts.remove("Ana");
    accounts.add("Ana", "ANA@example.com");
    now += HOUR;
    expect(await claim("ben", "aNa@example.com")).toEqual({ taken: "email" });
  });
});

describe("a reservation is taken over, once it is no longer in flight,", () => {
  it("when its sign-up came to nothing", async () => {
    await claim("ana", "ana@example.com");
    now += IN_FLIGHT - 1;
    expect(await claim("ben", "ana@example.com")).toEqual({ taken: "email" });
    now += 1;
    expect(await claim("ben", "ana@example.com")).toEqual({ takenOver: 1 });
    expect(await claim("ANA", "other@example.com")).toEqual({ takenOver: 1 });
  });

  it("both of them at once", async () => {
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

  it("when its account never confirmed and the hold is over: the address, not the username", async () => {
    await signedUp("ana", "ana@example.com", { status: "UNCONFIRMED" });
    now += 24 * HOUR - 1;
    expect(await claim("ben", "ana@example.com")).toEqual({ taken: "email" });
    now += 1;
    expect(await claim("ANA", "other@example.com")).toEqual({ taken: "username" });
    expect(await claim("ben", "ana@example.com")).toEqual({ takenOver: 1, deleted: 1 });
  });

  it("by one of two who want it at the same moment", async () => {
    await claim("ana", "ana@example.com");
    now += IN_FLIGHT;
    const claims = await Promise.all([claim("ben", "ana@example.com"), claim("cara", "ana@example.com")]);
    expect(claims.map(({ taken }) => taken).sort()).toEqual(["email", undefined]);
  });
});

describe("two identical sign-ups in the same millisecond", () => {
  const lost = (table: ReservationsTable): ReservationsTable => ({
    ...table,
    // The transaction is never carried out, and the call is not answered.
    put: () => Promise.reject(new AwsError("Timeout", true)),
  });

  it("have versions of their own: the one whose transaction ends unknown leaves the other's reservation alone", async () => {
    expect(await claim("ana", "ana@example.com")).toEqual(GRANTED);
    const winner = await tables.items();
    await expect(claim("ana", "ana@example.com", { table: lost(tables.table) })).rejects.toMatchObject({
      code: "Timeout",
    });
    expect(await tables.items()).toEqual(winner);
    expect(await claim("ben", "ana@example.com")).toEqual({ taken: "email" });
  });

  it("pass both, and the reservation is the later one's", async () => {
    const claims = await Promise.all([claim("ana", "ana@example.com"), claim("ana", "ana@example.com")]);
    expect(claims).toEqual([GRANTED, GRANTED]);
    expect(await claim("ben", "ana@example.com")).toEqual({ taken: "email" });
  });
});

describe("a reservation of an earlier release, which has no nonce,", () => {
  const present = { attempt: attemptOf("ana", "ana@example.com"), at: () => now };

  it("is the same sign-up's, asked again", async () => {
    await tables.write("EMAIL#ana@example.com", "ana", "ana@example.com", present.attempt, now);
    expect(await claim("ana", "ana@example.com")).toEqual(GRANTED);
    expect(await claim("ben", "ana@example.com")).toEqual({ taken: "email" });
  });

  it("keeps others out, and is taken over when its minute is over", async () => {
    await tables.write("EMAIL#ana@example.com", "ana", "ana@example.com", present.attempt, now);
    expect(await claim("ben", "ana@example.com")).toEqual({ taken: "email" });
    now += IN_FLIGHT;
    expect(await claim("ben", "ana@example.com")).toEqual({ takenOver: 1 });
  });
});

describe("a username that an account older than the table has", () => {
  const older = { createdAt: Date.UTC(2025, 0, 1) };

  it("does not block the address of a sign-up that Cognito refuses for it", async () => {
    accounts.add("ana", "old@example.com", older);
    // Cognito answers this one with UsernameExistsException.
    expect(await claim("ana", "new@example.com")).toEqual(GRANTED);
    expect(await claim("ben", "new@example.com")).toEqual({ takenOver: 1 });
  });

  it("in another letter case neither", async () => {
    accounts.add("ana", "old@example.com", older);
    expect(await claim("Ana", "new@example.com")).toEqual(GRANTED);
    expect(await claim("ben", "new@example.com")).toEqual({ takenOver: 1 });
  });

  it.each<[what: string, more: Partial<Account>, read: boolean]>([
    ["is as young as the sign-up", { createdAt: Date.UTC(2026, 0, 1) }, true],
    ["has an age that is not known", { createdAt: undefined }, true],
    ["is deleted, although ListUsers still shows it", older, false],
  ])("keeps the address for the sign-up where the account %s", async (_, more, read) => {
    const account = accounts.add("ana", "old@example.com", more);
    expect(await claim("ana", "new@example.com")).toEqual(GRANTED);
    if (!read) accounts.remove("ana");
    const listUsers: ListUsers = async (_pool, filter) => (filter.startsWith("username") ? [account] : []);
    expect(await claim("ben", "new@example.com", { listUsers })).toEqual({ taken: "email" });
  });

  it("keeps the address for the sign-up where Cognito cannot be asked", async () => {
    accounts.add("ana", "old@example.com", older);
    expect(await claim("ana", "new@example.com")).toEqual(GRANTED);
    const listUsers: ListUsers = (...args) =>
      args[1].startsWith("username") ? Promise.reject(new AwsError("Timeout", true)) : accounts.listUsers(...args);
    expect(await claim("ben", "new@example.com", { listUsers })).toEqual({ taken: "email" });
  });
});

describe("an account that never confirmed, and is past its hold,", () => {
  const expired = (username: string, email: string, more: Partial<Account> = {}) =>
    accounts.add(username, email, { status: "UNCONFIRMED", createdAt: now - 24 * HOUR, ...more });

  it("is deleted before another account gets its address: it could still be confirmed", async () => {
    await signedUp("ana", "ana@example.com", { status: "UNCONFIRMED" });
    now += 24 * HOUR;
    expect(await claim("ben", "ana@example.com")).toEqual({ takenOver: 1, deleted: 1 });
    expect(accounts.deleted).toEqual(["ana"]);
  });

  it("is deleted although only its reservation says how it spells the address", async () => {
    await signedUp("ana", "ANA@example.com", { status: "UNCONFIRMED" });
    now += 24 * HOUR;
    expect(await claim("ben", "ana@example.com")).toEqual({ takenOver: 1, deleted: 1 });
    expect(accounts.deleted).toEqual(["ana"]);
  });

  it("is deleted where it is older than the table", async () => {
    expired("ana", "ana@example.com");
    expect(await claim("ben", "ana@example.com")).toEqual({ takenOver: 0, deleted: 1 });
  });

  it("is not deleted for a sign-up with its own username, which Cognito refuses", async () => {
    await signedUp("ana", "ana@example.com", { status: "UNCONFIRMED" });
    now += 24 * HOUR;
    expect(await claim("ana", "ana@example.com")).toEqual(GRANTED);
    expect(accounts.deleted).toEqual([]);
  });

  it("is not signed up again by another call while it is deleted", async () => {
    await signedUp("ana", "ana@example.com", { status: "UNCONFIRMED" });
    now += 24 * HOUR;
    await claim("ben", "ana@example.com");
    expect(await claim("ana", "new@example.com")).toEqual({ taken: "username" });
    now += IN_FLIGHT;
    expect(await claim("ana", "new@example.com")).toEqual({ takenOver: 1 });
  });

  it("keeps the address where it has confirmed after all, although ListUsers does not show it yet", async () => {
    const stale = expired("ana", "ana@example.com");
    accounts.remove("ana");
    accounts.add("ana", "ana@example.com", { createdAt: stale.createdAt });
    const listUsers: ListUsers = async () => [stale];
    expect(await claim("ben", "ana@example.com", { listUsers })).toEqual({ taken: "email" });
    expect(accounts.deleted).toEqual([]);
    expect(Object.keys(await tables.items())).toEqual(["USERNAME#ana"]);
  });

  it("is left alone where an operator has disabled it", async () => {
    expired("ana", "ana@example.com", { disabled: true });
    expect(await claim("ben", "ana@example.com")).toEqual(GRANTED);
    expect(accounts.deleted).toEqual([]);
  });

  const failing = (error: Error) => ({ ...accounts.accounts, remove: () => Promise.reject(error) });

  it("blocks its address only as long as deleting it may succeed another time", async () => {
    expired("ana", "ana@example.com");
    const throttled = failing(new AwsError("TooManyRequestsException", true));
    await expect(claim("ben", "ana@example.com", { accounts: throttled })).rejects.toMatchObject({
      code: "TooManyRequestsException",
    });
    now += IN_FLIGHT;
    const forbidden = failing(new AwsError("AccessDeniedException", false));
    expect(await claim("ben", "ana@example.com", { accounts: forbidden })).toMatchObject({ kept: 1 });
  });

  it.each([240, 3040])(
    "does not block the address for good, %d of them neither",
    async (count) => {
      for (let number = 0; number < count; number++) expired(`x${number}`, "ana@example.com");
      let page: unknown;
      // Over the wire, page by page.
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
    },
    60_000,
  );
});

describe("a machine whose clock is wrong", () => {
  it("notices by the table's answer, and reserves with the time that the others have", async () => {
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
    expect(await uniqueness.claim(signUp, IDENTIFIERS, Date.now() + 5000)).toEqual(GRANTED);
    expect((await tables.items())["EMAIL#ana@example.com"]?.reservedAt).toBe(now);
    expect(await claim("ben", "ana@example.com")).toEqual({ taken: "email" });
  });
});

describe("a reservation that was written by hand", () => {
  it("fails closed when it does not say whose it is", async () => {
    const Item = { pk: { S: "EMAIL#ana@example.com" } };
    await tables.call("DynamoDB_20120810.PutItem", { TableName: TABLE, Item }, Date.now() + 5000);
    await expect(claim("ana", "ana@example.com")).rejects.toMatchObject({ code: "BadReservation" });
  });

  it("from the far future neither blocks nor is believed", async () => {
    await tables.write("EMAIL#ana@example.com", "ana", "ana@example.com", "x", now + HOUR);
    expect(await claim("ben", "ana@example.com")).toEqual({ takenOver: 1 });
    expect(inFlight({ attempt: "", reservedAt: now + IN_FLIGHT - 1 }, now)).toBe(true);
  });
});

it("asks about a holder by every spelling that is known", async () => {
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

  it("that is busy with another transaction is asked again until the time is over", async () => {
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

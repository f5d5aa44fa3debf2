import { AwsError } from "../../../lambda/aws/client";
import { IDENTIFIERS, type IdentifierName } from "../../../lambda/identity/account";
import { attemptOf, IN_FLIGHT, inFlight } from "../../../lambda/identity/reservation";
import { readSignUp } from "../../../lambda/pre-sign-up/event";
import { Directory } from "../../../lambda/uniqueness/directory";
import { byReservation } from "../../../lambda/uniqueness/reservations";
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
  }: { table?: ReservationsTable; listUsers?: Accounts["listUsers"]; wanted?: readonly IdentifierName[] } = {},
): Promise<Claim> {
  const directory = new Directory({ listUsers, unconfirmedHold: 24 * HOUR, now: () => now });
  const uniqueness = byReservation({ table, directory, now: () => now });
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

  it("keeps others out while it is in flight, without a question to Cognito about its holder", async () => {
    await claim("ana", "ana@example.com");
    accounts.filters.length = 0;
    expect(await claim("ANA", "other@example.com")).toEqual({ taken: "username" });
    expect(await claim("other", "ANA@example.com")).toEqual({ taken: "email" });
    expect(accounts.filters.filter((filter) => filter.startsWith("username"))).toEqual([]);
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

  it("against another spelling, although Cognito's filters heed case", async () => {
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
    expect(await claim("ben", "ana@example.com")).toEqual({ takenOver: 1 });
  });

  it("by one of two who want it at the same moment", async () => {
    await claim("ana", "ana@example.com");
    now += IN_FLIGHT;
    const claims = await Promise.all([claim("ben", "ana@example.com"), claim("cara", "ana@example.com")]);
    expect(claims.map(({ taken }) => taken).sort()).toEqual(["email", undefined]);
  });
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
    const uniqueness = byReservation({ table, directory, now: () => now + offset });
    const signUp = signUpOf("ana", "ana@example.com");
    expect(await uniqueness.claim(signUp, IDENTIFIERS, Date.now() + 5000)).toEqual(GRANTED);
    expect((await tables.items())["EMAIL#ana@example.com"]?.reservedAt).toBe(now);
    expect(await claim("ben", "ana@example.com")).toEqual({ taken: "email" });
  });
});

describe("a reservation that somebody else's hands have been at", () => {
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

  it("that is busy with somebody else's transaction is asked again until the time is over", async () => {
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

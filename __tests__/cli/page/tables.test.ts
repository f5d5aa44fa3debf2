import { tablesOf } from "../../../cli/page/tables";
import type { Account } from "../../../lambda/identity/account";
import type { Reservation } from "../../../lambda/identity/reservation";

const HOUR = 3_600_000;
const HOLD = 24 * HOUR;
const NOW = 1_000 * HOUR;

const account = (fields: Partial<Account>): Account => ({
  username: "ana",
  email: "Ana@example.com",
  emailVerified: false,
  status: "UNCONFIRMED",
  createdAt: NOW - HOUR,
  ...fields,
});
const reservation = (key: string, age: number): Reservation => ({
  key,
  username: "ana",
  email: "Ana@example.com",
  attempt: "a",
  reservedAt: NOW - age,
});
const stateOf = (key: string, age: number, accounts: readonly Account[]) => {
  const [shown] = tablesOf(accounts, [reservation(key, age)], HOLD, NOW).reservations ?? [];
  return [shown?.identifier, shown?.state, shown?.until];
};

it.each<[string, string, number, Account[], unknown[]]>([
  [
    "an unconfirmed account holds an address for a time",
    "EMAIL#ana@example.com",
    HOUR,
    [account({})],
    ["email", "held", NOW + 23 * HOUR],
  ],
  ["and its username for good", "USERNAME#ana", HOUR, [account({})], ["username", "held", undefined]],
  [
    "a confirmed one holds both",
    "EMAIL#ana@example.com",
    HOUR,
    [account({ status: "CONFIRMED" })],
    ["email", "held", undefined],
  ],
  [
    "also past the hold",
    "EMAIL#ana@example.com",
    HOUR,
    [account({ status: "CONFIRMED", createdAt: 0 })],
    ["email", "held", undefined],
  ],
  [
    "past its hold an account holds no address",
    "EMAIL#ana@example.com",
    25 * HOUR,
    [account({ createdAt: 0 })],
    ["email", "left over", undefined],
  ],
  [
    "without an account a sign-up may be in flight",
    "PHONE_NUMBER#+442079460123",
    1_000,
    [],
    ["phone_number", "in flight", NOW + 59_000],
  ],
  ["and later it has failed", "USERNAME#ana", 60_000, [], ["username", "left over", undefined]],
  [
    "another account's address does not count",
    "EMAIL#ben@example.com",
    HOUR,
    [account({})],
    ["email", "left over", undefined],
  ],
])("%s", (_, key, age, accounts, expected) => {
  expect(stateOf(key, age, accounts)).toEqual(expected);
});

it("the newest comes first, and without a table there are no reservations", () => {
  const accounts = [account({ username: "old", createdAt: 0 }), account({ username: "new" })];
  const tables = tablesOf(accounts, undefined, HOLD, NOW);
  expect(tables.accounts.map(({ username }) => username)).toEqual(["new", "old"]);
  expect(tables.reservations).toBeUndefined();
});

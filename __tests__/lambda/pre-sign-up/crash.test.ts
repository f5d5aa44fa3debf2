import { IN_FLIGHT } from "../../../lambda/identity/reservation";
import type { ListUsers } from "../../../lambda/uniqueness/list-users";
import type { ReservationsTable } from "../../../lambda/uniqueness/table";
import { Accounts } from "../../support/accounts";
import { signUpEvent } from "../../support/events";
import { DAY, handlerOf, type Outcome } from "../../support/handler";
import { SENT } from "../../support/sent";
import { localTables } from "../../support/tables";

/*
 * The function crashes: before a call, or after the call was carried out and before its response arrived. None of its later
 * steps happens. Then Cognito calls it again, as it does up to three times.
 */

let tables: Awaited<ReturnType<typeof localTables>>;
beforeAll(async () => {
  tables = await localTables();
});
afterAll(() => tables.close());

const START = Date.UTC(2026, 0, 1);

class Died extends Error {}

/** Calls that end at crash point `step`: even numbers are before a call, odd numbers after it. */
function dyingAt(step: number, listUsers: ListUsers, table: ReservationsTable) {
  const life = { moments: 0, dead: false };
  const moment = () => {
    if (life.dead || life.moments++ === step) {
      life.dead = true;
      throw new Died();
    }
  };
  const mortal =
    <Args extends unknown[], T>(call: (...args: Args) => Promise<T>) =>
    async (...args: Args): Promise<T> => {
      moment();
      const answer = await call(...args);
      moment();
      return answer;
    };
  return { life, listUsers: mortal(listUsers), table: { put: mortal(table.put), remove: mortal(table.remove) } };
}

interface Scenario {
  readonly what: string;
  readonly prepare: (accounts: Accounts) => Promise<void>;
  /** The result of a sign-up of Ana with Ana@Example.com without a crash. */
  readonly refusal: string | undefined;
}

const scenarios: readonly Scenario[] = [
  { what: "there are no accounts", prepare: async () => {}, refusal: undefined },
  {
    what: "there are reservations of a failed sign-up",
    async prepare() {
      await tables.write("USERNAME#ana", "ANA", "x@example.com", "gone", START - IN_FLIGHT);
      await tables.write("EMAIL#ana@example.com", "y", "ANA@example.com", "gone too", START - IN_FLIGHT);
    },
    refusal: undefined,
  },
  {
    what: "an account older than the table has the address",
    prepare: async (accounts) => void accounts.add("older", "ana@example.com"),
    refusal: SENT.emailTaken,
  },
  {
    what: "an account with a reservation has the username",
    async prepare(accounts) {
      accounts.add("ANA", "x@example.com");
      await tables.write("USERNAME#ana", "ANA", "x@example.com", "account", START - DAY);
      await tables.write("EMAIL#x@example.com", "ANA", "x@example.com", "account", START - DAY);
    },
    refusal: SENT.usernameTaken,
  },
  {
    what: "an account that never confirmed had the address, until its hold was over",
    async prepare(accounts) {
      accounts.add("older", "ana@example.com", { status: "UNCONFIRMED", createdAt: START - DAY });
      await tables.write("EMAIL#ana@example.com", "older", "ana@example.com", "hold", START - DAY);
    },
    refusal: undefined,
  },
];

describe.each(scenarios)("where $what", ({ prepare, refusal }) => {
  let accounts: Accounts;
  beforeEach(async () => {
    await tables.clear();
    accounts = new Accounts();
    await prepare(accounts);
  });

  const ana = signUpEvent("Ana", "Ana@Example.com");
  const at = (now: number, parts = { listUsers: accounts.listUsers, table: tables.table }) =>
    handlerOf({ ...parts, now: () => now });
  const said = ({ refusal: error, answer }: Outcome) => (answer ? undefined : error?.message);

  it("a sign-up without a crash has the expected result", async () => {
    expect(said(await at(START).handle(ana))).toBe(refusal);
  });

  it("a sign-up after a crash at any point has the same result when it is repeated, and no identifier stays blocked", async () => {
    let moments = 0;
    for (let step = 0; ; step++) {
      await tables.clear();
      accounts.all.length = 0;
      await prepare(accounts);

      const { life, ...parts } = dyingAt(step, accounts.listUsers, tables.table);
      const first = await at(START, parts).handle(ana);
      if (!life.dead) {
        moments = life.moments;
        break;
      }
      // A function that crashed before its decision must not admit the sign-up.
      if (first.answer) expect(refusal).toBeUndefined();
      else expect([SENT.unavailable, refusal]).toContain(said(first));

      expect(said(await at(START + 5000).handle(ana))).toBe(refusal);

      // Cognito never creates the account: later sign-ups find the identifiers free, or taken by accounts only.
      const later = START + 5000 + IN_FLIGHT;
      const sameEmail = await at(later).handle(signUpEvent("ben", "ANA@example.com"));
      expect(said(sameEmail)).toBe(refusal === SENT.emailTaken ? refusal : undefined);
      const sameName = await at(later).handle(signUpEvent("aNA", "cara@example.com"));
      expect(said(sameName)).toBe(refusal === SENT.usernameTaken ? refusal : undefined);
    }
    // There must be crash points: before and after at least two calls.
    expect(moments).toBeGreaterThanOrEqual(4);
  });
});

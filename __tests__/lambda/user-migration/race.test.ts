import { IN_FLIGHT } from "../../../lambda/identity/reservation";
import { Accounts } from "../../support/accounts";
import { signUpEvent } from "../../support/events";
import { handlerOf } from "../../support/handler";
import { forgottenEvent, migrationOf, OldPoolServer, signInEvent } from "../../support/old-pool";
import { SENT } from "../../support/sent";
import { localTables } from "../../support/tables";

/*
 * A migrated account and sign-ups with one table of reservations. Cognito may or may not call the Pre-SignUp trigger for a
 * migrated account too, and may or may not pass the username in lower case there.
 */

let tables: Awaited<ReturnType<typeof localTables>>;
let oldPool: OldPoolServer;
let accounts: Accounts;
let now: number;
beforeAll(async () => {
  tables = await localTables();
  oldPool = await OldPoolServer.start();
});
afterAll(() => Promise.all([tables.close(), oldPool.stub.stop()]));
beforeEach(async () => {
  await tables.clear();
  accounts = new Accounts();
  now = Date.UTC(2026, 0, 1);
  oldPool.users = [{ username: "Ana", email: "Ana@example.com" }];
});

const signIn = async (event: object = signInEvent("Ana")) => {
  const { answer } = await migrationOf({ oldPool, accounts, table: tables.table, now: () => now }).handle(event);
  return answer !== undefined;
};
const signUp = async (username: string, email: string, triggerSource = "PreSignUp_SignUp") => {
  const { handle } = handlerOf({ listUsers: accounts.listUsers, table: tables.table, now: () => now });
  const { answer, refusal } = await handle({ ...signUpEvent(username, email), triggerSource });
  return answer ? "admitted" : refusal?.message;
};

it.each(["Ana", "ana"])("a migrated account passes the Pre-SignUp check too, as %s", async (username) => {
  expect(await signIn()).toBe(true);
  expect(await signUp(username, "Ana@example.com", "PreSignUp_AdminCreateUser")).toBe("admitted");
});

it("either trigger may be called again", async () => {
  expect(await signIn()).toBe(true);
  expect(await signIn()).toBe(true);
  expect(await signUp("ana", "Ana@example.com", "PreSignUp_AdminCreateUser")).toBe("admitted");
  expect(await signUp("ana", "Ana@example.com", "PreSignUp_AdminCreateUser")).toBe("admitted");
  expect(await signIn()).toBe(true);
  expect(await signIn(forgottenEvent("Ana"))).toBe(true);
});

it("a sign-up with an identifier of a migrated account is refused meanwhile", async () => {
  expect(await signIn()).toBe(true);
  expect(await signUp("ANA", "other@example.com")).toBe(SENT.usernameTaken);
  expect(await signUp("other", "ana@example.com")).toBe(SENT.emailTaken);
});

it.each([
  ["ANA", "other@example.com"],
  ["other", "ana@example.com"],
  ["ana", "ana@example.com"],
])("an account is not migrated during a sign-up of %s, %s", async (username, email) => {
  expect(await signUp(username, email)).toBe("admitted");
  expect(await signIn()).toBe(false);
  accounts.add(username, email, { status: "UNCONFIRMED", createdAt: now });
  now += IN_FLIGHT;
  expect(await signIn()).toBe(false);
});

it("a migrated account keeps its identifiers after its minute, in any spelling", async () => {
  expect(await signIn()).toBe(true);
  accounts.add("ana", "Ana@example.com");
  now += IN_FLIGHT;
  expect(await signUp("ANA", "ANA@example.com")).toBe(SENT.usernameTaken);
  expect(await signUp("other", "ANA@example.com")).toBe(SENT.emailTaken);
  expect(await signIn()).toBe(false);
});

it("an account that Cognito never created blocks its identifiers for a minute at most", async () => {
  expect(await signIn()).toBe(true);
  now += IN_FLIGHT;
  expect(await signIn()).toBe(true);
  now += IN_FLIGHT;
  expect(await signUp("ana", "new@example.com")).toBe("admitted");
});

it("exactly one of a migrated account and 16 concurrent sign-ups with its address is admitted", async () => {
  for (let round = 0; round < 10; round++) {
    await tables.clear();
    const running = Array.from({ length: 16 }, async (_, racer) => {
      return (await signUp(`racer${racer}`, racer % 2 ? "ANA@example.com" : "ana@example.com")) === "admitted";
    });
    running.splice(round, 0, signIn());
    expect((await Promise.all(running)).filter(Boolean)).toHaveLength(1);
  }
});

it("a refused migration leaves no reservation", async () => {
  accounts.add("older", "Ana@example.com");
  expect(await signIn()).toBe(false);
  expect(await tables.items()).toEqual({});
});

import fc from "fast-check";
import type { Identifiers } from "../../../lambda/identity/account";
import { canonicalPhone } from "../../../lambda/identity/phone";
import type { Dependencies } from "../../../lambda/pre-sign-up/handler";
import { Accounts } from "../../support/accounts";
import { signUpEvent } from "../../support/events";
import { handlerOf } from "../../support/handler";
import { SENT } from "../../support/sent";
import { localTables } from "../../support/tables";

let tables: Awaited<ReturnType<typeof localTables>>;
beforeAll(async () => {
  tables = await localTables();
});
afterAll(() => tables.close());
afterEach(() => tables.clear());

const PHONE: Identifiers = { username: "required", phone_number: "required" };
const BOTH: Identifiers = { username: "required", email: "required", phone_number: "optional" };
const PREFERRED: Identifiers = { username: "required", email: "required", preferred_username: "optional" };
const NO_USERNAMES: Identifiers = { email: "optional", phone_number: "optional" };

const NUMBER = "+447400123456";
const MADE = "3f6c1c0e-0000-4000-8000-000000000001";
const OTHER = "3f6c1c0e-0000-4000-8000-000000000002";

const eventOf = (userName: string, userAttributes: Record<string, unknown>, triggerSource = "PreSignUp_SignUp") => ({
  ...signUpEvent(userName, ""),
  triggerSource,
  request: { userAttributes },
});

function pool(identifiers: Identifiers, accounts = new Accounts(), changed: Partial<Dependencies> = {}) {
  const { table } = tables;
  const parts = { listUsers: accounts.listUsers, accounts: accounts.accounts, table };
  const handler = handlerOf(parts, { identifiers, ...changed });
  const handle = async (...args: Parameters<typeof eventOf>) => {
    const { refusal } = await handler.handle(eventOf(...args));
    return refusal?.message;
  };
  return { accounts, handler, handle };
}

describe("where users sign in with a phone number", () => {
  it("it is reserved, and an e-mail address is not", async () => {
    const { handle } = pool(PHONE);
    expect(await handle("ana", { phone_number: NUMBER, email: "ana@example.com" })).toBeUndefined();
    expect(Object.keys(await tables.items()).sort()).toEqual([`PHONE_NUMBER#${NUMBER}`, "USERNAME#ana"]);
    expect(await handle("ben", { phone_number: NUMBER })).toBe(SENT.phoneTaken);
    expect(await handle("cara", { phone_number: "+447400123457", email: "ana@example.com" })).toBeUndefined();
  });

  it.each<[what: string, attributes: Record<string, unknown>, reason: keyof typeof SENT]>([
    ["none", {}, "phoneMissing"],
    ["null", { phone_number: null }, "phoneMissing"],
    ["an empty one", { phone_number: "" }, "phoneMissing"],
    ["a list of them", { phone_number: [NUMBER] }, "phoneMissing"],
    ["one behind __proto__", JSON.parse(`{"__proto__":{"phone_number":"${NUMBER}"}}`), "phoneMissing"],
    ["one with the zero of its country", { phone_number: "+4407400123456" }, "phoneForm"],
    ["one in another form", { phone_number: "0044 7400 123456" }, "phoneForm"],
    ["100 kB of digits", { phone_number: `+44${"7".repeat(100_000)}` }, "phoneForm"],
  ])("a sign-up with %s is refused", async (_, attributes, reason) => {
    expect(await pool(PHONE).handle("ana", attributes)).toBe(SENT[reason]);
    expect(await tables.items()).toEqual({});
  });

  it("an account that is older than the table has it, in whatever spelling messages reach it", async () => {
    for (const phone_number of [NUMBER, "+4407400123456"]) {
      const { accounts, handle } = pool(PHONE);
      accounts.add("older", undefined, { phone_number });
      expect(await handle("ana", { phone_number: NUMBER })).toBe(SENT.phoneTaken);
    }
  });

  it("both spellings of Argentina's mobile numbers are one", async () => {
    const { handle } = pool(PHONE);
    expect(await handle("ana", { phone_number: "+5491123456789" })).toBeUndefined();
    expect(await handle("ben", { phone_number: "+541123456789" })).toBe(SENT.phoneTaken);
  });

  it("an unconfirmed account past its hold is deleted before another account gets its number", async () => {
    const { accounts, handle, handler } = pool(PHONE);
    accounts.add("older", undefined, { phone_number: NUMBER, status: "UNCONFIRMED", createdAt: 0 });
    expect(await handle("ana", { phone_number: NUMBER })).toBeUndefined();
    expect(accounts.deleted).toEqual(["older"]);
    expect(handler.counted()).toMatchObject({ ExpiredDeleted: 1 });
  });

  it("of 32 sign-ups with one number at the same time one is admitted", async () => {
    const { handle } = pool(PHONE);
    const racers = Array.from({ length: 32 }, (_, racer) => handle(`racer${racer}`, { phone_number: NUMBER }));
    expect((await Promise.all(racers)).filter((refusal) => refusal === undefined)).toHaveLength(1);
  });
});

describe("where an identifier is optional", () => {
  it("it is unique if there is one", async () => {
    const { handle } = pool(BOTH);
    expect(await handle("ana", { email: "ana@example.com" })).toBeUndefined();
    expect(await handle("ben", { email: "ben@example.com" })).toBeUndefined();
    expect(await handle("cara", { email: "cara@example.com", phone_number: NUMBER })).toBeUndefined();
    expect(await handle("dan", { email: "dan@example.com", phone_number: NUMBER })).toBe(SENT.phoneTaken);
    // The refused sign-up has released its address.
    expect(await handle("dan", { email: "dan@example.com" })).toBeUndefined();
  });
});

describe("where users sign in with a preferred username", () => {
  it("a sign-up cannot have one, because no trigger runs when it is changed", async () => {
    const { handle } = pool(PREFERRED);
    for (const preferred_username of ["ben", "", null, 1]) {
      expect(await handle("ana", { email: "ana@example.com", preferred_username })).toBe(SENT.preferredUsernameGiven);
    }
  });

  it("a username that another account prefers is taken, in any spelling", async () => {
    const { accounts, handle } = pool(PREFERRED);
    accounts.add("x17", "x@example.com", { preferred_username: "ana" });
    expect(await handle("Ana", { email: "ana@example.com" })).toBe(SENT.usernameTaken);
    expect(await handle("ben", { email: "ana@example.com" })).toBeUndefined();
  });
});

describe("where users sign in without a username", () => {
  it("Cognito's own name is not reserved, and the address and the number are unique", async () => {
    const { handle } = pool(NO_USERNAMES);
    expect(await handle(MADE, { email: "Ana@example.com" })).toBeUndefined();
    expect(Object.keys(await tables.items())).toEqual(["EMAIL#ana@example.com"]);
    expect(await handle(OTHER, { email: "ana@example.com" })).toBe(SENT.emailTaken);
    expect(await handle(OTHER, { phone_number: NUMBER })).toBeUndefined();
    expect(await handle(OTHER, {})).toBe(SENT.emailOrPhoneMissing);
  });

  it("a repeated call is the same sign-up, and another sign-up with the address is not", async () => {
    const { handle } = pool({ email: "required" });
    expect(await handle(MADE, { email: "ana@example.com" })).toBeUndefined();
    expect(await handle(MADE, { email: "ana@example.com" })).toBeUndefined();
    expect(await handle(OTHER, { email: "ana@example.com" })).toBe(SENT.emailTaken);
  });

  it("two sign-ups are never the same one, should Cognito give the address as the name", async () => {
    const { handle } = pool({ email: "required" });
    expect(await handle("ana@example.com", { email: "ana@example.com" })).toBeUndefined();
    expect(await handle("ana@example.com", { email: "ana@example.com" })).toBe(SENT.emailTaken);
  });

  it("a federated sign-up with an address that another account has is admitted where that is allowed", async () => {
    const { accounts, handle } = pool({ email: "required" }, new Accounts(), { federated: "allow" });
    accounts.add(OTHER, "ana@example.com");
    const federated = ["Google_1", { email: "ana@example.com" }, "PreSignUp_ExternalProvider"] as const;
    expect(await handle(...federated)).toBeUndefined();
    expect(await handle("x", { email: "ana@example.com" })).toBe(SENT.emailTaken);
  });
});

const SENTINEL = "7400123";
const EVENTS = Number(process.env.FUZZ_EVENTS ?? 500);
const hostile = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("", "9", "56", "0").map((end) => `+44${SENTINEL}45${end}`) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 4 }).map((text) => `+44${text}${SENTINEL}`) },
  { weight: 1, arbitrary: fc.constantFrom("+440", "+54", "+549", "+5411").map((code) => `${code}${SENTINEL}456`) },
  { weight: 1, arbitrary: fc.anything({ withMap: true, withNullPrototype: true }) },
);

it.each([
  ["with usernames", PHONE],
  ["without usernames", NO_USERNAMES],
])(`${EVENTS} hostile numbers %s: none is admitted twice, nothing personal in a log`, async (_, identifiers) => {
  const { accounts, handler } = pool(identifiers);
  const known = new Set<string>(Object.values(SENT));
  const seen = new Set<string>();
  const problems: string[] = [];
  let number = 0;
  for (const phone_number of fc.sample(hostile, EVENTS)) {
    handler.lines.length = 0;
    const { answer, refusal } = await handler.handle(eventOf(`made-${number++}`, { phone_number }));
    if (answer !== undefined && phone_number !== undefined) {
      const canonical = canonicalPhone(String(phone_number));
      if (seen.has(canonical) || !/^\+[1-9]\d{1,14}$/.test(String(phone_number))) problems.push(`${phone_number}`);
      seen.add(canonical);
      accounts.add(`made-${number}`, undefined, { phone_number: String(phone_number) });
    } else if (!refusal || !known.has(refusal.message)) problems.push(`unhandled: ${refusal}`);
    if (handler.lines.join("").includes(SENTINEL)) problems.push("a phone number in a log");
  }
  expect(problems).toEqual([]);
  expect(seen.size).toBeGreaterThan(3);
});

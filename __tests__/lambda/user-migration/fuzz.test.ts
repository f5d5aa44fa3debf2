import fc from "fast-check";
import { canonicalUsername } from "../../../lambda/identity/canonical";
import { Accounts } from "../../support/accounts";
import { migrationOf, OldPoolServer, type OldUser, PASSWORD, signInEvent } from "../../support/old-pool";
import { SENT_BY_MIGRATION as SENT } from "../../support/sent";

/** More of them with `npm run test:fuzz`. */
const EVENTS = Number(process.env.FUZZ_EVENTS ?? 1000);
const SENTINEL = "sentinel";

let oldPool: OldPoolServer;
beforeAll(async () => {
  oldPool = await OldPoolServer.start();
});
afterAll(() => oldPool.stub.stop());

const nasty = fc.constantFrom(
  "",
  " ",
  "__proto__",
  "constructor",
  '"',
  "\\",
  "\n",
  "\u200b",
  "\ud800",
  "ß",
  "İ",
  '" or x ^= "',
);
const personal = fc
  .tuple(fc.oneof(nasty, fc.string({ unit: "grapheme", maxLength: 4 })), fc.mixedCase(fc.constant(SENTINEL)))
  .map(([before, sentinel]) => before + sentinel);
const username = fc.oneof(
  { weight: 3, arbitrary: fc.mixedCase(fc.constant(`${SENTINEL}a`)) },
  { weight: 1, arbitrary: personal },
  { weight: 1, arbitrary: fc.constant(`${SENTINEL}@example.com`) },
);
const email = fc.option(
  fc.oneof(
    fc.mixedCase(fc.constant(`${SENTINEL}@example.com`)),
    personal.map((text) => `${text}@example.com`),
  ),
  { nil: undefined },
);
const user: fc.Arbitrary<OldUser> = fc.record({
  username,
  email,
  verified: fc.boolean(),
  status: fc.constantFrom("CONFIRMED", "CONFIRMED", "CONFIRMED", "UNCONFIRMED", "RESET_REQUIRED", "EXTERNAL_PROVIDER"),
  enabled: fc.constantFrom(true, true, true, false),
  attributes: fc.dictionary(
    fc.constantFrom("name", "sub", "custom:role", "cognito:x", "identities", "picture"),
    personal,
  ),
});
const junk = fc.anything({ withDate: true, withMap: true, withNullPrototype: true });
const event = (typed: fc.Arbitrary<string>): fc.Arbitrary<unknown> =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.tuple(typed, fc.constantFrom(PASSWORD, PASSWORD, SENTINEL)).map(([n, p]) => signInEvent(n, p)),
    },
    {
      weight: 2,
      arbitrary: typed.map((name) => ({ ...signInEvent(name), triggerSource: "UserMigration_ForgotPassword" })),
    },
    { weight: 1, arbitrary: fc.tuple(typed, junk).map(([name, request]) => ({ ...signInEvent(name), request })) },
    { weight: 1, arbitrary: junk },
  );

/** A pool and the input of a user: mostly a username in the pool. */
const scene = fc
  .uniqueArray(user, { minLength: 1, maxLength: 3, selector: ({ username: name }) => name })
  .chain((users) => {
    const known = users.flatMap((one) => [one.username, ...(one.email ? [one.email] : [])]);
    const typed = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: username });
    return fc.tuple(fc.constant(users), event(typed));
  });

const USED = ["CONFIRMED", "RESET_REQUIRED"];
const ALLOWED = ["username", "email", "email_verified", "name", "picture"];

it(`${EVENTS} pools and events: each has one response or one refusal, without personal data in the log or forbidden attributes`, async () => {
  let moved = 0;
  await fc.assert(
    fc.asyncProperty(scene, async ([users, hostile]) => {
      oldPool.users = users;
      const accounts = new Accounts();
      accounts.add("older", "older@example.com");
      const { handle, lines, logged } = migrationOf({ oldPool, accounts });
      const { answer, refusal } = await handle(hostile);

      const said = `${lines.join("")}${refusal?.message}${refusal?.stack}`.toLowerCase();
      expect(said).not.toContain(SENTINEL);
      expect(said).not.toContain(PASSWORD.toLowerCase());
      expect(logged()).toHaveLength(1);
      if (refusal) return expect(Object.values(SENT)).toContain(refusal.message);

      moved++;
      const { response, ...rest } = answer as ReturnType<typeof signInEvent>;
      expect(rest).toEqual({ ...(hostile as object), response: undefined });
      const { userAttributes } = response as unknown as { userAttributes: Record<string, string> };
      for (const name of Object.keys(userAttributes)) expect(ALLOWED).toContain(name);
      const original = users.find((one) => one.username === userAttributes.username);
      expect(original?.enabled).not.toBe(false);
      expect(userAttributes.email).toBe(original?.email);
      expect(userAttributes.email_verified).toBe(String(original?.verified));
      // No other usable account has its username in the canonical spelling, which is looked up in the old pool.
      const canonical = canonicalUsername(userAttributes.username ?? "");
      const namesake = users.find((one) => one !== original && one.username === canonical);
      expect(namesake && namesake.enabled !== false && USED.includes(namesake.status ?? "")).toBeFalsy();
    }),
    { numRuns: EVENTS },
  );
  // The property is meaningful only if some accounts are migrated.
  expect(moved).toBeGreaterThan(EVENTS / 50);
});

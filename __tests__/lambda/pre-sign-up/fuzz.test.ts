import fc from "fast-check";
import { NEEDED } from "../../../lambda/identity/characters";
import { Accounts } from "../../support/accounts";
import { signUpEvent } from "../../support/events";
import { handlerOf } from "../../support/handler";
import { SENT } from "../../support/sent";
import { localTables } from "../../support/tables";

/** More of them with `npm run test:fuzz`. */
const EVENTS = Number(process.env.FUZZ_EVENTS ?? 2500);
const SENTINEL = "sentinel";

let tables: Awaited<ReturnType<typeof localTables>>;
beforeAll(async () => {
  tables = await localTables();
});
afterAll(() => tables.close());

const nasty = fc.constantFrom(
  "",
  " ",
  "__proto__",
  "constructor",
  "toString",
  '"',
  "\\",
  '\\"',
  "\n",
  "\u0000",
  "\u200b",
  "\ud800",
  "ｓ",
  "ß",
  "İ",
  "{{7*7}}",
  "${jndi:ldap://x}",
  '" or username ^= "',
  "a".repeat(256),
  "x".repeat(100_000),
);
const piece = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: "grapheme", maxLength: 8 }) },
  { weight: 1, arbitrary: nasty },
);
/** A text that contains the sentinel, in any letter case, in place of personal data. */
const personal = fc
  .tuple(piece, fc.mixedCase(fc.constant(SENTINEL)), piece)
  .map(([before, sentinel, after]) => before + sentinel + after);
const username = fc.oneof(
  { weight: 4, arbitrary: personal },
  { weight: 1, arbitrary: fc.mixedCase(fc.constant(`${SENTINEL}a`)) },
);
const email = fc.oneof(
  { weight: 4, arbitrary: personal.map((text) => `${text}@example.com`) },
  { weight: 2, arbitrary: fc.mixedCase(fc.constant(`${SENTINEL}@example.com`)) },
  { weight: 1, arbitrary: personal },
);
const junk = fc.anything({
  withBigInt: false,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withSparseArray: true,
});

const event = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(username, email).map(([name, address]): unknown => signUpEvent(name, address)),
  },
  {
    weight: 2,
    // A valid event with one field replaced by any value.
    arbitrary: fc
      .tuple(
        username,
        email,
        fc.constantFrom("triggerSource", "userPoolId", "userName", "request", "callerContext", "response"),
        fc.oneof(junk, personal),
      )
      .map(([name, address, field, value]): unknown => ({ ...signUpEvent(name, address), [field]: value })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(username, fc.oneof(junk, personal)).map(([name, userAttributes]): unknown => ({
      ...signUpEvent(name, ""),
      request: { userAttributes, validationData: { skip: "1" }, clientMetadata: { uniqueness: "off" } },
    })),
  },
  { weight: 1, arbitrary: junk },
);

/** A simpler comparison of spellings, which unites fewer spellings than the function does. */
const simply = (text: string) => text.normalize("NFKC").toLowerCase();

it(`${EVENTS} hostile events: no unhandled error, no wrong admission, nothing personal in a log`, async () => {
  const accounts = new Accounts();
  const handler = handlerOf({ listUsers: accounts.listUsers, table: tables.table });
  const known = new Set<string>(Object.values(SENT));
  const problems: string[] = [];
  const names = new Set<string>();
  const addresses = new Set<string>();
  let admitted = 0;

  for (const given of fc.sample(event, EVENTS)) {
    handler.lines.length = 0;
    const { answer, refusal } = await handler.handle(given);
    if (answer !== undefined) {
      admitted++;
      const { userName, request } = answer as ReturnType<typeof signUpEvent>;
      if (names.has(simply(userName))) problems.push("a username, admitted twice");
      if (addresses.has(simply(request.userAttributes.email ?? ""))) problems.push("an e-mail address, admitted twice");
      if (/[\p{C}\u00a0\u3000]|[^\S ]/u.test(userName.replace(NEEDED, "")))
        problems.push("a username with something invisible");
      names.add(simply(userName));
      addresses.add(simply(request.userAttributes.email ?? ""));
      accounts.add(userName, request.userAttributes.email);
    } else if (refusal?.name === "Refusal" && known.has(refusal.message)) {
      if (refusal.stack !== `Refusal: ${refusal.message}`) problems.push("a stack trace");
    } else problems.push(`an unhandled ${refusal?.name}: ${refusal?.message}`);
    if (handler.lines.length !== 2) problems.push(`${handler.lines.length} lines of log`);
    if (handler.lines.join("").toLowerCase().includes(SENTINEL)) problems.push("personal data in a log");
  }

  expect(problems).toEqual([]);
  // The events must include both admitted and refused ones.
  expect(admitted).toBeGreaterThan(EVENTS / 50);
  expect(admitted).toBeLessThan(EVENTS / 2);
});

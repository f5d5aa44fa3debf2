import { poolWith, refusalOf } from "./pool-with";

it("the password policy is Cognito's own where nothing is said", () => {
  expect(poolWith()).not.toHaveProperty("password_policy");
});

it("a policy is written whole, because what it leaves out would be switched off", () => {
  expect(poolWith({ passwordPolicy: { minimumLength: 12, requireSymbols: false } }).password_policy).toEqual({
    minimum_length: 12,
    require_lowercase: true,
    require_uppercase: true,
    require_numbers: true,
    require_symbols: false,
    temporary_password_validity_days: 7,
  });
});

it("a history of passwords is kept where that is asked for", () => {
  expect(poolWith({ passwordPolicy: { passwordHistorySize: 5 } }).password_policy.password_history_size).toBe(5);
});

it.each([
  [
    { minimumLength: 5 },
    'field "passwordPolicy.minimumLength": 5 is not allowed; allowed: a whole number of characters, 6 to 99',
  ],
  [{ minimumLength: 100 }, "6 to 99"],
  [{ temporaryPasswordValidityDays: 366 }, "a whole number of days, 1 to 365"],
  [{ passwordHistorySize: 25 }, "a whole number of passwords, 1 to 24"],
])("%j is refused", (passwordPolicy, message) => {
  expect(refusalOf({ passwordPolicy })).toContain(message);
});

it("the tier LITE keeps no history", () => {
  expect(refusalOf({ poolTier: "LITE", passwordPolicy: { passwordHistorySize: 1 } })).toMatch(
    /^field "passwordPolicy.passwordHistorySize": 1 is not allowed; allowed: nothing with the tier LITE/,
  );
  expect(refusalOf({ poolTier: "LITE", passwordPolicy: { minimumLength: 10 } })).toBe("");
});

import { type CognitoCall, refusalByCognito, refusalOfFields } from "../../../cli/emulator/cognito-refusals";
import type { Block } from "../../../cli/emulator/terraform-json";

const missingIn = (operation: string, call: CognitoCall, pool: Block = {}) =>
  refusalOfFields(operation, call, pool)?.message;

const refusedSignUp = async (call: CognitoCall, pool: Block) =>
  (await refusalByCognito("SignUp", call, { pool, clients: [], namesOf: async () => [] }))?.message;

const refusedPassword = (Password: string, password_policy?: Record<string, number | boolean>) =>
  refusedSignUp({ Username: "ana", Password }, password_policy ? { password_policy } : {});

it.each([
  ["Aa1!567", "not long enough"],
  ["aa1!5678", "uppercase"],
  ["AA1!5678", "lowercase"],
  ["Aaa!bbbb", "numeric"],
  ["Aa15678b", "symbol"],
  // A space is a symbol, but not at either end.
  [" Aa1567b ", "symbol"],
])("Cognito's own policy refuses %p: %s", async (password, reason) => {
  expect(await refusedPassword(password)).toContain(reason);
});

it.each(["Aa1!5678", "Aa1 5678", "Aa1~5678", "Aa1\\5678", "Aa1]5678"])("it allows %p", async (password) => {
  expect(await refusedPassword(password)).toBeUndefined();
});

it("a pool's policy asks for what it names, and nothing else", async () => {
  const policy = { minimum_length: 6, require_numbers: true, require_lowercase: false };
  expect(await refusedPassword("12345", policy)).toMatch(/not long enough$/);
  expect(await refusedPassword("abcdef", policy)).toMatch(/must have numeric characters$/);
  expect(await refusedPassword("123456", policy)).toBeUndefined();
});

it("an address that stands for the username is given", async () => {
  const pool = { username_attributes: ["email"], schema: [{ name: "email", required: true }] };
  expect(await refusedSignUp({ Username: "ana@example.com" }, pool)).toBeUndefined();
  const both = { ...pool, username_attributes: ["email", "phone_number"] };
  expect(await refusedSignUp({ Username: "+442079460123" }, both)).toContain("email: The attribute");
});

it.each([
  [["email"], "ana", "Username should be an email."],
  [["email"], "+442079460123", "Username should be an email."],
  [["phone_number"], "ana@example.com", "Username should be a phone number."],
  [["phone_number", "email"], "ana", "Username should be either an email or a phone number."],
  [["email", "phone_number"], "+442079460123", undefined],
  [["email", "phone_number"], "ana@example.com", undefined],
])(
  "where users sign in with %j, the username %j is answered with %j",
  async (username_attributes, Username, message) => {
    expect(await refusedSignUp({ Username }, { username_attributes })).toBe(message);
  },
);

it("what a call must have is named where it is missing, no text or empty", () => {
  const at = (field: string) => `at '${field}' failed to satisfy constraint: Member must`;
  expect(missingIn("ConfirmSignUp", { ClientId: "1own", Username: "ana" })).toBe(
    `1 validation error detected: Value null ${at("confirmationCode")} not be null`,
  );
  expect(missingIn("AdminCreateUser", { Username: 5 as unknown as string })).toBe(
    `2 validation errors detected: Value null ${at("userPoolId")} not be null; Value null ${at("username")} not be null`,
  );
  expect(missingIn("VerifyUserAttribute", { AccessToken: "a", AttributeName: "email", Code: "" })).toBe(
    `1 validation error detected: Value ${at("code")} have length greater than or equal to 1`,
  );
  const signUp = { ClientId: "1own", Username: "ana" };
  expect(missingIn("SignUp", signUp)).toContain("'password'");
  // Users of a pool with other first factors need no password.
  const sign_in_policy = { allowed_first_auth_factors: ["PASSWORD", "EMAIL_OTP"] };
  expect(missingIn("SignUp", signUp, { sign_in_policy })).toBeUndefined();
});

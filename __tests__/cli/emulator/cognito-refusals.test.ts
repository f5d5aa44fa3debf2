import { refusalByCognito } from "../../../cli/emulator/cognito-refusals";

const refusedPassword = async (Password: string, password_policy?: Record<string, number | boolean>) =>
  (
    await refusalByCognito(
      "SignUp",
      { Password },
      { pool: password_policy ? { password_policy } : {}, clients: [], namesOf: async () => [] },
    )
  )?.message;

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
  const refusal = (Username: string) =>
    refusalByCognito("SignUp", { Username }, { pool, clients: [], namesOf: async () => [] });
  expect(await refusal("ana@example.com")).toBeUndefined();
  expect(await refusal("+442079460123")).toMatchObject({ message: expect.stringContaining("email: The attribute") });
});

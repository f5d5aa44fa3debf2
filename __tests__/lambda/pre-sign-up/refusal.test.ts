import { MESSAGES, Refusal } from "../../../lambda/pre-sign-up/refusal";

it("says what the article's function says", () => {
  expect(MESSAGES).toMatchObject({
    usernameTaken: "The username is already registered.",
    emailTaken: "The email is already registered.",
  });
});

it("has a stack that holds nothing but its message", () => {
  const refusal = new Refusal("emailTaken");
  expect(refusal.message).toBe(MESSAGES.emailTaken);
  expect(refusal.stack).toBe(`Refusal: ${MESSAGES.emailTaken}`);
});

it.each(Object.entries(MESSAGES))("%s is a sentence for people", (_, message) => {
  expect(message).toMatch(/^[A-Z].*\.$/);
  expect(message).not.toMatch(/[<>{}$]/);
});

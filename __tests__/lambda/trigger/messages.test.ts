import { MESSAGES, NEUTRAL } from "../../../lambda/trigger/messages";

it("the messages about taken identifiers equal those of the baseline", () => {
  expect(MESSAGES).toMatchObject({
    usernameTaken: "The username is already registered.",
    emailTaken: "The email is already registered.",
  });
});

it("the neutral messages are equal for both identifiers", () => {
  expect(NEUTRAL.usernameTaken).toBe(NEUTRAL.emailTaken);
});

it.each([...Object.entries(MESSAGES), ...Object.entries(NEUTRAL)])("%s is a complete sentence", (_, message) => {
  expect(message).toMatch(/^[A-Z].*\.$/);
  expect(message).not.toMatch(/[<>{}$]/);
});

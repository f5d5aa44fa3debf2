import { MESSAGES, NEUTRAL } from "../../../lambda/trigger/messages";

it("say what the article's function says", () => {
  expect(MESSAGES).toMatchObject({
    usernameTaken: "The username is already registered.",
    emailTaken: "The email is already registered.",
  });
});

it("can be neutral about which of the two is registered", () => {
  expect(NEUTRAL.usernameTaken).toBe(NEUTRAL.emailTaken);
});

it.each([...Object.entries(MESSAGES), ...Object.entries(NEUTRAL)])("%s is a sentence for people", (_, message) => {
  expect(message).toMatch(/^[A-Z].*\.$/);
  expect(message).not.toMatch(/[<>{}$]/);
});

import { MESSAGES } from "../../../lambda/trigger/messages";
import { Refusal, withoutFullStop } from "../../../lambda/trigger/refusal";
import { Declined } from "../../../lambda/user-migration/declined";

it("the stack of a refusal contains its message only", () => {
  const refusal = new Refusal("emailTaken");
  expect(refusal.message).toBe("The email is already registered");
  expect(refusal.stack).toBe("Refusal: The email is already registered");
  expect(new Refusal("emailTaken", "No.").stack).toBe("Refusal: No");
});

/** "PreSignUp failed with error <message>.": UserLambdaValidationException, Cognito developer guide. */
const shown = (error: Error) => `PreSignUp failed with error ${error.message}.`;

it.each(Object.values(MESSAGES))("Cognito's text for %j ends in one full stop", (message) => {
  expect(shown(new Refusal("emailTaken", message))).toBe(`PreSignUp failed with error ${message}`);
  expect(shown(new Declined("conflict", message))).toMatch(/[^.]\.$/);
});

it.each([
  ["Taken.", "Taken"],
  ["Taken", "Taken"],
  ["Taken. ", "Taken"],
  ["Taken…", "Taken…"],
  ["Taken...", "Taken..."],
  ["Taken!", "Taken!"],
  ["登録済みです。", "登録済みです"],
  [".", ""],
])("a message of the settings loses its full stop only: %j", (text, sent) => {
  expect(withoutFullStop(text)).toBe(sent);
});

import { MESSAGES } from "../../../lambda/trigger/messages";
import { Refusal } from "../../../lambda/trigger/refusal";

it("has a stack that holds nothing but its message", () => {
  const refusal = new Refusal("emailTaken");
  expect(refusal.message).toBe(MESSAGES.emailTaken);
  expect(refusal.stack).toBe(`Refusal: ${MESSAGES.emailTaken}`);
  expect(new Refusal("emailTaken", "No.").stack).toBe("Refusal: No.");
});

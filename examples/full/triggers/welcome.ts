import type { PostConfirmationTriggerHandler } from "aws-lambda";

export const handler: PostConfirmationTriggerHandler = async (event) => {
  // Cognito calls it after a forgotten password, too.
  if (event.triggerSource === "PostConfirmation_ConfirmSignUp") {
    process.stdout.write(`${JSON.stringify({ message: "welcome", team: process.env.TEAM })}\n`);
  }
  return event;
};

import type { CustomEmailSenderTriggerEvent, CustomSMSSenderTriggerEvent } from "aws-lambda";

/** Decrypting the code takes the AWS Encryption SDK (@aws-crypto/client-node), and sending it a service of your choice. */
export const handler = async ({
  triggerSource,
  request,
}: CustomEmailSenderTriggerEvent | CustomSMSSenderTriggerEvent) => {
  process.stdout.write(`${JSON.stringify({ message: "to send", triggerSource, hasCode: "code" in request })}\n`);
};

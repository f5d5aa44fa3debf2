import { createHmac } from "node:crypto";
import { AwsError, awsClient } from "../../../lambda/aws/client";

/** Calls an operation of the emulated Cognito. */
export function cognito(operation: string, input: object): Promise<unknown> {
  const call = awsClient({
    service: "cognito-idp",
    region: "eu-west-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    endpoint: process.env.E2E_ENDPOINT,
    attemptTimeout: 20_000,
  });
  return call(`AWSCognitoIdentityProviderService.${operation}`, input, Date.now() + 20_000);
}

export interface Client {
  readonly id: string;
  readonly secret: string;
}

/** Signs somebody up; answers "admitted" or what Cognito says. */
export async function signUp(client: Client, username: string, email: string): Promise<string> {
  try {
    await cognito("SignUp", {
      ClientId: client.id,
      SecretHash: createHmac("sha256", client.secret)
        .update(username + client.id)
        .digest("base64"),
      Username: username,
      Password: "Correct-Horse-1",
      UserAttributes: [{ Name: "email", Value: email }],
    });
    return "admitted";
  } catch (error) {
    if (error instanceof AwsError) return `${error.code}: ${error.body?.message}`;
    throw error;
  }
}

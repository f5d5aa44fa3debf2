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

/** "SecretHash" of SignUp, Cognito API reference: that the caller has the client's secret. */
export function secretHash({ id, secret }: Client, username: string): string {
  return createHmac("sha256", secret)
    .update(username + id)
    .digest("base64");
}

/** Signs somebody up; answers "admitted" or what Cognito says. */
export async function signUp(client: Client, username: string, email: string): Promise<string> {
  try {
    await cognito("SignUp", {
      ClientId: client.id,
      SecretHash: secretHash(client, username),
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

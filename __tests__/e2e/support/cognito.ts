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

/** Signs somebody up; answers "admitted" or what Cognito says. */
export async function signUp(clientId: string, username: string, email: string): Promise<string> {
  try {
    const UserAttributes = [{ Name: "email", Value: email }];
    await cognito("SignUp", { ClientId: clientId, Username: username, Password: "Correct-Horse-1", UserAttributes });
    return "admitted";
  } catch (error) {
    if (error instanceof AwsError) return `${error.code}: ${error.body?.message}`;
    throw error;
  }
}

import { CognitoIdentityProviderClient, ListUsersCommand } from "@aws-sdk/client-cognito-identity-provider";
import type { PreSignUpTriggerEvent } from "aws-lambda";

// The baseline's Pre-SignUp function for Node.js with the AWS SDK: two look-ups in sequence.
const cognito = new CognitoIdentityProviderClient({});

async function isTaken(UserPoolId: string, attribute: string, value = ""): Promise<boolean> {
  const Filter = `${attribute} = "${value.toLowerCase()}"`;
  const { Users = [] } = await cognito.send(new ListUsersCommand({ UserPoolId, Filter }));
  return Users.length > 0;
}

export async function handler(event: PreSignUpTriggerEvent): Promise<PreSignUpTriggerEvent> {
  const { userPoolId, userName, request } = event;
  if (await isTaken(userPoolId, "username", userName)) throw new Error("The username is already registered.");
  if (await isTaken(userPoolId, "email", request.userAttributes.email)) {
    throw new Error("The email is already registered.");
  }
  return event;
}

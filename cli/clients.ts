import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { TIME_LIMITS } from "./aws";

/** Attempts and pauses as the SDK's adaptive mode makes them: it slows down when it is throttled. */
export const RETRIES = { retryMode: "adaptive", maxAttempts: 10, ...TIME_LIMITS } as const;

export function cognitoClient(region: string): CognitoIdentityProviderClient {
  return new CognitoIdentityProviderClient({ region, ...RETRIES });
}

export function dynamoDbClient(region: string): DynamoDBClient {
  return new DynamoDBClient({ region, ...RETRIES });
}

import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { TIME_LIMITS } from "./aws";

/** Attempts and pauses as the SDK's adaptive mode makes them: it slows down when it is throttled. */
const PATIENT = { retryMode: "adaptive", maxAttempts: 10, ...TIME_LIMITS } as const;

export function cognitoClient(region: string): CognitoIdentityProviderClient {
  return new CognitoIdentityProviderClient({ region, ...PATIENT });
}

export function dynamoDbClient(region: string): DynamoDBClient {
  return new DynamoDBClient({ region, ...PATIENT });
}

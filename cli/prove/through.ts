import {
  type CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
  ListUserPoolClientsCommand,
  type UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import { isUrl } from "../../modules/setting/kinds";
import { Failure } from "../failure";
import { type Outputs, outputValue } from "../output";
import type { Through } from "./pool";

/** How accounts are made: by an administrator, without messages, or by SignUp of the app client. */
export type Way = "admin" | "sign-up";

/** The URL that Cognito is asked at instead of AWS's own. */
export function endpointOf(): string | undefined {
  const url = process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER ?? process.env.AWS_ENDPOINT_URL;
  return url === undefined || url === "" || isOfAws(url) ? undefined : url;
}

function isOfAws(url: string): boolean {
  return isUrl(url) && /\.amazonaws\.com(?:\.cn)?$/.test(new URL(url).hostname);
}

/** The way where none is asked for: emulators may call the function for SignUp only. */
export function wayOf(): Way {
  return endpointOf() === undefined ? "admin" : "sign-up";
}

/** Throws a {@link Failure} where Cognito would send codes, or where the pool has no app client. */
export async function throughOf(
  way: Way,
  client: CognitoIdentityProviderClient,
  outputs: Outputs,
  pool: UserPoolType,
): Promise<Through> {
  if (way === "admin") return "administrator";
  // Mail to a domain that cannot be would count against the sender's reputation.
  if ((pool.AutoVerifiedAttributes ?? []).length > 0 && endpointOf() === undefined) {
    throw new Failure("Cognito would send codes to addresses of proof.invalid: leave --through sign-up out.", 64);
  }
  const ClientId = await clientIdOf(client, outputs, pool);
  const { UserPoolClient } = await client.send(new DescribeUserPoolClientCommand({ UserPoolId: pool.Id, ClientId }));
  const secret = UserPoolClient?.ClientSecret;
  return { id: ClientId, ...(secret && { secret }) };
}

/** The environment's own app client; of a pool that is managed elsewhere its first. */
async function clientIdOf(client: CognitoIdentityProviderClient, outputs: Outputs, { Id }: UserPoolType) {
  if (outputs.UserPoolClientId) return outputValue(outputs, "UserPoolClientId");
  const { UserPoolClients } = await client.send(new ListUserPoolClientsCommand({ UserPoolId: Id, MaxResults: 1 }));
  const id = UserPoolClients?.[0]?.ClientId;
  if (id !== undefined) return id;
  throw new Failure(`The pool ${Id} has no app client to sign up with: use --through admin.`, 64);
}

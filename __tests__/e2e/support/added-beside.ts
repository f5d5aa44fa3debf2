import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as cognito from "@aws-sdk/client-cognito-identity-provider";
import * as dynamodb from "@aws-sdk/client-dynamodb";
import * as lambda from "@aws-sdk/client-lambda";
import { type Breakage, clients, tableArn } from "./breakage";

/** The promises about what is beside the stack. */
export const BESIDE = {
  clients: "the pool has no app clients but the stack's",
  providers: "the pool has no identity providers but the stack's",
  calls: "no URL and no event source calls the function",
  tablePolicy: "the table has no policy of its own",
  logReaders: "the function's log is passed on to nothing",
};

/** What is added past Terraform, and belongs to no resource of the stack. */
export const ADDED_BESIDE: readonly Breakage[] = [
  {
    what: "the pool has an app client beside the stack's",
    break: ({ poolId: UserPoolId }) =>
      clients.cognito().send(
        new cognito.CreateUserPoolClientCommand({
          ...{ UserPoolId, ClientName: "by-hand", ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH"] },
        }),
      ),
    mend: async ({ poolId: UserPoolId, clientId }) => {
      const { UserPoolClients = [] } = await clients
        .cognito()
        .send(new cognito.ListUserPoolClientsCommand({ UserPoolId }));
      for (const { ClientId } of UserPoolClients.filter((client) => client.ClientId !== clientId))
        await clients.cognito().send(new cognito.DeleteUserPoolClientCommand({ UserPoolId, ClientId }));
    },
    named: { [BESIDE.clients]: "is none of the stack's: without a secret, flows ALLOW_ADMIN_USER_PASSWORD_AUTH." },
  },
  {
    what: "the pool has an identity provider beside the stack's",
    break: ({ poolId: UserPoolId }) =>
      clients.cognito().send(
        new cognito.CreateIdentityProviderCommand({
          ...{ UserPoolId, ProviderName: "Corp", ProviderType: "OIDC" },
          ProviderDetails: { client_id: "id", client_secret: "secret", oidc_issuer: "https://login.example.com" },
        }),
      ),
    mend: ({ poolId: UserPoolId }) =>
      clients.cognito().send(new cognito.DeleteIdentityProviderCommand({ UserPoolId, ProviderName: "Corp" })),
    named: { [BESIDE.providers]: "The identity provider Corp (OIDC)" },
  },
  {
    what: "the function has a URL",
    break: ({ name: FunctionName }) =>
      clients.lambda().send(new lambda.CreateFunctionUrlConfigCommand({ FunctionName, AuthType: "AWS_IAM" })),
    mend: ({ name: FunctionName }) =>
      clients.lambda().send(new lambda.DeleteFunctionUrlConfigCommand({ FunctionName })),
    named: { [BESIDE.calls]: "(access: AWS_IAM)" },
  },
  {
    what: "the table gives another account access",
    break: (deployed) =>
      clients.dynamodb().send(
        new dynamodb.PutResourcePolicyCommand({
          ResourceArn: tableArn(deployed),
          Policy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [
              {
                ...{ Effect: "Allow", Principal: { AWS: "arn:aws:iam::111122223333:root" } },
                ...{ Action: "dynamodb:*", Resource: tableArn(deployed) },
              },
            ],
          }),
        }),
      ),
    mend: (deployed) =>
      clients.dynamodb().send(new dynamodb.DeleteResourcePolicyCommand({ ResourceArn: tableArn(deployed) })),
    named: { [BESIDE.tablePolicy]: "111122223333" },
  },
  {
    what: "the log is passed on",
    break: ({ name, functionArn: destinationArn }) =>
      clients.logs().send(
        new logs.PutSubscriptionFilterCommand({
          ...{ logGroupName: `/aws/lambda/${name}`, filterName: "copies", filterPattern: "", destinationArn },
        }),
      ),
    mend: ({ name }) =>
      clients
        .logs()
        .send(new logs.DeleteSubscriptionFilterCommand({ logGroupName: `/aws/lambda/${name}`, filterName: "copies" })),
    named: { [BESIDE.logReaders]: "The subscription copies" },
  },
];

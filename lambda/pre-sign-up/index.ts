import { awsClient, environmentCredentials } from "../aws/client";
import { ServerClock } from "../aws/clock";
import { write } from "../trigger/output";
import { byDirectory, Directory } from "./directory";
import { linkToOwner } from "./federated";
import { preSignUp } from "./handler";
import { listUsersWith } from "./list-users";
import { logTo } from "./log";
import { countTo } from "./metrics";
import { fromVariables } from "./options";
import { byReservation } from "./reservations";
import { dynamoTable } from "./reservations-table";

const { env } = process;
const { logLevel, unconfirmedHoldHours, reservationsTable, federated, identityProviders, messages } =
  fromVariables(env);
const clock = new ServerClock();
const now = () => clock.now();

function client(service: string, endpoint: string | undefined) {
  return awsClient({
    service,
    region: env.AWS_REGION ?? "",
    credentials: environmentCredentials(env),
    endpoint: endpoint || env.AWS_ENDPOINT_URL || undefined,
    clock,
  });
}

const cognito = client("cognito-idp", env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER);
const directory = new Directory({
  listUsers: listUsersWith(cognito),
  unconfirmedHold: unconfirmedHoldHours * 3_600_000,
  now,
});

/** The entry that Lambda calls, set up from the function's environment variables. */
export const handler = preSignUp({
  uniqueness: reservationsTable
    ? byReservation({
        table: dynamoTable(client("dynamodb", env.AWS_ENDPOINT_URL_DYNAMODB), reservationsTable),
        directory,
        now,
      })
    : byDirectory(directory),
  federated,
  linkToOwner: linkToOwner({ cognito, directory, identityProviders }),
  messages,
  log: logTo(write, logLevel),
  count: countTo(write, env.AWS_LAMBDA_FUNCTION_NAME ?? ""),
});

import { assumeRole, signedWith } from "../aws/assume-role";
import { awsClient, environmentCredentials } from "../aws/client";
import { ServerClock } from "../aws/clock";
import { type Credentials, signedPost } from "../aws/request";
import { byDirectory, Directory } from "../pre-sign-up/directory";
import { listUsersWith } from "../pre-sign-up/list-users";
import { logTo } from "../pre-sign-up/log";
import { countTo } from "../pre-sign-up/metrics";
import { byReservation } from "../pre-sign-up/reservations";
import { dynamoTable } from "../pre-sign-up/reservations-table";
import { write } from "../trigger/output";
import { userMigration } from "./handler";
import { NAMESPACE } from "./metrics";
import { cognitoPool } from "./old-pool";
import { fromVariables, regionOf } from "./options";

const { env } = process;
const { logLevel, unconfirmedHoldHours, reservationsTable, migrateFrom } = fromVariables(env);
const { userPoolId, clientId, roleArn, externalId } = migrateFrom;
const clock = new ServerClock();
const now = () => clock.now();

const functionName = env.AWS_LAMBDA_FUNCTION_NAME ?? "";
const own = environmentCredentials(env);
const here = env.AWS_REGION ?? "";
const at = (service: string, region: string, endpoint: string | undefined, credentials: Credentials = own) => ({
  service,
  region,
  credentials,
  endpoint: endpoint || env.AWS_ENDPOINT_URL || undefined,
  clock,
});
const cognito = env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER;

const oldPoolClient = (credentials: Credentials) =>
  awsClient(at("cognito-idp", regionOf(userPoolId), cognito, credentials));
const call = roleArn
  ? signedWith(
      assumeRole({
        post: signedPost(at("sts", here, env.AWS_ENDPOINT_URL_STS)),
        roleArn,
        externalId,
        sessionName: functionName || "user-migration",
        now,
      }),
      oldPoolClient,
    )
  : oldPoolClient(own);
// Who has never confirmed in the old pool stands in nobody's way.
const oldDirectory = new Directory({ listUsers: listUsersWith(call), unconfirmedHold: 0, now });

const directory = new Directory({
  listUsers: listUsersWith(awsClient(at("cognito-idp", here, cognito))),
  unconfirmedHold: unconfirmedHoldHours * 3_600_000,
  now,
});

/** The entry that Lambda calls, set up from the function's environment variables. */
export const handler = userMigration({
  oldPool: cognitoPool({ call, userPoolId, clientId, directory: oldDirectory }),
  uniqueness: reservationsTable
    ? byReservation({
        table: dynamoTable(awsClient(at("dynamodb", here, env.AWS_ENDPOINT_URL_DYNAMODB)), reservationsTable),
        directory,
        now,
        reserveFor: "migration",
      })
    : byDirectory(directory),
  log: logTo(write, logLevel),
  count: countTo(write, functionName, NAMESPACE),
});

import type { Call } from "../aws/client";
import type { Services } from "../aws/services";
import type { CommonOptions } from "../trigger/options";
import { accountsWith } from "./accounts";
import type { ReserveFor } from "./attempt";
import { byDirectory } from "./by-directory";
import { Directory } from "./directory";
import { listUsersWith } from "./list-users";
import { byReservation } from "./reservations";
import { dynamoTable } from "./table";
import type { Uniqueness } from "./uniqueness";

/** The uniqueness check of a function with the clients that it uses. */
export interface Setup {
  readonly uniqueness: Uniqueness;
  readonly directory: Directory;
  readonly cognito: Call;
}

/** The uniqueness check for a function's options: by reservations if there is a table, otherwise by look-ups only. */
export function setUp(
  { reservationsTable, unconfirmedHoldHours }: CommonOptions,
  { client, now }: Services,
  reserveFor?: ReserveFor,
): Setup {
  const cognito = client("cognito-idp");
  const directory = new Directory({
    listUsers: listUsersWith(cognito),
    unconfirmedHold: unconfirmedHoldHours * 3_600_000,
    now,
  });
  const common = { directory, accounts: accountsWith(cognito) };
  const uniqueness = reservationsTable
    ? byReservation({ ...common, table: dynamoTable(client("dynamodb"), reservationsTable), now, reserveFor })
    : byDirectory(common);
  return { uniqueness, directory, cognito };
}

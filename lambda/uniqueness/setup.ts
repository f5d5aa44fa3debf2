import type { Call } from "../aws/client";
import type { Services } from "../aws/services";
import type { CommonOptions } from "../trigger/options";
import { accountsWith } from "./accounts";
import type { ReserveFor } from "./attempt";
import { byDirectory } from "./by-directory";
import { Directory } from "./directory";
import { listUsersWith } from "./list-users";
import { byReservation } from "./reservations";
import { dynamoTable, type ReservationsTable } from "./table";
import type { Uniqueness } from "./uniqueness";

/** The uniqueness check of a function with the clients that it uses. */
export interface Setup {
  readonly uniqueness: Uniqueness;
  readonly directory: Directory;
  readonly cognito: Call;
  /** Undefined without reservations. */
  readonly table: ReservationsTable | undefined;
  /** The check by reservations in a table, for one that is wrapped. */
  readonly reservedIn: (table: ReservationsTable) => Uniqueness;
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
  const reservedIn = (table: ReservationsTable) => byReservation({ ...common, table, now, reserveFor });
  const table = reservationsTable ? dynamoTable(client("dynamodb"), reservationsTable) : undefined;
  return { uniqueness: table ? reservedIn(table) : byDirectory(common), directory, cognito, table, reservedIn };
}

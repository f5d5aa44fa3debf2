import { AwsError, type Call } from "../aws/client";
import { fromItem, type Item, isVersion, toItem } from "../identity/item";
import type { Reservation, Version } from "../identity/reservation";

/** A reservation to write. It replaces exactly this version, or none. */
export interface Put {
  readonly reservation: Reservation;
  readonly replaces: Version | undefined;
}

/** `done`, or the reasons: `busy` is a conflict with another transaction, `found` has the items whose version differed. */
export type PutResult =
  | { readonly done: true }
  | { readonly done: false; readonly busy: boolean; readonly found: ReadonlyMap<string, Reservation | undefined> };

/**
 * The table of reservations: key `pk`, attributes `username`, `email`, `attempt`, `reservedAt`, `nonce`. Every write is
 * conditional; a put writes all of its reservations or none.
 */
export interface ReservationsTable {
  put(puts: readonly Put[], deadline: number): Promise<PutResult>;
  /** Removes a reservation if it is still this version. */
  remove(key: string, version: Version, deadline: number): Promise<void>;
}

/** The implementation with calls to DynamoDB. */
export function dynamoTable(call: Call, tableName: string): ReservationsTable {
  return {
    async put(puts, deadline) {
      const TransactItems = puts.map(({ reservation, replaces }) => ({
        Put: {
          TableName: tableName,
          Item: toItem(reservation),
          ...(replaces ? isVersion(replaces) : { ConditionExpression: "attribute_not_exists(pk)" }),
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        },
      }));
      try {
        await call("DynamoDB_20120810.TransactWriteItems", { TransactItems }, deadline);
        return { done: true };
      } catch (error) {
        return refused(error, puts);
      }
    },

    async remove(key, version, deadline) {
      const input = { TableName: tableName, Key: { pk: { S: key } }, ...isVersion(version) };
      try {
        await call("DynamoDB_20120810.DeleteItem", input, deadline);
      } catch (error) {
        if (!(error instanceof AwsError && error.code === "ConditionalCheckFailedException")) throw error;
      }
    },
  };
}

/** The result of a cancelled transaction, from its reasons in the order of the puts. Rethrows any other error. */
function refused(error: unknown, puts: readonly Put[]): PutResult {
  const reasons = error instanceof AwsError && (error.body?.CancellationReasons as CancellationReason[] | undefined);
  if (!Array.isArray(reasons)) throw error;
  const found = new Map<string, Reservation | undefined>();
  let busy = false;
  for (const [index, { Code, Item }] of reasons.entries()) {
    const key = puts[index]?.reservation.key;
    if (Code === "ConditionalCheckFailed" && key !== undefined) found.set(key, Item && reservationIn(Item));
    else if (BUSY.test(Code ?? "")) busy = true;
    else if (Code !== "None") throw new AwsError(Code ?? "BadResponse", false);
  }
  if (!busy && found.size === 0) throw new AwsError("BadResponse", false);
  return { done: false, busy, found };
}

/** Retryable codes: "TransactionCanceledException", DynamoDB API reference. */
const BUSY = /^(?:TransactionConflict|ThrottlingError|ProvisionedThroughputExceeded)$/;

/** The reservation in an item. Throws if the item does not identify its sign-up: an operator must delete it. */
function reservationIn(item: Item): Reservation {
  const reservation = fromItem(item);
  if (!reservation) throw new AwsError("BadReservation", false);
  return reservation;
}

interface CancellationReason {
  readonly Code?: string;
  readonly Item?: Item;
}

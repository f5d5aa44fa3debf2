import { AwsError, type Call } from "../aws/client";
import type { Reservation, Version } from "../identity/reservation";

/** What is put under a key: a reservation in place of exactly this one, or of none. */
export interface Put {
  readonly reservation: Reservation;
  readonly replaces: Version | undefined;
}

/** `done`, or what stood in the way: `busy` is somebody else's transaction, `found` what is under keys that differed. */
export type PutResult =
  | { readonly done: true }
  | { readonly done: false; readonly busy: boolean; readonly found: ReadonlyMap<string, Reservation | undefined> };

/**
 * The table of reservations: key `pk`, attributes `username`, `email`, `attempt`, `reservedAt`. Every write is
 * conditional; a put writes all of its reservations or none.
 */
export interface ReservationsTable {
  put(puts: readonly Put[], deadline: number): Promise<PutResult>;
  /** Removes a reservation if it is still this version. */
  remove(key: string, version: Version, deadline: number): Promise<void>;
}

/** The table over the wire. */
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

/** What a cancelled transaction says of each of its puts, in their order. Throws any other error on. */
function refused(error: unknown, puts: readonly Put[]): PutResult {
  const reasons = error instanceof AwsError && (error.body?.CancellationReasons as CancellationReason[] | undefined);
  if (!Array.isArray(reasons)) throw error;
  const found = new Map<string, Reservation | undefined>();
  let busy = false;
  for (const [index, { Code, Item }] of reasons.entries()) {
    const key = puts[index]?.reservation.key;
    if (Code === "ConditionalCheckFailed" && key !== undefined) found.set(key, Item && fromItem(key, Item));
    else if (BUSY.test(Code ?? "")) busy = true;
    else if (Code !== "None") throw new AwsError(Code ?? "BadResponse", false);
  }
  if (!busy && found.size === 0) throw new AwsError("BadResponse", false);
  return { done: false, busy, found };
}

/** Codes that another time may not bring: "TransactionCanceledException", DynamoDB API reference. */
const BUSY = /^(?:TransactionConflict|ThrottlingError|ProvisionedThroughputExceeded)$/;

function isVersion({ attempt, reservedAt }: Version) {
  return {
    ConditionExpression: "attempt = :attempt AND reservedAt = :reservedAt",
    ExpressionAttributeValues: { ":attempt": { S: attempt }, ":reservedAt": { N: String(reservedAt) } },
  };
}

function toItem({ key, username, email, attempt, reservedAt }: Reservation) {
  return {
    pk: { S: key },
    username: { S: username },
    email: { S: email },
    attempt: { S: attempt },
    reservedAt: { N: String(reservedAt) },
  };
}

function fromItem(key: string, { username, email, attempt, reservedAt }: Item): Reservation {
  // Not written by this function: it stands in the way, visibly, until somebody looks at it.
  if (username?.S === undefined || email?.S === undefined || !attempt?.S || !reservedAt?.N)
    throw new AwsError("BadReservation", false);
  return { key, username: username.S, email: email.S, attempt: attempt.S, reservedAt: Number(reservedAt.N) };
}

type Item = Readonly<Record<string, { readonly S?: string; readonly N?: string } | undefined>>;

interface CancellationReason {
  readonly Code?: string;
  readonly Item?: Item;
}

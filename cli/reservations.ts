import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { Pool } from "../migration/pool";
import { RateLimiter } from "../migration/rate-limit";
import { backfill } from "../migration/reservations/backfill";
import type { Collision } from "../migration/reservations/identifiers";
import { prune } from "../migration/reservations/prune";
import { ReservationsTable } from "../migration/reservations/table";
import { isComplete, verify } from "../migration/reservations/verify";
import { identifiersOf } from "../modules/user-pool/identifiers";
import type { Environment } from "../settings/project";
import { withAwsErrors } from "./aws";
import { cognitoClient, dynamoDbClient } from "./clients";
import { progressBar } from "./progress";

export interface ReservationsArguments {
  readonly environment: Environment;
  readonly poolId: string;
  readonly tableName: string;
  /** ListUsers calls a second. */
  readonly rate: number;
}

type Print = (text: string) => void;

/** Makes the reservations of accounts that are older than the table. Returns whether there are no duplicate accounts. */
export function backfillReservations(args: ReservationsArguments, apply: boolean, print: Print): Promise<boolean> {
  return withAwsErrors(async () => {
    const { pool, table, unconfirmedHold, identifiers } = connect(args);
    // A pagination token of Cognito is valid for an hour or more. Starting again is harmless, only slower.
    const bookmark = path.join(".build", "backfill", `${args.poolId}.json`);
    const from = apply ? await bookmarked(bookmark, print) : undefined;
    const bar = progressBar("accounts", await pool.estimatedSize());
    await mkdir(path.dirname(bookmark), { recursive: true });
    const report = await backfill({
      pool,
      table,
      unconfirmedHold,
      identifiers,
      apply,
      from,
      onPage({ accounts }, { next }) {
        bar.update(accounts);
        if (apply && next) void writeFile(bookmark, JSON.stringify({ next, at: Date.now() }));
      },
    }).finally(() => bar.stop());
    if (apply) await rm(bookmark, { force: true });

    const made = apply ? "made" : "would be made";
    print(`${report.accounts} accounts.`);
    print(`Reservations: ${report.present} existed, ${report.made} ${made},`);
    print(`  ${report.takenOver} of failed sign-ups ${apply ? "taken over" : "would be taken over"},`);
    print(`  ${report.inFlight} of sign-ups that may be in progress left unchanged.`);
    printCollisions(report.collisions, print);
    if (!apply) print("Nothing was written: this was a dry run. Add --apply to write.");
    return report.collisions.size === 0;
  });
}

/** Compares a pool with its table. Returns whether every account has its reservations and there are no duplicates. */
export function verifyReservations(args: ReservationsArguments, print: Print): Promise<boolean> {
  return withAwsErrors(async () => {
    const { pool, table, unconfirmedHold, identifiers } = connect(args);
    const bar = progressBar("accounts", await pool.estimatedSize());
    const onPage = ({ accounts }: { accounts: number }) => bar.update(accounts);
    const report = await verify({ pool, table, unconfirmedHold, identifiers, onPage }).finally(() => bar.stop());
    print(`${report.accounts} accounts.`);
    print(`Identifiers: ${report.reserved} reserved, ${report.missing} not reserved,`);
    print(`  ${report.foreign} reserved for a failed sign-up.`);
    print(`${report.unused} reservations without an account: the next sign-up with the identifier takes one over.`);
    printCollisions(report.collisions, print);
    print(
      isComplete(report) ? "Every account has its reservations." : "Run backfill to make the missing reservations.",
    );
    return isComplete(report);
  });
}

/** Removes the reservations that no account has. */
export function pruneReservations(args: ReservationsArguments, apply: boolean, print: Print): Promise<boolean> {
  return withAwsErrors(async () => {
    const { pool, table, identifiers } = connect(args);
    const bar = progressBar("accounts", await pool.estimatedSize());
    const onPage = ({ accounts }: { accounts: number }) => bar.update(accounts);
    const report = await prune({ pool, table, identifiers, apply, onPage }).finally(() => bar.stop());
    print(`${report.accounts} accounts, ${report.reservations} reservations.`);
    print(`${report.removed} reservations that no account has ${apply ? "were" : "would be"} removed,`);
    print(`  ${report.young} younger than a day left unchanged, ${report.taken} taken by sign-ups meanwhile.`);
    if (report.unreadable > 0)
      print(`${report.unreadable} items are not reservations: see BadReservation in the docs.`);
    if (!apply) print("Nothing was removed: this was a dry run. Add --apply to remove.");
    return true;
  });
}

function connect({ environment, poolId, tableName, rate }: ReservationsArguments) {
  return {
    pool: new Pool(cognitoClient(environment.region), poolId, new RateLimiter(rate)),
    table: new ReservationsTable(dynamoDbClient(environment.region), tableName),
    unconfirmedHold: environment.unconfirmedHoldHours * 3_600_000,
    identifiers: identifiersOf(environment),
  };
}

async function bookmarked(file: string, print: Print): Promise<string | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const { next, at } = JSON.parse(text) as { next: string; at: number };
  if (Date.now() - at > 3_600_000) return undefined;
  print("Continuing where the last run stopped.");
  return next;
}

function printCollisions(collisions: ReadonlyMap<string, Collision>, print: Print): void {
  if (collisions.size === 0) return;
  print(`${collisions.size} identifiers of duplicate accounts; the first account keeps the reservation:`);
  for (const { name, canonical, usernames } of collisions.values()) {
    print(`  ${name} ${canonical}: ${usernames.join(", ")}`);
  }
}

import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Directory } from "../migration/pool/directory";
import { backfill } from "../migration/reservations/backfill";
import type { Collision } from "../migration/reservations/identifiers";
import { prune } from "../migration/reservations/prune";
import { ReservationsTable } from "../migration/reservations/table";
import { isComplete, type VerifyReport, verify } from "../migration/reservations/verify";
import { Store } from "../migration/store/store";
import { identifiersOf } from "../modules/user-pool/identifiers";
import type { Environment } from "../settings/project";
import { progressBar } from "./progress";
import { singleAttemptDynamoDb } from "./users/clients";
import { withMigrationErrors } from "./users/errors";
import { directory } from "./users/pools";

export interface ReservationsArguments {
  readonly environment: Environment;
  readonly poolId: string;
  readonly tableName: string;
  /** ListUsers calls a second. */
  readonly rate: number;
}

type Print = (text: string) => void;

/** Makes the reservations of accounts that are older than the table. Returns whether there is nothing left for a person. */
export function backfillReservations(args: ReservationsArguments, apply: boolean, print: Print): Promise<boolean> {
  return withMigrationErrors(async () => {
    const { pool, table, unconfirmedHold, identifiers } = connect(args);
    // The same file for every table of the pool: it keeps the progress by table. It holds identifiers of accounts.
    const folder = path.join(".users", args.poolId);
    if (apply) await mkdir(folder, { recursive: true, mode: 0o700 });
    const store = apply ? Store.open(path.join(folder, "backfill.db")) : undefined;
    const report = await counted(pool, (onPage) =>
      backfill({ pool, table, unconfirmedHold, identifiers, apply, store, note: print, onPage }),
    ).finally(() => store?.close());

    const made = apply ? "made" : "would be made";
    print(`${report.accounts} accounts.`);
    print(`Reservations: ${report.present} existed, ${report.made} ${made},`);
    print(`  ${report.takenOver} of failed sign-ups ${apply ? "taken over" : "would be taken over"},`);
    print(`  ${report.inFlight} of sign-ups that may be in progress left unchanged.`);
    printCollisions(report.collisions, print);
    const { skipped } = report;
    const because = (reason: string) => [...skipped.keys()].filter((key) => skipped.get(key) === reason);
    printDamaged(because("damaged"), print);
    printKeys(
      "reservations that sign-ups changed at every attempt: run the command again",
      because("contended"),
      print,
    );
    if (!apply) print("Nothing was written: this was a dry run. Add --apply to write.");
    return report.collisions.size === 0 && skipped.size === 0;
  });
}

/** How the accounts of a pool compare with its table. Changes neither. */
export function compareReservations(args: ReservationsArguments): Promise<VerifyReport> {
  return withMigrationErrors(async () => {
    const { pool, table, unconfirmedHold, identifiers } = connect(args);
    return counted(pool, (onPage) => verify({ pool, table, unconfirmedHold, identifiers, onPage }));
  });
}

/** Compares a pool with its table. Returns whether every account has its reservations and there are no duplicates. */
export async function verifyReservations(args: ReservationsArguments, print: Print): Promise<boolean> {
  const report = await compareReservations(args);
  print(`${report.accounts} accounts.`);
  print(`Identifiers: ${report.reserved} reserved, ${report.missing} not reserved,`);
  print(`  ${report.foreign} reserved for a failed sign-up.`);
  print(`${report.unused} reservations without an account: the next sign-up with the identifier takes one over.`);
  printCollisions(report.collisions, print);
  printDamaged(report.damaged, print);
  print(isComplete(report) ? "Every account has its reservations." : "Run backfill to make the missing reservations.");
  return isComplete(report);
}

/** Removes the reservations that no account has. Returns whether every item is a reservation. */
export function pruneReservations(args: ReservationsArguments, apply: boolean, print: Print): Promise<boolean> {
  return withMigrationErrors(async () => {
    const { pool, table, identifiers } = connect(args);
    const report = await counted(pool, (onPage) => prune({ pool, table, identifiers, apply, onPage }));
    print(`${report.accounts} accounts, ${report.reservations} reservations.`);
    print(`${report.removed} reservations that no account has ${apply ? "were" : "would be"} removed,`);
    print(`  ${report.young} younger than a day left unchanged, ${report.taken} taken by sign-ups meanwhile.`);
    printDamaged(report.damaged, print);
    if (!apply) print("Nothing was removed: this was a dry run. Add --apply to remove.");
    return report.damaged.length === 0;
  });
}

function connect({ environment, poolId, tableName, rate }: ReservationsArguments) {
  return {
    pool: directory(poolId, { rate, region: environment.region }),
    table: new ReservationsTable(singleAttemptDynamoDb(environment.region), tableName),
    unconfirmedHold: environment.unconfirmedHoldHours * 3_600_000,
    identifiers: identifiersOf(environment),
  };
}

/** Does something with every account, below a progress bar. */
async function counted<T>(
  pool: Directory,
  work: (onPage: (report: { accounts: number }) => void) => Promise<T>,
): Promise<T> {
  const bar = progressBar("accounts", (await pool.describe()).estimatedSize);
  return work(({ accounts }) => bar.update(accounts)).finally(() => bar.stop());
}

function printDamaged(keys: readonly string[], print: Print): void {
  printKeys("items that are not reservations, left as they are: see BadReservation in docs/operating.md", keys, print);
}

function printKeys(what: string, keys: readonly string[], print: Print): void {
  if (keys.length === 0) return;
  print(`${keys.length} ${what}:`);
  for (const key of keys) print(`  ${key}`);
}

function printCollisions(collisions: ReadonlyMap<string, Collision>, print: Print): void {
  if (collisions.size === 0) return;
  print(`${collisions.size} identifiers of duplicate accounts; the first account keeps the reservation:`);
  for (const { name, canonical, usernames } of collisions.values()) {
    print(`  ${name} ${canonical}: ${usernames.join(", ")}`);
  }
}

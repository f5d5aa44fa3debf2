import { inFlight, type Reservation } from "../../lambda/identity/reservation";
import type { Page, Pool } from "../pool";
import { type Collision, isSameAccount, type Owned, ownedBy, ownersOf, reservationFor } from "./identifiers";
import type { ReservationsTable } from "./table";

export interface BackfillOptions {
  readonly pool: Pool;
  readonly table: ReservationsTable;
  /** Milliseconds that an account which never confirmed keeps its e-mail address from others. */
  readonly unconfirmedHold: number;
  /** Whether anything is written. */
  readonly apply: boolean;
  /** Where an earlier run was told to go on. */
  readonly from?: string | undefined;
  /** Called after every page, with what is done so far and where to go on. */
  readonly onPage: (report: BackfillReport, page: Page) => void;
}

export interface BackfillReport {
  accounts: number;
  /** Reservations that were there. */
  present: number;
  /** Reservations that were made, or would be. */
  made: number;
  /** Reservations of sign-ups that came to nothing, taken over. */
  takenOver: number;
  /** Reservations of sign-ups that may be under way, left alone. */
  inFlight: number;
  /** By key. */
  readonly collisions: Map<string, Collision>;
}

/** Writes that are under way at once. */
const PARALLEL = 20;

/**
 * Makes the reservations that the sign-ups of a pool's accounts would have made, for a pool that had accounts before it had
 * a table. Every write is conditional, and what is there stays there: it can be run again, and beside sign-ups.
 */
export async function backfill(options: BackfillOptions): Promise<BackfillReport> {
  const report = { accounts: 0, present: 0, made: 0, takenOver: 0, inFlight: 0, collisions: new Map() };
  /** What a dry run would have written, which later accounts would meet. */
  const unwritten = new Map<string, Reservation>();
  for await (const page of options.pool.pages(options.from)) {
    const owned = page.accounts.flatMap((account) => ownedBy(account, options.unconfirmedHold, Date.now()));
    for (let start = 0; start < owned.length; start += PARALLEL) {
      const some = owned.slice(start, start + PARALLEL);
      await Promise.all(some.map((identifier) => ensure(identifier, options, unwritten, report)));
    }
    report.accounts += page.accounts.length;
    options.onPage(report, page);
  }
  return report;
}

async function ensure(
  identifier: Owned,
  options: BackfillOptions,
  unwritten: Map<string, Reservation>,
  report: BackfillReport,
): Promise<void> {
  const { pool, table, unconfirmedHold, apply } = options;
  const { account, name, canonical, key } = identifier;
  const mine = reservationFor(identifier);
  const put = async (replaces?: Reservation): Promise<boolean> => {
    if (apply) return table.put(mine, replaces);
    if (unwritten.get(key) !== replaces && unwritten.has(key)) return false;
    unwritten.set(key, mine);
    return true;
  };

  const holder = (await table.get(key)) ?? unwritten.get(key);
  if (!holder) {
    if (await put()) report.made++;
    // A sign-up was faster: it is there now.
    else await ensure(identifier, options, unwritten, report);
  } else if (holder.username === account.username) report.present++;
  else {
    const owners = await ownersOf(pool, identifier, holder, unconfirmedHold, Date.now());
    if (owners.length > 1) {
      report.collisions.set(key, { name, canonical, usernames: owners.map(({ username }) => username).sort() });
    } else if (isSameAccount(holder, account)) report.present++;
    else if (inFlight(holder, Date.now())) report.inFlight++;
    else if (await put(holder)) report.takenOver++;
    else await ensure(identifier, options, unwritten, report);
  }
}

import type { Identifiers } from "../../lambda/identity/account";
import { inFlight, type Reservation } from "../../lambda/identity/reservation";
import type { Page, Pool } from "../pool";
import { type Collision, isSameAccount, type Owned, ownedBy, ownersOf, reservationFor } from "./identifiers";
import type { ReservationsTable } from "./table";

export interface BackfillOptions {
  readonly pool: Pool;
  readonly table: ReservationsTable;
  /** Milliseconds for which an unconfirmed account holds its e-mail address. */
  readonly unconfirmedHold: number;
  /** What the pool keeps unique. @default username and e-mail address */
  readonly identifiers?: Identifiers;
  /** Whether anything is written. */
  readonly apply: boolean;
  /** Pagination token at which an earlier run stopped. */
  readonly from?: string | undefined;
  /** Called after every page, with the report so far and the page. */
  readonly onPage: (report: BackfillReport, page: Page) => void;
}

export interface BackfillReport {
  accounts: number;
  /** Reservations that existed already. */
  present: number;
  /** Reservations that were made, or would be in a dry run. */
  made: number;
  /** Reservations of failed sign-ups, taken over. */
  takenOver: number;
  /** Reservations of sign-ups that may be in progress, left unchanged. */
  inFlight: number;
  /** By key. */
  readonly collisions: Map<string, Collision>;
}

/** Concurrent writes. */
const PARALLEL = 20;

/**
 * Makes the reservations of a pool's existing accounts, for a pool that had accounts before it had a table. Every write is
 * conditional, and existing reservations of accounts are not replaced. So it can run repeatedly and during sign-ups.
 */
export async function backfill(options: BackfillOptions): Promise<BackfillReport> {
  const report = { accounts: 0, present: 0, made: 0, takenOver: 0, inFlight: 0, collisions: new Map() };
  /** Reservations that a dry run would have written, for the comparison with later accounts. */
  const unwritten = new Map<string, Reservation>();
  for await (const page of options.pool.pages(options.from)) {
    const owned = page.accounts.flatMap((account) =>
      ownedBy(account, options.unconfirmedHold, Date.now(), options.identifiers),
    );
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
    // A concurrent sign-up was faster: the reservation exists now.
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

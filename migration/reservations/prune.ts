import { type Account, IDENTIFIERS, type IdentifierName } from "../../lambda/identity/account";
import { canonicalEmail, canonicalUsername } from "../../lambda/identity/canonical";
import { usersFilter } from "../../lambda/identity/filter";
import { type Reservation, reservationKey } from "../../lambda/identity/reservation";
import type { Page, Pool } from "../pool";
import type { ReservationsTable } from "./table";

export interface PruneOptions {
  readonly pool: Pick<Pool, "pages" | "find">;
  readonly table: Pick<ReservationsTable, "all" | "remove">;
  /** Whether anything is removed. */
  readonly apply: boolean;
  /** Called after every page of accounts, with the report so far. */
  readonly onPage: (report: PruneReport, page: Page) => void;
  /** Milliseconds since 1970. @default this machine's clock */
  readonly now?: () => number;
}

export interface PruneReport {
  accounts: number;
  reservations: number;
  /** Reservations without an account that were removed, or would be in a dry run. */
  removed: number;
  /** Reservations without an account that are younger than a day: their sign-up may be in progress. */
  young: number;
  /** Reservations that a sign-up took after they were read. */
  taken: number;
  /** Items that do not identify their sign-up. */
  unreadable: number;
}

/**
 * Milliseconds after which a reservation without an account can be removed. A sign-up is in progress for a minute at most; the
 * rest allows for a wrong clock on the operator's machine.
 */
const OLD_ENOUGH = 24 * 3_600_000;

/**
 * Removes the reservations that no account has: of deleted accounts, of changed addresses, and of failed sign-ups. Each is
 * looked up once more, and removed only if it is still the version that was read. So it can run during sign-ups.
 */
export async function prune({ pool, table, apply, onPage, now = Date.now }: PruneOptions): Promise<PruneReport> {
  const report = { accounts: 0, reservations: 0, removed: 0, young: 0, taken: 0, unreadable: 0 };
  const inUse = new Set<string>();
  for await (const page of pool.pages()) {
    for (const key of page.accounts.flatMap(keysOf)) inUse.add(key);
    report.accounts += page.accounts.length;
    onPage(report, page);
  }
  for await (const reservation of table.all()) {
    report.reservations++;
    if (inUse.has(reservation.key)) continue;
    if (reservation.attempt === "") report.unreadable++;
    else if (now() - reservation.reservedAt < OLD_ENOUGH) report.young++;
    else if (await hasAccount(pool, reservation)) continue;
    else if (!apply || (await table.remove(reservation))) report.removed++;
    else report.taken++;
  }
  return report;
}

/**
 * The reservation keys of an account's identifiers. The address of an unconfirmed account counts even past its hold: until
 * the account is deleted, only its reservation records how it spells the address.
 */
function keysOf(account: Account): string[] {
  return IDENTIFIERS.flatMap((name) => {
    const typed = account[name];
    return typed === undefined ? [] : [reservationKey(name, canonicalOf(name, typed))];
  });
}

/** Whether an account has the reserved identifier; looks it up by every spelling in the reservation. */
async function hasAccount(pool: Pick<Pool, "find">, { key, username, email }: Reservation): Promise<boolean> {
  const [kind = "", ...rest] = key.split("#");
  const canonical = rest.join("#");
  const name: IdentifierName = kind === "EMAIL" ? "email" : "username";
  const filters = [canonical, name === "email" ? email : username].map((spelling) => usersFilter(name, spelling));
  if (name === "email") {
    filters.push(...[username, canonicalUsername(username)].map((spelling) => usersFilter("username", spelling)));
  }
  const found = await pool.find(filters.filter((filter) => !filter.endsWith('""')));
  return found.some((account) => keysOf(account).includes(key));
}

function canonicalOf(name: IdentifierName, typed: string): string {
  return name === "email" ? canonicalEmail(typed) : canonicalUsername(typed);
}

import { DEFAULT_IDENTIFIERS, type Identifiers, RESERVED, type ReservedName } from "../../lambda/identity/account";
import { canonicalUsername } from "../../lambda/identity/canonical";
import { usersFilter } from "../../lambda/identity/filter";
import type { Reservation } from "../../lambda/identity/reservation";
import { spellingsToAsk } from "../../lambda/identity/spellings";
import type { Directory, Page } from "../pool/directory";
import type { User } from "../pool/user";
import { accountOf, reservedOf } from "./identifiers";
import { isDamaged, type ReservationsTable } from "./table";

export interface PruneOptions {
  readonly pool: Pick<Directory, "pages" | "find">;
  readonly table: Pick<ReservationsTable, "all" | "remove">;
  /** What the pool keeps unique. @default username and e-mail address */
  readonly identifiers?: Identifiers;
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
  /** Keys of items that are no reservations. */
  readonly damaged: string[];
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
export async function prune(options: PruneOptions): Promise<PruneReport> {
  const { pool, table, identifiers = DEFAULT_IDENTIFIERS, apply, onPage, now = Date.now } = options;
  // The address of an unconfirmed account counts even past its hold: until the account is deleted, only its reservation records how
  // it spells the address.
  const keysOf = (user: User) => reservedOf(accountOf(user), identifiers).map(({ key }) => key);
  const report: PruneReport = { accounts: 0, reservations: 0, removed: 0, young: 0, taken: 0, damaged: [] };
  const inUse = new Set<string>();
  for await (const page of pool.pages()) {
    for (const key of page.users.flatMap(keysOf)) inUse.add(key);
    report.accounts += page.users.length;
    onPage(report, page);
  }
  for await (const reservation of table.all()) {
    report.reservations++;
    if (isDamaged(reservation)) report.damaged.push(reservation.key);
    else if (inUse.has(reservation.key)) continue;
    else if (now() - reservation.reservedAt < OLD_ENOUGH) report.young++;
    else if (await hasAccount(pool, reservation, keysOf)) continue;
    else if (!apply || (await table.remove(reservation))) report.removed++;
    else report.taken++;
  }
  return report;
}

/** Whether an account has the reserved identifier; looks it up by every spelling in the reservation. */
async function hasAccount(
  pool: Pick<Directory, "find">,
  reservation: Reservation,
  keysOf: (user: User) => string[],
): Promise<boolean> {
  const { key, username } = reservation;
  const [kind = "", ...rest] = key.split("#");
  const canonical = rest.join("#");
  const name: ReservedName = RESERVED.find((one) => one.toUpperCase() === kind) ?? "username";
  const spellings = name === "phone_number" ? spellingsToAsk(name, { typed: canonical, canonical }) : [canonical];
  const filters = [...spellings, reservation[name] ?? ""].map((spelling) => usersFilter(name, spelling));
  if (name !== "username") {
    filters.push(...[username, canonicalUsername(username)].map((spelling) => usersFilter("username", spelling)));
  }
  const found = await pool.find(filters.filter((filter) => !filter.endsWith('""')));
  return found.some((user) => keysOf(user).includes(key));
}

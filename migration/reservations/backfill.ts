import type { Identifiers } from "../../lambda/identity/account";
import { inFlight, type Reservation } from "../../lambda/identity/reservation";
import type { Directory, Page } from "../pool/directory";
import { isExpiredToken } from "../retry";
import type { Store } from "../store/store";
import { accountOf, type Collision, isSameAccount, type Owned, ownedBy, ownersOf, reservationFor } from "./identifiers";
import { isDamaged, type ReservationsTable } from "./table";

export interface BackfillOptions {
  readonly pool: Pick<Directory, "pages" | "find">;
  readonly table: ReservationsTable;
  /** Milliseconds for which an unconfirmed account holds its e-mail address. */
  readonly unconfirmedHold: number;
  /** What the pool keeps unique. @default username and e-mail address */
  readonly identifiers?: Identifiers;
  /** Whether anything is written. */
  readonly apply: boolean;
  /** Keeps the progress, by table: a run that was stopped continues. @default the pool is read from its beginning */
  readonly store?: Store | undefined;
  /** Told a sentence about an earlier run. */
  readonly note?: (text: string) => void;
  /** Called after every page, with the report so far and the page. */
  readonly onPage: (report: BackfillReport, page: Page) => void;
}

interface Counts {
  accounts: number;
  /** Reservations that existed already. */
  present: number;
  /** Reservations that were made, or would be in a dry run. */
  made: number;
  /** Reservations of failed sign-ups, taken over. */
  takenOver: number;
  /** Reservations of sign-ups that may be in progress, left unchanged. */
  inFlight: number;
}

export interface BackfillReport extends Counts {
  /** By key. */
  readonly collisions: Map<string, Collision>;
  /** Why reservations were left as they are, by key: `damaged` items are no reservations, `contended` ones changed at every attempt. */
  readonly skipped: Map<string, "damaged" | "contended">;
}

/** Concurrent writes. */
const PARALLEL = 20;
/** Attempts before a reservation with concurrent changes is skipped. */
const MAX_ATTEMPTS = 10;

/**
 * Makes the reservations of a pool's existing accounts, for a pool that had accounts before it had a table. Every write is
 * conditional, and existing reservations of accounts are not replaced. So it can run repeatedly and during sign-ups.
 */
export async function backfill(options: BackfillOptions): Promise<BackfillReport> {
  const { store, table, note = () => {} } = options;
  let earlier = store && progressOf(store, table.name);
  if (store && earlier && earlier.settings !== settingsOf(options)) {
    note("The settings are other ones than in the earlier run: starting again.");
    forget(store, table.name);
    earlier = undefined;
  }
  if (store && earlier) {
    note(`Continuing after the ${earlier.report.accounts} accounts that an earlier run read.`);
    try {
      return await fromPage(earlier.token, earlier.report, options);
    } catch (error) {
      if (!isExpiredToken(error)) throw error;
      note("The pagination token of the earlier run has expired: starting again.");
      forget(store, table.name);
    }
  }
  const none = { accounts: 0, present: 0, made: 0, takenOver: 0, inFlight: 0 };
  return fromPage(undefined, { ...none, collisions: new Map(), skipped: new Map() }, options);
}

async function fromPage(token: string | undefined, report: BackfillReport, options: BackfillOptions) {
  const { pool, unconfirmedHold, identifiers, store } = options;
  /** Reservations that a dry run would have written, for the comparison with later accounts. */
  const unwritten = new Map<string, Reservation>();
  for await (const page of pool.pages(token)) {
    const known = { collisions: report.collisions.size, skipped: report.skipped.size };
    const owned = page.users.flatMap((user) => ownedBy(accountOf(user), unconfirmedHold, Date.now(), identifiers));
    for (let start = 0; start < owned.length; start += PARALLEL) {
      const some = owned.slice(start, start + PARALLEL);
      await Promise.all(some.map((identifier) => ensure(identifier, options, unwritten, report)));
    }
    report.accounts += page.users.length;
    if (store) keep(store, options, page.next, report, known);
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
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const end = await ensureOnce(identifier, options, unwritten);
    if (typeof end === "string") {
      if (end === "damaged") report.skipped.set(identifier.key, end);
      else report[end]++;
      return;
    }
    if (end) {
      report.collisions.set(identifier.key, end);
      return;
    }
  }
  report.skipped.set(identifier.key, "contended");
}

/** Returns undefined if a concurrent sign-up was faster. */
async function ensureOnce(
  identifier: Owned,
  { pool, table, unconfirmedHold, apply }: BackfillOptions,
  unwritten: Map<string, Reservation>,
): Promise<Exclude<keyof Counts, "accounts"> | "damaged" | Collision | undefined> {
  const { account, name, canonical, key } = identifier;
  const mine = reservationFor(identifier);
  const put = async (replaces?: Reservation): Promise<boolean> => {
    if (apply) return table.put(mine, replaces);
    if (unwritten.get(key) !== replaces && unwritten.has(key)) return false;
    unwritten.set(key, mine);
    return true;
  };

  const holder = (await table.get(key)) ?? unwritten.get(key);
  if (!holder) return (await put()) ? "made" : undefined;
  if (isDamaged(holder)) return "damaged";
  if (holder.username === account.username) return "present";
  const owners = await ownersOf(pool, identifier, holder, unconfirmedHold, Date.now());
  if (owners.length > 1) return { name, canonical, usernames: owners.map(({ username }) => username).sort() };
  if (isSameAccount(holder, account)) return "present";
  if (inFlight(holder, Date.now())) return "inFlight";
  return (await put(holder)) ? "takenOver" : undefined;
}

/** How far an earlier run has got; undefined if it is complete, or there was none. */
function progressOf(store: Store, table: string) {
  const sql = 'SELECT token, counts FROM backfill WHERE "table" = ?';
  const row = store.get<{ token: string; counts: string }>(sql, table);
  if (!row) return undefined;
  const left = (kind: string) =>
    store.all<{ key: string; detail: string }>(
      'SELECT key, detail FROM backfill_left WHERE "table" = ? AND kind = ?',
      table,
      kind,
    );
  const collisions = new Map(left("collision").map(({ key, detail }) => [key, JSON.parse(detail) as Collision]));
  const skipped = new Map(left("skipped").map(({ key, detail }) => [key, detail as "damaged" | "contended"]));
  const { settings, ...counts } = JSON.parse(row.counts) as Counts & { settings: string };
  return { token: row.token, settings, report: { ...counts, collisions, skipped } satisfies BackfillReport };
}

/** The settings that decide which reservations there are. */
function settingsOf({ identifiers, unconfirmedHold }: BackfillOptions): string {
  return JSON.stringify([identifiers ?? {}, unconfirmedHold]);
}

/** Keeps the progress after a page; forgets it after the last one. `known`: how many collisions and skipped reservations were kept before. */
function keep(
  store: Store,
  options: BackfillOptions,
  token: string | undefined,
  { collisions, skipped, ...counts }: BackfillReport,
  known: { readonly collisions: number; readonly skipped: number },
): void {
  const table = options.table.name;
  if (token === undefined) {
    forget(store, table);
    return;
  }
  store.transaction(() => {
    store.change(
      "INSERT OR REPLACE INTO backfill VALUES (?, ?, ?)",
      table,
      token,
      JSON.stringify({ ...counts, settings: settingsOf(options) }),
    );
    store.changeMany(
      "INSERT OR REPLACE INTO backfill_left SELECT value->>0, value->>1, value->>2, value->>3 FROM rows",
      [
        ...[...collisions]
          .slice(known.collisions)
          .map(([key, collision]) => [table, "collision", key, JSON.stringify(collision)]),
        ...[...skipped].slice(known.skipped).map(([key, reason]) => [table, "skipped", key, reason]),
      ],
    );
  });
}

function forget(store: Store, table: string): void {
  store.transaction(() => {
    store.change('DELETE FROM backfill WHERE "table" = ?', table);
    store.change('DELETE FROM backfill_left WHERE "table" = ?', table);
  });
}

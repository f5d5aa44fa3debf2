import type { Identifiers } from "../../lambda/identity/account";
import type { Directory, Page } from "../pool/directory";
import { accountOf, type Collision, isSameAccount, type Owned, ownedBy, ownersOf } from "./identifiers";
import { BATCH, isDamaged, type ReservationsTable } from "./table";

export interface VerifyOptions {
  readonly pool: Pick<Directory, "pages" | "find">;
  readonly table: ReservationsTable;
  /** Milliseconds for which an unconfirmed account holds its e-mail address. */
  readonly unconfirmedHold: number;
  /** What the pool keeps unique. @default username and e-mail address */
  readonly identifiers?: Identifiers;
  /** Called after every page, with the report so far. */
  readonly onPage: (report: VerifyReport, page: Page) => void;
}

export interface VerifyReport {
  accounts: number;
  /** Identifiers that are reserved for the account that owns them. */
  reserved: number;
  /** Identifiers of accounts that are not reserved. */
  missing: number;
  /** Identifiers of accounts that are reserved for another sign-up, which has no account so far. */
  foreign: number;
  /** Reservations without an account: the next sign-up with the identifier takes them over. */
  unused: number;
  /** Keys of identifiers whose items are no reservations. */
  readonly damaged: string[];
  /** By key. */
  readonly collisions: Map<string, Collision>;
}

/** Compares a pool with its table of reservations, without changing either. */
export async function verify({
  pool,
  table,
  unconfirmedHold,
  identifiers,
  onPage,
}: VerifyOptions): Promise<VerifyReport> {
  const none = { accounts: 0, reserved: 0, missing: 0, foreign: 0, unused: 0 };
  const report: VerifyReport = { ...none, damaged: [], collisions: new Map() };
  const expected = new Set<string>();
  for await (const page of pool.pages()) {
    const owned = page.users.flatMap((user) => ownedBy(accountOf(user), unconfirmedHold, Date.now(), identifiers));
    for (let start = 0; start < owned.length; start += BATCH) await compare(owned.slice(start, start + BATCH));
    report.accounts += page.users.length;
    onPage(report, page);
  }
  for await (const key of table.keys()) if (!expected.has(key)) report.unused++;
  return report;

  async function compare(owned: readonly Owned[]): Promise<void> {
    const present = await table.getAll([...new Set(owned.map(({ key }) => key))]);
    for (const identifier of owned) {
      expected.add(identifier.key);
      const holder = present.get(identifier.key);
      if (!holder) report.missing++;
      else if (isDamaged(holder)) report.damaged.push(identifier.key);
      else if (holder.username === identifier.account.username) report.reserved++;
      else {
        const owners = await ownersOf(pool, identifier, holder, unconfirmedHold, Date.now());
        const { key, name, canonical } = identifier;
        const usernames = owners.map(({ username }) => username).sort();
        if (owners.length > 1) report.collisions.set(key, { name, canonical, usernames });
        else if (isSameAccount(holder, identifier.account)) report.reserved++;
        else report.foreign++;
      }
    }
  }
}

/** Whether every identifier of every account is reserved for it, and for it alone. */
export function isComplete({ missing, foreign, damaged, collisions }: VerifyReport): boolean {
  return missing === 0 && foreign === 0 && damaged.length === 0 && collisions.size === 0;
}

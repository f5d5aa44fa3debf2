import { canonicalEmail, canonicalUsername } from "../../lambda/identity/canonical";
import { MigrationError } from "../migration-error";
import type { Directory } from "../pool/directory";
import { isStorable, type User } from "../pool/user";
import { isExpiredToken } from "../retry";
import type { Row, Store, Value } from "../store/store";

/** The pool, or the file, that an account is of: of the old and the new pool in a move, "from" in an audit. */
export type Source = "from" | "to";

export interface Sourced {
  readonly source: Source;
  readonly user: User;
}

/** Duplicate accounts, in the order in which they were read. */
export type Group = readonly Sourced[];

/** What accounts of two pools are compared by; phone numbers and preferred usernames are not. */
export const SHARED_NAMES = ["username", "email"] as const;
export type SharedName = (typeof SHARED_NAMES)[number];

/** The canonical identifiers of an account, by name. */
export function identifiersOf({ username, attributes }: User): ReadonlyArray<readonly [SharedName, string]> {
  const name = ["username", canonicalUsername(username)] as const;
  return attributes.email ? [name, ["email", canonicalEmail(attributes.email)]] : [name];
}

/** Accounts of one transaction. */
const BATCH = 100;

const COLUMNS =
  "source, sub, username, attributes, status, enabled, created, modified, canonical_username, canonical_email";
const INSERT = `INSERT INTO account (${COLUMNS}) SELECT ${COLUMNS.split(", ").map((_, index) => `value->>${index}`)} FROM rows`;

export interface PoolReading {
  readonly directory: Directory;
  /** Whether to continue an earlier reading. */
  readonly resume: boolean;
  readonly onPage: (accounts: number) => void;
  readonly note: (text: string) => void;
}

/** The accounts of pools, or of a file, in a store. Each source is read into it once. */
export class Accounts {
  constructor(private readonly store: Store) {}

  /** Replaces the accounts of a source. Returns their number. */
  async fill(source: Source, users: AsyncIterable<User>, onAccounts: (accounts: number) => void): Promise<number> {
    this.clear(source);
    let accounts = 0;
    let batch: User[] = [];
    const write = () => {
      this.store.transaction(() => this.add(source, batch));
      accounts += batch.length;
      batch = [];
      onAccounts(accounts);
    };
    for await (const user of users) if (batch.push(user) === BATCH) write();
    write();
    return accounts;
  }

  /** Reads a whole pool. Every page is in one transaction with the token of the next one. Returns the number of accounts. */
  async read(source: Source, reading: PoolReading): Promise<number> {
    const { directory, resume, note } = reading;
    const before = this.store.get<{ token: string | null; accounts: number }>(
      "SELECT token, accounts FROM reading WHERE source = ?",
      source,
    );
    if (before && resume) {
      note(`Continuing after the ${before.accounts} accounts of ${directory.id} that an earlier run read.`);
      if (before.token === null) return before.accounts;
      try {
        return await this.pages(source, reading, before.accounts, before.token);
      } catch (error) {
        if (!isExpiredToken(error)) throw error;
        note("The pagination token of the earlier run has expired: starting again.");
      }
    } else if (before?.token) {
      note(`An earlier run stopped after ${before.accounts} accounts of ${directory.id}: --resume continues there.`);
    }
    this.clear(source);
    return this.pages(source, reading, 0);
  }

  /** A later `--resume` reads the pools again. Their accounts stay. */
  finish(): void {
    this.store.change("DELETE FROM reading");
  }

  count(source: Source): number {
    return this.store.count("account WHERE source = ?", source);
  }

  *each(source: Source): Generator<User> {
    for (const row of this.store.each("SELECT * FROM account WHERE source = ? ORDER BY number", source))
      yield userOf(row);
  }

  /**
   * Finds the duplicate accounts of these sources. `groups` has them; `single` has the accounts without a duplicate. In memory are four bytes for
   * each account.
   */
  compare(...sources: readonly Source[]): { groups(): Generator<Group>; single(): Generator<Sourced> } {
    const { store } = this;
    store.change(`CREATE INDEX IF NOT EXISTS account_username ON account (canonical_username, source)`);
    store.change(
      `CREATE INDEX IF NOT EXISTS account_email ON account (canonical_email, source) WHERE canonical_email IS NOT NULL`,
    );
    // ListUsers may return an account on two pages while accounts are created or deleted. In a file that has no ids, two rows are one account where
    // they are equal.
    store.change(`DELETE FROM account WHERE number IN (SELECT number FROM (
      SELECT number, row_number() OVER (PARTITION BY source, username, iif(sub = '', attributes, sub) ORDER BY number) AS nth FROM account WHERE canonical_username IN
      (SELECT canonical_username FROM account GROUP BY canonical_username HAVING count(*) > 1)) WHERE nth > 1)`);
    const links = new Links(store.get<{ last: number }>("SELECT max(number) AS last FROM account")?.last ?? 0);
    const ofSources = `source IN (${sources.map((source) => `'${source}'`)})`;
    for (const column of ["canonical_username", "canonical_email"]) {
      const pairs = store.each<{ first: number; number: number }>(`SELECT first, number FROM
        (SELECT ${column} AS shared, min(number) AS first FROM account WHERE ${column} IS NOT NULL AND ${ofSources} GROUP BY ${column} HAVING count(*) > 1)
        CROSS JOIN account ON ${column} = shared AND ${column} IS NOT NULL WHERE ${ofSources} AND number > first`);
      for (const { first, number } of pairs) links.join(first, number);
    }
    store.transaction(() => {
      store.change("DELETE FROM duplicate");
      store.changeMany("INSERT INTO duplicate SELECT value->>0, value->>1 FROM rows", links.all());
    });
    return {
      *groups() {
        let leader: Value = 0;
        let group: Sourced[] = [];
        const members =
          "SELECT leader, account.* FROM duplicate CROSS JOIN account ON number = account ORDER BY leader, account";
        for (const row of store.each(members)) {
          if (row.leader !== leader && group.length > 0) {
            yield group;
            group = [];
          }
          leader = row.leader ?? 0;
          group.push(sourcedOf(row));
        }
        if (group.length > 0) yield group;
      },
      *single() {
        for (const row of store.each(`SELECT * FROM account WHERE ${ofSources} ORDER BY number`)) {
          if (!links.has(Number(row.number))) yield sourcedOf(row);
        }
      },
    };
  }

  private async pages(
    source: Source,
    { directory, onPage }: PoolReading,
    before: number,
    token?: string,
  ): Promise<number> {
    let accounts = before;
    for await (const { users, next } of directory.pages(token)) {
      accounts += users.length;
      this.store.transaction(() => {
        this.add(source, users);
        this.store.change("INSERT OR REPLACE INTO reading VALUES (?, ?, ?)", source, next ?? null, accounts);
      });
      onPage(accounts);
    }
    return accounts;
  }

  private add(source: Source, users: readonly User[]): void {
    const rows = users.map((user) => {
      const { sub, username, attributes, status, enabled, created, modified } = user;
      if (![sub, username, attributes.email ?? ""].every(isStorable)) {
        throw new MigrationError("The username or e-mail address of an account holds a NUL, or half of a character.");
      }
      const email = attributes.email ? canonicalEmail(attributes.email) : null;
      const canonical = [canonicalUsername(username), email] as const;
      return [
        source,
        sub,
        username,
        JSON.stringify(attributes),
        status,
        Number(enabled),
        created,
        modified,
        ...canonical,
      ];
    });
    this.store.changeMany(INSERT, rows);
  }

  private clear(source: Source): void {
    this.store.transaction(() => {
      // An index that is made afterwards takes less time than one that grows with every account.
      for (const index of ["account_username", "account_email"]) this.store.change(`DROP INDEX IF EXISTS ${index}`);
      for (const table of ["account", "reading"]) this.store.change(`DELETE FROM ${table} WHERE source = ?`, source);
      this.store.change("DELETE FROM duplicate");
    });
  }
}

function userOf({ sub, username, attributes, status, enabled, created, modified }: Row): User {
  const texts = { sub, username, status, created, modified } as Record<
    "sub" | "username" | "status" | "created" | "modified",
    string
  >;
  return { ...texts, attributes: JSON.parse(String(attributes)), enabled: enabled === 1 };
}

function sourcedOf(row: Row): Sourced {
  return { source: row.source as Source, user: userOf(row) };
}

/** Union-find over account numbers, which begin with 1. The smallest number identifies a group. */
class Links {
  /** 0: linked to no other account. */
  private readonly parents: Uint32Array;

  constructor(last: number) {
    this.parents = new Uint32Array(last + 1);
  }

  has(number: number): boolean {
    return this.parents[number] !== 0;
  }

  join(a: number, b: number): void {
    const [first, second] = [this.leaderOf(a), this.leaderOf(b)].sort((x, y) => x - y) as [number, number];
    this.parents[first] = first;
    this.parents[second] = first;
  }

  /** Every linked account, with its leader. */
  *all(): Generator<readonly [leader: number, account: number]> {
    for (let number = 1; number < this.parents.length; number++) {
      if (this.has(number)) yield [this.leaderOf(number), number];
    }
  }

  private leaderOf(number: number): number {
    let leader = number;
    for (let parent = this.parents[leader] || leader; parent !== leader; parent = this.parents[leader] || leader) {
      // Path halving keeps the chains short.
      this.parents[leader] = this.parents[parent] || parent;
      leader = this.parents[leader] || parent;
    }
    return leader;
  }
}

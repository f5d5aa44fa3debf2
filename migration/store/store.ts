import { closeSync, fchmodSync, openSync } from "node:fs";
import { DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from "@photostructure/sqlite";
import { fileProblem } from "../file-problem";
import { MigrationError } from "../migration-error";
import { SCHEMA } from "./schema";

/*
 * A store is one SQLite file with all that a migration knows: accounts, decisions, the steps of every account, the ids, and the
 * old values of every item that was rewritten. It holds usernames and addresses, so its mode is 0600.
 * The binding has the API of node:sqlite, prebuilt for Node.js 20, which has no SQLite of its own: docs/decisions.
 */

/** "OPOA" in ASCII: told from another program's SQLite file by `PRAGMA application_id`. */
const APPLICATION = 0x4f504f41;
/** Changes with the tables in schema.ts. A store of another version is refused. */
const VERSION = 1;

/** Rows of one change. */
const ROWS = 1000;

/** A value of a row: SQLite's TEXT, INTEGER and REAL, NULL. Booleans are 0 and 1. */
export type Value = string | number | null;
export type Row = Readonly<Record<string, Value>>;

/** An open store. Only this process can use the file: SQLite locks it, and the operating system releases the lock of a killed process. */
export class Store {
  private readonly statements = new Map<string, StatementSyncInstance>();
  private readonly iterated = new Set<StatementSyncInstance>();

  private constructor(
    private readonly file: string,
    private readonly database: DatabaseSyncInstance,
  ) {}

  /**
   * Opens a store, or creates it with mode 0600. Throws a {@link MigrationError} if another process uses it, or if it is no store of this version.
   * Everything that was committed survives a killed process and a power failure (`synchronous=FULL`).
   */
  static open(file: string): Store {
    return translated(file, () => {
      // SQLite would create it with the umask's mode.
      const descriptor = openSync(file, "a", 0o600);
      fchmodSync(descriptor, 0o600);
      closeSync(descriptor);
      const database = new DatabaseSync(file);
      try {
        database.exec("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL");
        database.exec("BEGIN EXCLUSIVE");
        prepare(file, database);
        database.exec("COMMIT");
      } catch (error) {
        database.close();
        throw error;
      }
      return new Store(file, database);
    });
  }

  /** The first row; undefined if there is none. */
  get<T extends object = Row>(sql: string, ...values: readonly Value[]): T | undefined {
    return this.run(() => this.statement(sql).get(...values) as T | undefined);
  }

  /** All rows, in memory. */
  all<T extends object = Row>(sql: string, ...values: readonly Value[]): T[] {
    return this.run(() => this.statement(sql).all(...values) as T[]);
  }

  /** The rows, one at a time. The store may be changed meanwhile, the rows that are read may not. */
  *each<T extends object = Row>(sql: string, ...values: readonly Value[]): Generator<T> {
    // A statement of its own: two iterations of the same one would share its position.
    const statement = this.run(() => this.database.prepare(sql));
    // The binding's iterator does not keep its statement: one that is collected while its rows are read ends the process.
    this.iterated.add(statement);
    const rows = this.run(() => statement.iterate(...values));
    try {
      for (let next = this.run(() => rows.next()); !next.done; next = this.run(() => rows.next()))
        yield next.value as T;
    } finally {
      // Also where the loop is left early: an open statement keeps its transaction.
      rows.return?.();
      this.iterated.delete(statement);
    }
  }

  /** Makes a change. It is on disk when this returns, unless {@link transaction} is under way. Returns the number of rows that it changed. */
  change(sql: string, ...values: readonly Value[]): number {
    return this.run(() => Number(this.statement(sql).run(...values).changes));
  }

  /**
   * Makes a change with many rows, which is faster than a call for each: {@link ROWS} at once, so more of them need a {@link transaction}. Texts end at
   * a NUL: the code that reads them must refuse it. `sql` reads them from `rows(value)`: `INSERT INTO account SELECT value->>0, value->>1 FROM rows`.
   */
  changeMany(sql: string, rows: Iterable<readonly Value[]>): void {
    let some: Array<readonly Value[]> = [];
    const write = () => {
      if (some.length > 0) this.change(`WITH rows AS (SELECT value FROM json_each(?)) ${sql}`, JSON.stringify(some));
      some = [];
    };
    for (const row of rows) if (some.push(row) === ROWS) write();
    write();
  }

  /** The number of rows of `from`: a table, with or without a condition. */
  count(from: string, ...values: readonly Value[]): number {
    return this.get<{ rows: number }>(`SELECT count(*) AS rows FROM ${from}`, ...values)?.rows ?? 0;
  }

  /** A row of the table `setting`. */
  setting(name: string): string | undefined {
    return this.get<{ value: string }>("SELECT value FROM setting WHERE name = ?", name)?.value;
  }

  /** Writes a row of the table `setting`, in place of an earlier one. */
  set(name: string, value: string): void {
    this.change("INSERT OR REPLACE INTO setting VALUES (?, ?)", name, value);
  }

  unset(...names: readonly string[]): void {
    for (const name of names) this.change("DELETE FROM setting WHERE name = ?", name);
  }

  /** Makes several changes, or none of them if `work` throws. They are on disk when this returns. `work` is synchronous. */
  transaction<T>(work: () => T): T {
    this.run(() => this.database.exec("BEGIN"));
    try {
      const result = work();
      this.run(() => this.database.exec("COMMIT"));
      return result;
    } catch (error) {
      this.rollBack();
      throw error;
    }
  }

  /** Ends a transaction that failed. SQLite may have done it already, for example on a full disk. */
  rollBack(): void {
    if (this.database.isTransaction) this.database.exec("ROLLBACK");
  }

  close(): void {
    // The binding frees the connection, and with it the lock, only when the garbage collector has taken its last statement. Without this, the
    // same process could not open the file again. Leaving WAL also leaves one file instead of two.
    try {
      this.run(() =>
        this.database.exec("PRAGMA journal_mode=DELETE; PRAGMA locking_mode=NORMAL; SELECT 1 FROM sqlite_schema"),
      );
    } finally {
      this.database.close();
    }
  }

  private statement(sql: string): StatementSyncInstance {
    const known = this.statements.get(sql);
    if (known) return known;
    const statement = this.database.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }

  private run<T>(work: () => T): T {
    return translated(this.file, work);
  }
}

function prepare(file: string, database: DatabaseSyncInstance): void {
  const first = (sql: string): unknown => Object.values(database.prepare(sql).get() ?? {})[0];
  const version = first("PRAGMA user_version");
  if (first("SELECT 1 FROM sqlite_schema") === undefined) {
    database.exec(SCHEMA);
    database.exec(`PRAGMA application_id=${APPLICATION}; PRAGMA user_version=${VERSION}`);
  } else if (first("PRAGMA application_id") !== APPLICATION) {
    throw new MigrationError(`${file} is an SQLite file of another program: name another file.`);
  } else if (version !== VERSION) {
    throw new MigrationError(
      `${file} was written by another version of this project (store ${version}, not ${VERSION}): use that version, or another file.`,
    );
  }
}

/** Primary result codes: https://www.sqlite.org/rescode.html. */
const SENTENCES: ReadonlyMap<number, string> = new Map([
  [5, "another command is using this file: wait for it to end"],
  [8, "the file, or its folder, cannot be written"],
  [10, "the disk reported an error"],
  [11, "the file is damaged: restore a copy of it"],
  [13, "the disk is full: make room, then run the same command again"],
  [14, "the file cannot be opened: check that its folder exists and can be written"],
  [26, "the file is not a store of this project"],
]);

function translated<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { errcode } = error as { errcode?: number };
    const sentence = errcode === undefined ? fileProblem(error) : SENTENCES.get(errcode & 0xff);
    if (sentence === undefined) throw error;
    throw new MigrationError(`${file}: ${sentence}.`);
  }
}

import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import Table from "cli-table3";
import { isVerified } from "../../migration/pool/user";
import { Store } from "../../migration/store/store";
import { Accounts } from "../../migration/users/accounts";
import { AccountsFile, FORMATS, isAccountsFile } from "../../migration/users/accounts-file";
import { type AuditReport, audit, type DuplicateAccounts, kindOf } from "../../migration/users/audit";
import type { Dialect } from "../../migration/users/dialects";
import { removedAfter } from "../cleanup";
import { Failure } from "../failure";
import { note, print, visible } from "../print";
import { progressBar } from "../progress";
import { csvSink, type GroupSink, jsonSink } from "./audit-files";
import { withMigrationErrors } from "./errors";
import { directory, type PoolOptions, readPool } from "./pools";

export interface AuditArguments extends PoolOptions {
  readonly pool?: string | undefined;
  readonly file?: string | undefined;
  /** Of a CSV file. */
  readonly dialect?: Dialect | undefined;
  readonly folder: string;
  readonly resume: boolean;
  readonly csv?: string | undefined;
  readonly json?: string | undefined;
}

/** Groups in the printed table. The files have all groups. */
const SHOWN = 20;

/** Reports duplicate accounts of a pool or of a file. Returns whether there are none, and everything was compared. */
export function auditUsers(args: AuditArguments): Promise<boolean> {
  return withMigrationErrors(async () => {
    const { pool, file } = args;
    await mkdir(args.folder, { recursive: true, mode: 0o700 });
    if (file !== undefined) return auditFile(args, file);
    if (pool === undefined) throw new Error("neither a pool nor a file");
    const stored = path.join(args.folder, "audit.db");
    const store = openedFor(stored, pool);
    let finished = false;
    try {
      const accounts = new Accounts(store);
      await readPool(accounts, "from", directory(pool, args), args.resume);
      const { groups } = await report(args, accounts, pool);
      finished = true;
      return groups === 0;
    } finally {
      store.close();
      if (finished) rmSync(stored);
    }
  });
}

/** The store of an audit. What an earlier run left is used if it is `of` the same pool. */
function openedFor(file: string, of: string): Store {
  const store = Store.open(file);
  const before = store.setting("of");
  if (before === of) return store;
  if (before !== undefined) {
    store.close();
    rmSync(file);
    return openedFor(file, of);
  }
  store.set("of", of);
  return store;
}

async function auditFile(args: AuditArguments, file: string): Promise<boolean> {
  if (!isAccountsFile(file)) throw new Failure(`${file}: its name must end in ${FORMATS}.`, 64);
  const source = await AccountsFile.open(file, args.dialect);
  await mkdir(args.folder, { recursive: true, mode: 0o700 });
  const database = path.join(args.folder, "audit-file.db");
  // Each time another one: what a killed run left is deleted.
  const store = openedFor(database, randomUUID());
  const work = async () => {
    try {
      // It is never read again.
      store.change("PRAGMA synchronous=OFF");
      const accounts = new Accounts(store);
      const bar = progressBar("accounts read", source.lines);
      await accounts.fill("from", source.read(), bar.update).finally(() => bar.stop());
      return await report(args, accounts, file);
    } finally {
      store.close();
    }
  };
  const { groups, accounts } = await removedAfter(database, () => removedAfter(`${database}-wal`, work));
  const { rows = 0, withEmail = 0, isCutOff = false } = source.reading ?? {};
  const say = sayFor(args);
  say(`${file}: ${rows} accounts were read; ${withEmail} of them have an e-mail address.`);
  if (accounts < rows) say(`${rows - accounts} of them are there more than once: they were counted once.`);
  if (isCutOff) say("The file was cut off: its last page names a next one. List the users again, up to the end.");
  if (withEmail === 0) {
    say(
      "No e-mail addresses were compared, only usernames: the file has none. It needs an attribute (a column) email.",
    );
  }
  return groups === 0 && !isCutOff && withEmail > 0;
}

/** A file on standard output is not mixed with other lines. */
const sayFor = ({ csv, json }: AuditArguments) => (csv === "-" || json === "-" ? note : print);

async function report(args: AuditArguments, accounts: Accounts, what: string): Promise<AuditReport> {
  const sinks: GroupSink[] = [];
  if (args.csv !== undefined) sinks.push(csvSink(args.csv));
  if (args.json !== undefined) sinks.push(jsonSink(args.json));
  const first: DuplicateAccounts[] = [];
  let found: AuditReport;
  try {
    found = await audit(accounts, "from", (group) => {
      for (const sink of sinks) sink.add(group);
      if (first.length < SHOWN) first.push(group);
    });
    for (const sink of sinks) sink.commit();
  } catch (error) {
    for (const sink of sinks) sink.discard();
    throw error;
  }
  const say = sayFor(args);
  if (found.groups > 0) say(tableOf(first));
  say(summary(what, found));
  for (const name of [args.csv, args.json]) if (name !== undefined && name !== "-") say(`All groups: ${name}`);
  return found;
}

function summary(what: string, { accounts, groups, grouped, kinds }: AuditReport): string {
  if (groups === 0) return `${what}: ${accounts} accounts, no duplicates.`;
  const rest = groups > SHOWN ? ` The first ${SHOWN} are above; --csv and --json write all.` : "";
  return [
    `${what}: ${accounts} accounts; ${grouped} of them are duplicates, in ${groups === 1 ? "one group" : `${groups} groups`}:`,
    `  ${kinds.username} with the same username, ${kinds.email} with the same e-mail address,` +
      ` ${kinds["username and email"]} with both.${rest}`,
  ].join("\n");
}

function tableOf(groups: readonly DuplicateAccounts[]): string {
  const table = new Table({
    head: ["Same", "Username", "E-mail", "Verified", "Status", "Created", "Last modified"],
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
    style: { head: [], border: [] },
  });
  for (const { because, users } of groups) {
    for (const [index, user] of users.entries()) {
      table.push([
        index === 0 ? kindOf(because) : "",
        visible(user.username),
        visible(user.attributes.email ?? ""),
        isVerified(user) ? "yes" : "no",
        user.enabled ? user.status : `${user.status}, disabled`,
        user.created.slice(0, 10),
        user.modified.slice(0, 10),
      ]);
    }
  }
  return table.toString();
}

import { mkdir } from "node:fs/promises";
import path from "node:path";
import Table from "cli-table3";
import { lockFile } from "../../migration/lock-file";
import { AccountsFile, FORMATS, isAccountsFile } from "../../migration/users/accounts-file";
import { type AuditReport, audit, type DuplicateAccounts, kindOf } from "../../migration/users/audit";
import type { Dialect } from "../../migration/users/dialects";
import { downloaded, forget } from "../../migration/users/download";
import type { Source } from "../../migration/users/groups";
import { inScratchFolder } from "../../migration/users/scratch";
import { isVerified } from "../../migration/users/user";
import { Failure } from "../failure";
import { note, print, visible } from "../print";
import { progressBar } from "../progress";
import { csvSink, type GroupSink, jsonSink } from "./audit-files";
import { withMigrationErrors } from "./errors";
import { directory, downloadPool, type PoolOptions } from "./pools";

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
    if (file !== undefined) return auditFile(args, file);
    if (pool === undefined) throw new Error("neither a pool nor a file");
    const users = path.join(args.folder, "audit.jsonl");
    await mkdir(args.folder, { recursive: true, mode: 0o700 });
    const unlock = await lockFile(users);
    try {
      const accounts = await downloadPool(directory(pool, args), users, args.resume);
      const found = await report(args, downloaded(users), pool, accounts);
      await forget(users);
      return found;
    } finally {
      await unlock();
    }
  });
}

async function auditFile(args: AuditArguments, file: string): Promise<boolean> {
  if (!isAccountsFile(file)) throw new Failure(`${file}: its name must end in ${FORMATS}.`, 64);
  const accounts = await AccountsFile.open(file, args.dialect);
  const found = await report(args, accounts, file, accounts.lines);
  const { rows = 0, withEmail = 0, isCutOff = false } = accounts.reading ?? {};
  const say = sayFor(args);
  say(`${file}: ${rows} accounts were read; ${withEmail} of them have an e-mail address.`);
  if (isCutOff) say("The file was cut off: its last page names a next one. List the users again, up to the end.");
  if (withEmail === 0) {
    say(
      "No e-mail addresses were compared, only usernames: the file has none. It needs an attribute (a column) email.",
    );
  }
  return found && !isCutOff && withEmail > 0;
}

/** A file on standard output is not mixed with other lines. */
const sayFor = ({ csv, json }: AuditArguments) => (csv === "-" || json === "-" ? note : print);

async function report(args: AuditArguments, source: Source, what: string, accounts: number): Promise<boolean> {
  const sinks: GroupSink[] = [];
  if (args.csv !== undefined) sinks.push(csvSink(args.csv));
  if (args.json !== undefined) sinks.push(jsonSink(args.json));
  const first: DuplicateAccounts[] = [];
  // Every account is read twice.
  const bar = progressBar("accounts compared", accounts * 2);
  const found = await inScratchFolder(args.folder, (scratch) =>
    audit({
      source,
      scratch,
      onAccount: (done) => bar.update(done),
      onGroup(group) {
        for (const sink of sinks) sink.add(group);
        if (first.length < SHOWN) first.push(group);
      },
    }),
  ).finally(() => bar.stop());
  for (const sink of sinks) sink.end();
  const say = sayFor(args);
  if (found.groups > 0) say(tableOf(first));
  say(summary(what, found));
  for (const name of [args.csv, args.json]) if (name !== undefined && name !== "-") say(`All groups: ${name}`);
  return found.groups === 0;
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

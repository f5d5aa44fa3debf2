import { mkdir } from "node:fs/promises";
import path from "node:path";
import Table from "cli-table3";
import { linesOf } from "../../migration/lines";
import { lockFile } from "../../migration/lock-file";
import { type AuditReport, audit, type DuplicateAccounts, kindOf } from "../../migration/users/audit";
import { downloaded, forget } from "../../migration/users/download";
import { isExport } from "../../migration/users/export";
import { inScratchFolder } from "../../migration/users/scratch";
import { isVerified } from "../../migration/users/user";
import { Failure } from "../failure";
import { note, print } from "../print";
import { progressBar } from "../progress";
import { csvSink, type GroupSink, jsonSink } from "./audit-files";
import { withMigrationErrors } from "./errors";
import { directory, downloadPool, type PoolOptions } from "./pools";

export interface AuditArguments extends PoolOptions {
  readonly pool?: string | undefined;
  readonly file?: string | undefined;
  readonly folder: string;
  readonly resume: boolean;
  readonly csv?: string | undefined;
  readonly json?: string | undefined;
}

/** Groups in the printed table. The files have all groups. */
const SHOWN = 20;

/** Reports duplicate accounts of a pool or of a file. Returns whether there are none. */
export function auditUsers(args: AuditArguments): Promise<boolean> {
  return withMigrationErrors(async () => {
    const { pool, file } = args;
    if (file !== undefined && !isExport(file)) throw new Failure(`${file}: its name must end in .csv or .jsonl.`, 64);
    if (file !== undefined) return report(args, file, file, await linesIn(file));
    if (pool === undefined) throw new Error("neither a pool nor a file");
    const users = path.join(args.folder, "audit.jsonl");
    await mkdir(args.folder, { recursive: true, mode: 0o700 });
    const unlock = await lockFile(users);
    try {
      const found = await report(args, users, pool, await downloadPool(directory(pool, args), users, args.resume));
      await forget(users);
      return found;
    } finally {
      await unlock();
    }
  });
}

async function report(args: AuditArguments, users: string, what: string, accounts: number): Promise<boolean> {
  const sinks: GroupSink[] = [];
  if (args.csv !== undefined) sinks.push(csvSink(args.csv));
  if (args.json !== undefined) sinks.push(jsonSink(args.json));
  const first: DuplicateAccounts[] = [];
  // Every account is read twice.
  const bar = progressBar("accounts compared", accounts * 2);
  const found = await inScratchFolder(args.folder, (scratch) =>
    audit({
      source: downloaded(users),
      scratch,
      onAccount: (done) => bar.update(done),
      onGroup(group) {
        for (const sink of sinks) sink.add(group);
        if (first.length < SHOWN) first.push(group);
      },
    }),
  ).finally(() => bar.stop());
  for (const sink of sinks) sink.end();
  const say = args.csv === "-" || args.json === "-" ? note : print;
  if (found.groups > 0) say(tableOf(first));
  say(summary(what, found));
  for (const name of [args.csv, args.json]) if (name !== undefined && name !== "-") say(`All groups: ${name}`);
  return found.groups === 0;
}

/** The approximate number of accounts in a file. */
async function linesIn(file: string): Promise<number> {
  let lines = 0;
  for await (const _ of linesOf(file)) lines++;
  return lines;
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
        user.username,
        user.attributes.email ?? "",
        isVerified(user) ? "yes" : "no",
        user.enabled ? user.status : `${user.status}, disabled`,
        user.created.slice(0, 10),
        user.modified.slice(0, 10),
      ]);
    }
  }
  return table.toString();
}

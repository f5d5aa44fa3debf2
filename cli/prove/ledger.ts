import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, rmdir, stat } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { writeAtomically } from "../../migration/atomic-file";
import { exclusively } from "../exclusive";
import { Failure } from "../failure";

/** Git ignores it. It is there only while a run goes on, and after one that was killed. */
const FOLDER = ".prove";

const ledgerSchema = z.object({
  region: z.string(),
  poolId: z.string(),
  tableName: z.string().optional(),
  run: z.string(),
  /** Usernames, or where users have none, what they sign in with. */
  accounts: z.array(z.string()),
  /** Keys of reservations. */
  keys: z.array(z.string()),
});

/** What a run makes, written down before it makes anything: what a killed run left is deleted by the next. */
export type Ledger = z.infer<typeof ledgerSchema>;

export function ledgerFile(environment: string): string {
  return path.join(FOLDER, `${environment}.json`);
}

/** Does something while no other run of the environment in this folder can: they have one list. */
export async function alone<T>(environment: string, what: string, work: () => Promise<T>): Promise<T> {
  await mkdir(FOLDER, { recursive: true, mode: 0o700 });
  try {
    return await exclusively(path.join(FOLDER, `${environment}.lock`), what, async () => {
      await removeUnfinished(environment);
      return work();
    });
  } finally {
    // It stays where there is still something in it.
    await rmdir(FOLDER).catch(() => {});
  }
}

/** Milliseconds after which a file that is written under another name first was left by a process that was killed. */
const UNFINISHED = 60_000;

async function removeUnfinished(environment: string): Promise<void> {
  for (const name of await readdir(FOLDER)) {
    if (!name.startsWith(`${environment}.json.`) && !name.startsWith(`${environment}.lock.`)) continue;
    const file = path.join(FOLDER, name);
    const age = await stat(file).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    // Only the holder of the lock writes a list; a lock may be tried for at any moment.
    if (name.startsWith(`${environment}.json.`) || age > UNFINISHED) await rm(file, { force: true });
  }
}

export async function writeLedger(environment: string, ledger: Ledger): Promise<void> {
  await writeAtomically(ledgerFile(environment), [`${JSON.stringify(ledger, null, 2)}\n`]);
}

/** What an earlier run left; undefined where it left nothing. Throws a {@link Failure} for a file that is no such list. */
export async function readLedger(environment: string): Promise<Ledger | undefined> {
  const file = ledgerFile(environment);
  if (!existsSync(file)) return undefined;
  try {
    return ledgerSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    throw new Failure(
      `${file} is not a list of what an earlier proof made. Delete accounts of proof.invalid by hand, then the file.`,
    );
  }
}

export async function forgetLedger(environment: string): Promise<void> {
  await rm(ledgerFile(environment), { force: true });
}

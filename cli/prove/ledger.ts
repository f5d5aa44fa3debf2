import { existsSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { writeAtomically } from "../../migration/atomic-file";
import { Failure } from "../failure";

/** Git ignores what is in it, by the .gitignore that is written there. */
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

/** Where one run of an environment keeps others out. */
export async function lockFile(environment: string): Promise<string> {
  await mkdir(FOLDER, { recursive: true, mode: 0o700 });
  const ignored = path.join(FOLDER, ".gitignore");
  if (!existsSync(ignored)) await writeAtomically(ignored, ["*\n"]);
  return path.join(FOLDER, `${environment}.lock`);
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

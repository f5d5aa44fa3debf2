import { setTimeout as sleep } from "node:timers/promises";
import type { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { BATCH, ReservationsTable } from "../../migration/reservations/table";
import { cognitoClient } from "../clients";
import { singleAttemptDynamoDb } from "../users/clients";
import { forgetLedger, type Ledger, readLedger } from "./ledger";
import { deleteAccount } from "./pool";

/** What was deleted. */
export interface Cleaned {
  readonly accounts: number;
  readonly reservations: number;
}

/** Milliseconds in which a creation ends that a killed run had asked for: Cognito waits 5 seconds for a trigger, and creates the account then. */
const IN_FLIGHT = 10_000;

/** Deletes all that a run has made, of which no call is in flight any more, and then the list of it. */
export async function clean(environment: string, ledger: Ledger): Promise<Cleaned> {
  const cleaned = await deleteListed(ledger);
  await forgetLedger(environment);
  return cleaned;
}

/** The same of a run that was interrupted or killed, perhaps a moment ago. Undefined where none has left anything. */
export async function cleanLeftOver(environment: string): Promise<Cleaned | undefined> {
  const ledger = await readLedger(environment);
  if (ledger === undefined) return undefined;
  const first = await deleteListed(ledger);
  await sleep(IN_FLIGHT);
  const second = await clean(environment, ledger);
  return {
    accounts: first.accounts + second.accounts,
    reservations: first.reservations + second.reservations,
  };
}

async function deleteListed(ledger: Ledger): Promise<Cleaned> {
  const { region, tableName } = ledger;
  const accounts = await deleteAccounts(cognitoClient(region), ledger);
  if (tableName === undefined) return { accounts, reservations: 0 };
  const table = new ReservationsTable(singleAttemptDynamoDb(region), tableName);
  let reservations = 0;
  for (const reservation of (await reservationsOf(table, ledger.keys)).values()) {
    if (await table.remove(reservation)) reservations++;
  }
  return { accounts, reservations };
}

async function deleteAccounts(
  client: CognitoIdentityProviderClient,
  { poolId, run, accounts }: Ledger,
): Promise<number> {
  let deleted = 0;
  for (const name of accounts) if (await deleteAccount(client, poolId, { name, run })) deleted++;
  return deleted;
}

/** The reservations of these keys, of which there may be more than one question takes. Where there is no table, or one with another key, there are none. */
export async function reservationsOf(table: ReservationsTable, keys: readonly string[]) {
  try {
    const parts = Array.from({ length: Math.ceil(keys.length / BATCH) }, (_, part) =>
      table.getAll(keys.slice(part * BATCH, (part + 1) * BATCH)),
    );
    return new Map((await Promise.all(parts)).flatMap((part) => [...part]));
  } catch (error) {
    if (["ResourceNotFoundException", "ValidationException"].includes((error as Error).name))
      return new Map<string, never>();
    throw error;
  }
}

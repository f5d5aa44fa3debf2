import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { User } from "../../migration/pool/user";
import { Store } from "../../migration/store/store";
import { Accounts, type Source } from "../../migration/users/accounts";

/** An account of a pool as ListUsers returns it. Its id defaults to one made from the username. */
export function account(username: string, email?: string, more: Partial<User> = {}): User {
  return {
    username,
    sub: `id-${username}`,
    attributes: { sub: `id-${username}`, ...(email === undefined ? {} : { email, email_verified: "true" }) },
    status: "CONFIRMED",
    enabled: true,
    created: "2024-01-02T00:00:00.000Z",
    modified: "2024-02-03T00:00:00.000Z",
    ...more,
  };
}

/** Runs `work` with a store in a temporary folder. */
export async function withStore<T>(work: (store: Store) => T | Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), "store-"));
  const store = Store.open(path.join(folder, "move.db"));
  try {
    return await work(store);
  } finally {
    store.close();
    await rm(folder, { recursive: true });
  }
}

/** The accounts of pools, in a store. */
export async function accountsIn(store: Store, pools: Partial<Record<Source, readonly User[]>>): Promise<Accounts> {
  const accounts = new Accounts(store);
  async function* each(users: readonly User[]) {
    yield* users;
  }
  for (const source of ["from", "to"] as const) await accounts.fill(source, each(pools[source] ?? []), () => {});
  return accounts;
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

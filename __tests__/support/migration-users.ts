import type { Source } from "../../migration/users/groups";
import type { User } from "../../migration/users/user";

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

export function sourceOf(users: readonly User[]): Source {
  return {
    async *read() {
      yield* users;
    },
  };
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

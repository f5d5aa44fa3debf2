import { type Account, IDENTIFIERS } from "../../lambda/identity/account";
import { usersFilter } from "../../lambda/identity/filter";
import type { Accounts as SingleAccounts } from "../../lambda/uniqueness/accounts";
import type { ListUsers } from "../../lambda/uniqueness/list-users";

/** A user pool's accounts, in memory, with case-sensitive filters: the harder of the two documented behaviours of Cognito. */
export class Accounts {
  readonly all: Account[] = [];
  /** Every filter of a look-up. */
  readonly filters: string[] = [];

  add(username: string, email: string | undefined, more: Partial<Account> = {}): Account {
    const account = { username, email, emailVerified: true, status: "CONFIRMED", createdAt: 0, ...more };
    this.all.push(account);
    return account;
  }

  remove(username: string): void {
    const index = this.all.findIndex((account) => account.username === username);
    this.all.splice(index, 1);
  }

  /** Usernames that the function deleted. */
  readonly deleted: string[] = [];

  /** Single accounts, as the function reads and deletes them. */
  readonly accounts: { -readonly [Name in keyof SingleAccounts]: SingleAccounts[Name] } = {
    read: async (_, username) => this.all.find((account) => account.username === username),
    remove: async (_, username) => {
      this.deleted.push(username);
      this.remove(username);
    },
  };

  readonly listUsers: ListUsers = async (_, filter) => {
    this.filters.push(filter);
    await new Promise(setImmediate);
    return this.all.filter((account) => this.filtersOf(account).includes(filter));
  };

  /** The filters that match an account, cached because tests look up thousands of accounts. */
  private filtersOf(account: Account): readonly string[] {
    const known = this.known.get(account) ?? IDENTIFIERS.map((name) => usersFilter(name, account[name] ?? ""));
    this.known.set(account, known);
    return known;
  }

  private readonly known = new WeakMap<Account, readonly string[]>();
}

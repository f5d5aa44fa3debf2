import { type Account, type IdentifierName, isExpired, owns } from "../identity/account";
import type { Identifier } from "../identity/canonical";
import { LONGEST_FILTER, usersFilter } from "../identity/filter";
import { spellingsToAsk } from "../identity/spellings";
import { type ListUsers, TooManyPages } from "./list-users";

export interface DirectoryConfig {
  readonly listUsers: ListUsers;
  /** Milliseconds for which an unconfirmed account holds its e-mail address and its phone number. */
  readonly unconfirmedHold: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The accounts that have an identifier. */
export interface Found {
  /** Accounts that own it. */
  readonly owners: readonly Account[];
  /** Unconfirmed accounts past their hold. */
  readonly expired: readonly Account[];
  /** Set if the look-up was incomplete, so that there may be more. */
  readonly incomplete?: TooManyPages | undefined;
}

/**
 * Look-ups of accounts in the user pool.
 *
 * Cognito's documentation contradicts itself on whether filters are case-sensitive. So all known spellings are looked up in
 * parallel, and the results are compared here in canonical form.
 */
export class Directory {
  constructor(private readonly config: DirectoryConfig) {}

  /** The accounts that have an identifier, among those that these filters match. */
  async holders(
    userPoolId: string,
    name: IdentifierName,
    canonical: string,
    filters: readonly string[],
    deadline: number,
  ): Promise<Found> {
    let incomplete: TooManyPages | undefined;
    const found = await this.find(userPoolId, filters, deadline, (error) => {
      incomplete = error;
      return error.accounts;
    });
    return { ...this.sort(found, name, canonical), incomplete };
  }

  /** The accounts that own an identifier, among those that these filters match. */
  async owners(
    userPoolId: string,
    name: IdentifierName,
    canonical: string,
    filters: readonly string[],
    deadline: number,
  ): Promise<readonly Account[]> {
    return this.sort(await this.find(userPoolId, filters, deadline), name, canonical).owners;
  }

  /** The accounts that these filters match. An account may occur several times. */
  async find(
    userPoolId: string,
    filters: readonly string[],
    deadline: number,
    onTooMany?: (error: TooManyPages) => readonly Account[],
  ): Promise<Account[]> {
    const look = async (filter: string) => {
      try {
        return await this.config.listUsers(userPoolId, filter, deadline);
      } catch (error) {
        if (onTooMany && error instanceof TooManyPages) return onTooMany(error);
        throw error;
      }
    };
    return (await Promise.all([...new Set(filters)].map(look))).flat();
  }

  /** Selects the owners and the expired holders of an identifier. */
  sort(accounts: readonly Account[], name: IdentifierName, canonical: string): Omit<Found, "incomplete"> {
    const { unconfirmedHold, now } = this.config;
    const owners = accounts.filter((account) => owns(account, name, canonical, unconfirmedHold, now()));
    const expired = accounts.filter((account) => isExpired(account, name, canonical, unconfirmedHold, now()));
    return { owners, expired: [...new Map(expired.map((account) => [account.username, account])).values()] };
  }
}

/** The filters for an identifier as typed, in canonical form, and as keyboards produce it. */
export function spellingFilters(name: IdentifierName, identifier: Identifier): string[] {
  const filters = spellingsToAsk(name, identifier).map((spelling) => usersFilter(name, spelling));
  // No account was admitted with a spelling that is too long for a filter.
  return filters.filter((filter) => filter.length <= LONGEST_FILTER);
}

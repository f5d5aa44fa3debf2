import { type Account, type IdentifierName, isExpired, owns } from "../identity/account";
import type { Identifier } from "../identity/canonical";
import { LONGEST_FILTER, usersFilter } from "../identity/filter";
import { spellingsToAsk } from "../identity/spellings";
import { type ListUsers, TooManyPages } from "./list-users";

export interface DirectoryConfig {
  readonly listUsers: ListUsers;
  /** Milliseconds that an account which never confirmed keeps its e-mail address from others. */
  readonly unconfirmedHold: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The accounts that have an identifier. */
export interface Holders {
  /** Those that keep it from others. */
  readonly owners: readonly Account[];
  /** Those that never confirmed, and whose hold is over. */
  readonly expired: readonly Account[];
  /** Why there may be more. */
  readonly incomplete?: TooManyPages | undefined;
}

/**
 * What the user pool itself knows of its accounts.
 *
 * Cognito's documents contradict each other on whether its filters are case-sensitive, so it is asked for every spelling
 * that is known, all at the same time; what comes back is compared here, canonically.
 */
export class Directory {
  constructor(private readonly config: DirectoryConfig) {}

  /** The accounts that have an identifier, as far as looking for these spellings finds them. */
  async holders(
    userPoolId: string,
    name: IdentifierName,
    canonical: string,
    filters: readonly string[],
    deadline: number,
  ): Promise<Holders> {
    let incomplete: TooManyPages | undefined;
    const found = await this.find(userPoolId, filters, deadline, (error) => {
      incomplete = error;
      return error.accounts;
    });
    return { ...this.sort(found, name, canonical), incomplete };
  }

  /** The accounts that keep an identifier from others, as far as looking for these spellings finds them. */
  async owners(
    userPoolId: string,
    name: IdentifierName,
    canonical: string,
    filters: readonly string[],
    deadline: number,
  ): Promise<readonly Account[]> {
    return this.sort(await this.find(userPoolId, filters, deadline), name, canonical).owners;
  }

  /** The accounts that these filters find; one that several find is there several times. */
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

  /** Tells accounts apart by what they have to do with an identifier. */
  sort(accounts: readonly Account[], name: IdentifierName, canonical: string): Omit<Holders, "incomplete"> {
    const { unconfirmedHold, now } = this.config;
    const owners = accounts.filter((account) => owns(account, name, canonical, unconfirmedHold, now()));
    const expired = accounts.filter(
      (account) => name === "email" && isExpired(account, canonical, unconfirmedHold, now()),
    );
    return { owners, expired: [...new Map(expired.map((account) => [account.username, account])).values()] };
  }
}

/** The filters that look for an identifier as it was typed, as it counts, and as keyboards write it. */
export function spellingFilters(name: IdentifierName, identifier: Identifier): string[] {
  const filters = spellingsToAsk(name, identifier).map((spelling) => usersFilter(name, spelling));
  // No account was admitted under a spelling that is too long to be asked for.
  return filters.filter((filter) => filter.length <= LONGEST_FILTER);
}

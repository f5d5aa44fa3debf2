import { type Account, IDENTIFIERS, type IdentifierName, owns } from "../identity/account";
import type { Identifier } from "../identity/canonical";
import { usersFilter } from "../identity/filter";
import type { Uniqueness } from "./uniqueness";

/** The accounts that a filter finds. Rejects where the answer is not complete. */
export type ListUsers = (userPoolId: string, filter: string, deadline: number) => Promise<readonly Account[]>;

export interface DirectoryConfig {
  readonly listUsers: ListUsers;
  /** Milliseconds that an account which never confirmed keeps its e-mail address from others. */
  readonly unconfirmedHold: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * What the user pool itself knows of its accounts.
 *
 * Cognito's documents contradict each other on whether its filters heed letter case, so it is asked for every spelling
 * that is known, all at the same time; what comes back is compared here, canonically.
 */
export class Directory {
  constructor(private readonly config: DirectoryConfig) {}

  /** The accounts that own an identifier, as far as looking for these spellings finds them. */
  async owners(
    userPoolId: string,
    name: IdentifierName,
    canonical: string,
    filters: readonly string[],
    deadline: number,
  ): Promise<readonly Account[]> {
    const { listUsers, unconfirmedHold, now } = this.config;
    const distinct = [...new Set(filters)];
    const found = await Promise.all(distinct.map((filter) => listUsers(userPoolId, filter, deadline)));
    return found.flat().filter((account) => owns(account, name, canonical, unconfirmedHold, now()));
  }
}

/** The filters that look for an identifier as it was typed and as it counts. */
export function spellingFilters(name: IdentifierName, { typed, canonical }: Identifier): string[] {
  return [usersFilter(name, typed), usersFilter(name, canonical)];
}

/**
 * Uniqueness by looking first: the article's way, without any infrastructure. Two sign-ups at the same moment can both
 * find nobody; what holds then is the pool itself, for usernames and for verified e-mail addresses.
 */
export function byDirectory(directory: Directory): Uniqueness {
  return {
    async claim(signUp, wanted, deadline) {
      const taken = await Promise.all(
        wanted.map(async (name) => {
          const { canonical } = signUp[name];
          const filters = spellingFilters(name, signUp[name]);
          const owners = await directory.owners(signUp.userPoolId, name, canonical, filters, deadline);
          return owners.length > 0 ? name : undefined;
        }),
      );
      return { taken: IDENTIFIERS.find((name) => taken.includes(name)) };
    },
  };
}

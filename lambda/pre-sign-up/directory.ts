import { canonicalEmail, canonicalUsername, type Identifier } from "../identity/canonical";
import { usersFilter } from "./filter";
import { IDENTIFIERS, type IdentifierName, type Uniqueness } from "./uniqueness";

/** The accounts that a filter finds. Rejects where the answer is not complete. */
export type ListUsers = (userPoolId: string, filter: string, deadline: number) => Promise<readonly Account[]>;

/** An account as ListUsers describes it, as far as it matters here. */
export interface Account {
  readonly username: string;
  readonly email: string | undefined;
  readonly emailVerified: boolean;
  /** UNCONFIRMED, CONFIRMED, FORCE_CHANGE_PASSWORD, EXTERNAL_PROVIDER, … */
  readonly status: string | undefined;
  /** Milliseconds since 1970. */
  readonly createdAt: number | undefined;
}

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

/** Whether an account has an identifier, and keeps it from others. */
export function owns(
  { username, email, status, createdAt }: Account,
  name: IdentifierName,
  canonical: string,
  unconfirmedHold: number,
  now: number,
): boolean {
  if (name === "username") return canonicalUsername(username) === canonical;
  if (email === undefined || canonicalEmail(email) !== canonical) return false;
  // Who never confirms keeps an address for a while only: otherwise anybody could block anybody else's.
  return status !== "UNCONFIRMED" || createdAt === undefined || now - createdAt < unconfirmedHold;
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

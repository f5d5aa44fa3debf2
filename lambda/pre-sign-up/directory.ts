import { canonicalEmail, canonicalUsername, type Identifier } from "../identity/canonical";
import type { SignUp } from "./event";
import { usersFilter } from "./filter";

/** The one thing that is asked of Cognito: the accounts that a filter finds. */
export type ListUsers = (userPoolId: string, filter: string) => Promise<readonly Account[]>;

/** An account as ListUsers describes it, as far as it matters here. */
export interface Account {
  readonly username: string;
  readonly email: string | undefined;
  /** UNCONFIRMED, CONFIRMED, FORCE_CHANGE_PASSWORD, EXTERNAL_PROVIDER, … */
  readonly status: string | undefined;
  /** Milliseconds since 1970. */
  readonly createdAt: number | undefined;
}

export interface Taken {
  readonly username: boolean;
  readonly email: boolean;
}

/**
 * Which identifiers of a sign-up another account already has.
 *
 * Cognito's documents contradict each other on whether its filters heed letter case, so it is asked for the spelling as
 * typed and for the canonical one, all at the same time; what comes back is compared here, canonically.
 */
export async function findTaken(listUsers: ListUsers, signUp: SignUp, holdMs: number, now: number): Promise<Taken> {
  const filters = [
    ...spellings(signUp.username).map((value) => usersFilter("username", value)),
    ...spellings(signUp.email).map((value) => usersFilter("email", value)),
  ];
  const accounts = (await Promise.all(filters.map((filter) => listUsers(signUp.userPoolId, filter)))).flat();
  return {
    username: accounts.some(({ username }) => canonicalUsername(username) === signUp.username.canonical),
    email: accounts.some(
      (account) =>
        account.email !== undefined &&
        canonicalEmail(account.email) === signUp.email.canonical &&
        keepsEmail(account, holdMs, now),
    ),
  };
}

/**
 * Whether an account keeps its e-mail address from others. One that never confirmed does so for a while only: otherwise
 * anybody could block anybody else's address by signing up with it.
 */
export function keepsEmail({ status, createdAt }: Account, holdMs: number, now: number): boolean {
  return status !== "UNCONFIRMED" || createdAt === undefined || now - createdAt < holdMs;
}

function spellings({ typed, canonical }: Identifier): string[] {
  return [...new Set([typed, canonical])];
}

import { AwsError } from "../../../lambda/aws/client";
import type { Account } from "../../../lambda/identity/account";
import { canonicalOf, type Identifiers } from "../../../lambda/identity/account";
import type { Chance } from "./chance";

/** An account as it is, and as it was. */
export interface Stored {
  readonly id: number;
  /** Made before there was a table: no reservation says that it is there. */
  readonly older: boolean;
  /** What it was from a time on; undefined is deleted. The newest is last. */
  readonly history: Array<{ readonly at: number; readonly account: Account | undefined }>;
}

export interface PoolOptions {
  /** Milliseconds that ListUsers is behind at the most, each call by itself. */
  readonly lag: number;
  /** Whether filters are case-sensitive. */
  readonly caseSensitiveFilters: boolean;
  /** Whether usernames are stored, and given to triggers, in lower case. */
  readonly lowerCases: boolean;
  readonly kind: Kind;
}

/** What users of a pool sign in with: `email` and `phone_number` beside a username, `made` an address instead of one. */
export const KINDS = ["email", "phone_number", "made"] as const;
export type Kind = (typeof KINDS)[number];

export const IDENTIFIERS_OF: Readonly<Record<Kind, Identifiers>> = {
  email: { username: "required", email: "required" },
  phone_number: { username: "required", phone_number: "required" },
  made: { email: "required" },
};

/** The attribute that accounts of a pool prove. */
export function provedBy(kind: Kind): "email" | "phone_number" {
  return kind === "phone_number" ? kind : "email";
}

/** What stands for an e-mail address in a pool: itself, or a phone number. In another letter case it is the same in another spelling. */
export function contactFor(kind: Kind, email: string): string {
  if (kind !== "phone_number") return email;
  const digits = Buffer.from(email.toLowerCase()).reduce((sum, byte) => (sum * 31 + byte) % 100_000_007, 7);
  return `${/[A-Z]/.test(email) ? "+549" : "+54"}11${String(digits).padStart(8, "0")}`;
}

/** An account as the functions know it. Within the explorer, `email` is what {@link contactFor} says. */
export function asKnown(kind: Kind, account: Account): Account {
  if (kind !== "phone_number") return account;
  const { email: phone_number, emailVerified: phoneVerified } = account;
  return { ...account, email: undefined, emailVerified: false, phone_number, phoneVerified };
}

/** The accounts of a user pool. Usernames are unique in any letter case; one account at a time has an address verified. */
export class Pool {
  readonly stored: Stored[] = [];

  constructor(
    readonly options: PoolOptions,
    private readonly now: () => number,
    private readonly chance: Chance,
  ) {}

  /** Throws as Cognito does for a username that is there, and for an address that another account has verified. */
  create(account: Account, { older = false } = {}): void {
    const username = this.options.lowerCases ? account.username.toLowerCase() : account.username;
    if (this.find(username)) throw new AwsError("UsernameExistsException", false);
    if (account.emailVerified && this.verifiedOwner(account.email)) throw new AwsError("AliasExistsException", false);
    const at = older ? Number.NEGATIVE_INFINITY : this.now();
    this.stored.push({ id: this.stored.length, older, history: [{ at, account: { ...account, username } }] });
  }

  /** The accounts that are there. */
  get all(): Array<{ readonly stored: Stored; readonly account: Account }> {
    return this.stored.flatMap((stored) => {
      const account = stored.history.at(-1)?.account;
      return account ? [{ stored, account }] : [];
    });
  }

  find(username: string) {
    const lower = username.toLowerCase();
    return this.all.find(({ account }) => account.username.toLowerCase() === lower);
  }

  private verifiedOwner(email: string | undefined) {
    return this.all.find(
      ({ account }) => account.emailVerified && account.email?.toLowerCase() === email?.toLowerCase(),
    );
  }

  private change(stored: Stored, account: Account | undefined): void {
    stored.history.push({ at: this.now(), account });
  }

  /** ConfirmSignUp: with `force`, an address is taken from the account that has it verified. */
  confirm(username: string, force: boolean): void {
    const found = this.find(username);
    if (found?.account.status !== "UNCONFIRMED") return;
    const owner = this.verifiedOwner(found.account.email);
    if (owner && !force) return;
    if (owner) this.change(owner.stored, { ...owner.account, emailVerified: false });
    this.change(found.stored, { ...found.account, status: "CONFIRMED", emailVerified: true });
  }

  delete(username: string): void {
    const found = this.find(username);
    if (found) this.change(found.stored, undefined);
  }

  changeEmail(username: string, email: string): void {
    const found = this.find(username);
    if (found?.account.status === "CONFIRMED") this.change(found.stored, { ...found.account, email });
  }

  /** ListUsers, of accounts as they were up to the lag ago. */
  list(filter: string): Account[] {
    const [, name = "", value = ""] = /^(username|email|phone_number) = "(.*)"$/.exec(filter) ?? [];
    const { lag, caseSensitiveFilters, kind } = this.options;
    const behind = this.chance.of(0.4) ? 0 : this.chance.of(0.5) ? lag : this.chance.between(0, lag);
    const same = (a: string) => (caseSensitiveFilters ? a === value : a.toLowerCase() === value.toLowerCase());
    return this.stored.flatMap(({ history }) => {
      const account = history.findLast(({ at }) => at <= this.now() - behind)?.account;
      return account && same(asKnown(kind, account)[name as "username" | "email" | "phone_number"] ?? "")
        ? [account]
        : [];
    });
  }
}

/** An account as ListUsers and AdminGetUser describe it. */
export function described(
  kind: Kind,
  { username, email, emailVerified, status, createdAt = 0 }: Account,
  attributes: string,
) {
  const name = provedBy(kind);
  return {
    Username: username,
    [attributes]: [
      { Name: name, Value: email },
      { Name: `${name}_verified`, Value: String(emailVerified) },
    ],
    UserStatus: status,
    UserCreateDate: createdAt / 1000,
    Enabled: true,
  };
}

/** The accounts that have an address or a number, confirmed or not. */
export function accountsWithEmail(pool: Pool, canonical: string): Account[] {
  const name = provedBy(pool.options.kind);
  return pool.all
    .map(({ account }) => account)
    .filter(({ email }) => email !== undefined && canonicalOf(name, email) === canonical);
}

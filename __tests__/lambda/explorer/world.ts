import { AwsError } from "../../../lambda/aws/client";
import { type Account, canonicalOf, owns } from "../../../lambda/identity/account";
import { canonicalUsername } from "../../../lambda/identity/canonical";
import { fromItem, isVersion } from "../../../lambda/identity/item";
import type { Reservation } from "../../../lambda/identity/reservation";
import { Refusal } from "../../../lambda/trigger/refusal";
import type { User } from "../../../migration/pool/user";
import { prune } from "../../../migration/reservations/prune";
import type { Chance } from "./chance";
import { DynamoDb, type StoredItem } from "./dynamodb";
import { Functions, NEW_POOL } from "./functions";
import { type Faults, FOREVER, NO_FAULTS } from "./network";
import {
  accountsWithEmail,
  asKnown,
  contactFor,
  described,
  IDENTIFIERS_OF,
  Pool,
  type PoolOptions,
  provedBy,
} from "./pool";
import type { Virtual } from "./virtual-time";

export interface WorldOptions extends PoolOptions {
  readonly faults: Faults;
  readonly unconfirmedHold: number;
  /** Milliseconds from a trigger's answer to the account, at the most. */
  readonly creation: number;
}

/** Milliseconds that Cognito waits for a trigger, and the number of its attempts. */
const TRIGGER_TIMEOUT = 5000;
const TRIGGER_CALLS = 3;

/** A user pool with its functions and its table. Checks the invariants. */
export class World {
  readonly pool: Pool;
  readonly violations: string[] = [];
  /** The events, to print for a failing seed. */
  readonly events: string[] = [];
  private readonly dynamoDb: DynamoDb;
  private readonly functions: Functions;
  /** By username: which account a function last read, to delete it. */
  private readonly reads = new Map<string, number>();
  /** How many usernames the pool has made. */
  private made = 0;
  /** Usernames whose sign-up is between its first trigger and its account. */
  readonly signingUp = new Map<string, number>();

  constructor(
    readonly options: WorldOptions,
    private readonly virtual: Virtual,
    private readonly chance: Chance,
  ) {
    this.pool = new Pool(options, virtual.now, chance);
    this.dynamoDb = new DynamoDb((key, old, item) => this.checkReplaced(key, old, item));
    this.functions = new Functions({
      virtual,
      chance,
      dynamoDb: this.dynamoDb,
      cognito: (target, input) => this.cognito(target, input as { Username?: string; Filter?: string }),
      unconfirmedHold: options.unconfirmedHold,
      identifiers: IDENTIFIERS_OF[options.kind],
      oldAttributes: (username) => [
        [provedBy(options.kind), contactFor(options.kind, `${username.toLowerCase()}@old.example`)],
        [`${provedBy(options.kind)}_verified`, "true"],
      ],
    });
  }

  /** SignUp. Returns whether an account was created. */
  async signUp(typed: string, address: string, faults = this.options.faults): Promise<string> {
    const { kind } = this.options;
    const username = kind === "made" ? `made-${++this.made}` : typed;
    const email = contactFor(kind, address);
    return this.during(username, async () => {
      const event = this.signUpEvent(username, email, "PreSignUp_SignUp");
      const answer = await this.trigger("pre-sign-up", event, faults);
      if (answer instanceof Error) return this.say(`sign-up ${username} ${email}: ${answer.message}`);
      return this.create(username, email, "UNCONFIRMED", faults);
    });
  }

  /** A first sign-in of an account of the old pool. */
  async signIn(username: string, faults = this.options.faults): Promise<string> {
    if (this.pool.find(username)) return "exists already";
    return this.during(username, async () => {
      const event = { ...this.signUpEvent(username, "", "UserMigration_Authentication"), request: { password: "x" } };
      const answer = (await this.trigger("user-migration", event, faults)) as Error | { response: Migrated };
      if (answer instanceof Error) return this.say(`sign-in ${username}: ${answer.message}`);
      const email = answer.response.userAttributes[provedBy(this.options.kind)];
      if (this.chance.of(0.5)) {
        const spelled = this.chance.of(0.5) ? username.toLowerCase() : username;
        const again = this.signUpEvent(spelled, email, "PreSignUp_AdminCreateUser");
        const answered = await this.trigger("pre-sign-up", again, faults);
        if (answered instanceof Error) return this.say(`sign-in ${username}, announced: ${answered.message}`);
      }
      return this.create(username, email, "CONFIRMED", faults);
    });
  }

  private async during(username: string, work: () => Promise<string>): Promise<string> {
    const key = username.toLowerCase();
    this.signingUp.set(key, (this.signingUp.get(key) ?? 0) + 1);
    try {
      return await work();
    } finally {
      this.signingUp.set(key, (this.signingUp.get(key) ?? 1) - 1);
    }
  }

  /** Calls a function as Cognito does: again if there is no response in time. A refusal is a response. */
  private async trigger(name: "pre-sign-up" | "user-migration", event: object, faults: Faults): Promise<unknown> {
    for (let call = 0; call < TRIGGER_CALLS; call++) {
      const late = this.virtual.sleep(TRIGGER_TIMEOUT).then(() => "late" as const);
      const lost = this.chance.of(faults.lostAnswer);
      const answer = await Promise.race([
        this.functions.invoke(name, event, faults).then((a) => (lost ? FOREVER : a)),
        late,
      ]);
      if (answer !== "late") return answer;
    }
    return new Error("no answer");
  }

  private async create(username: string, email: string, status: string, faults: Faults): Promise<string> {
    const { creation } = this.options;
    await this.virtual.sleep(this.chance.of(0.7) ? this.chance.between(10, 300) : this.chance.between(0, creation));
    // A password against the policy, a quota, …
    if (faults !== NO_FAULTS && this.chance.of(0.1)) return this.say(`${username} ${email}: not created`);
    const createdAt = this.virtual.now();
    try {
      this.pool.create({ username, email, emailVerified: status === "CONFIRMED", status, createdAt });
    } catch (error) {
      return this.say(`${username} ${email}: ${(error as Error).message}`);
    }
    this.say(`${username} ${email}: created, ${status}`);
    this.check();
    return "created";
  }

  /** Cognito's operations, as the functions call them. */
  private cognito(target: string, { Username = "", Filter = "" }: { Username?: string; Filter?: string }): object {
    const operation = target.slice(target.indexOf(".") + 1);
    if (operation === "ListUsers") {
      return { Users: this.pool.list(Filter).map((account) => described(this.options.kind, account, "Attributes")) };
    }
    const found = this.pool.find(Username);
    if (!found) throw new AwsError("UserNotFoundException", false);
    if (operation === "AdminGetUser") {
      this.reads.set(Username, found.stored.id);
      return described(this.options.kind, found.account, "UserAttributes");
    }
    if (operation !== "AdminDeleteUser") throw new Error(`no operation ${operation}`);
    const { account, stored } = found;
    if (this.reads.get(Username) !== stored.id)
      this.violate(`a function deleted another account than it read: ${Username}`);
    // Between being read and being deleted it may have confirmed: as small as Cognito lets it be.
    const wasExpired = stored.history.some(({ account: was }) => was?.status === "UNCONFIRMED");
    const past = this.virtual.now() - (account.createdAt ?? 0) >= this.options.unconfirmedHold - CLOCK;
    if (!wasExpired || !past) this.violate(`a function deleted an account that was not past its hold: ${Username}`);
    this.pool.delete(Username);
    this.say(`a function deleted ${Username}`);
    return {};
  }

  /** An operator's `npm run reservations -- prune`, of what is older than a minute and a half. */
  async prune(): Promise<void> {
    const { chance, virtual, pool, dynamoDb } = this;
    const known = (account: Account) => asUser(this.known(account));
    const pause = () => virtual.sleep(chance.between(1, 3000));
    const report = await prune({
      apply: true,
      onPage: () => {},
      identifiers: IDENTIFIERS_OF[this.options.kind],
      now: () => virtual.now() + 24 * 3_600_000 - 90_000,
      pool: {
        async *pages() {
          yield { users: pool.all.map(({ account }) => known(account)), next: undefined };
          await pause();
        },
        async find(filters) {
          await pause();
          return filters.flatMap((filter) => pool.list(filter)).map(known);
        },
      },
      table: {
        async *all() {
          for (const item of [...dynamoDb.items.values()]) yield fromItem(item) as Reservation;
        },
        async remove({ key, ...version }) {
          await pause();
          const input = { Key: { pk: { S: key } }, ...isVersion(version) };
          try {
            dynamoDb.execute("DynamoDB_20120810.DeleteItem", input);
            return true;
          } catch {
            return false;
          }
        },
      },
    });
    this.say(`prune removed ${report.removed}`);
  }

  /** No reservation of an existing account is taken over. */
  private checkReplaced(key: string, old: StoredItem, item: StoredItem): void {
    if (old.attempt?.S === item.attempt?.S) return;
    const [kind, canonical = ""] = key.split("#");
    const name = kind === "USERNAME" ? "username" : provedBy(this.options.kind);
    const contact = provedBy(this.options.kind);
    for (const { account, stored } of this.pool.all) {
      if (stored.older || !this.owns(account, name, canonical)) continue;
      if (canonicalUsername(old.username?.S ?? "") !== canonicalUsername(account.username)) continue;
      // The lock of a username whose account may be deleted: it is the account's own but for the attempt.
      if (name === "username" && stored.history.some(({ account: was }) => was?.email === item[contact]?.S)) continue;
      this.violate(`the reservation ${key} of ${account.username} was taken over while its account lived`);
    }
  }

  /** No two accounts have the same identifier. */
  check(): void {
    const accounts = this.pool.all.map(({ account }) => account);
    for (const username of new Set(accounts.map((account) => canonicalUsername(account.username)))) {
      const same = accounts.filter((account) => canonicalUsername(account.username) === username);
      if (same.length > 1) this.violate(`${same.length} accounts with the username ${username}`);
    }
    const name = provedBy(this.options.kind);
    for (const email of new Set(accounts.map((account) => canonicalOf(name, account.email ?? "")))) {
      const same = accountsWithEmail(this.pool, email);
      // An account past its hold counts as well: it could still be confirmed.
      if (same.length > 1) {
        this.violate(`${same.length} accounts with the ${name} ${email}: ${same.map(({ username }) => username)}`);
      }
    }
  }

  owns(account: Account, name: "username" | "email" | "phone_number", canonical: string): boolean {
    return owns(this.known(account), name, canonical, this.options.unconfirmedHold, this.virtual.now());
  }

  private known(account: Account): Account {
    return asKnown(this.options.kind, account);
  }

  private signUpEvent(userName: string, email: string, triggerSource: string) {
    const userAttributes = { [provedBy(this.options.kind)]: email };
    return { triggerSource, userPoolId: NEW_POOL, userName, request: { userAttributes }, response: {} };
  }

  say(event: string): string {
    this.events.push(`${((this.virtual.now() - START) / 1000).toFixed(2)} s: ${event}`);
    return event;
  }

  violate(violation: string): void {
    this.say(`VIOLATION: ${violation}`);
    this.violations.push(violation);
  }

  /** Whether a refusal says that an identifier is taken, rather than that something failed. */
  static isTaken(answer: string): boolean {
    return [new Refusal("usernameTaken"), new Refusal("emailTaken")].some(({ message }) => answer.endsWith(message));
  }
}

/** Milliseconds since 1970 at which a run starts. */
export const START = Date.UTC(2026, 0, 1);
/** Milliseconds that the functions' clocks may be off in judging a hold. */
const CLOCK = 6000;

interface Migrated {
  readonly userAttributes: { readonly email: string; readonly phone_number: string };
}

/** An account as the operator's tools read it. */
function asUser({ username, email, emailVerified, phone_number, phoneVerified, ...account }: Account): User {
  const { preferred_username, status = "", createdAt } = account;
  return {
    username,
    sub: "",
    attributes: {
      ...(email !== undefined && { email, email_verified: String(emailVerified) }),
      ...(phone_number !== undefined && { phone_number, phone_number_verified: String(phoneVerified) }),
      ...(preferred_username !== undefined && { preferred_username }),
    },
    status,
    enabled: true,
    created: createdAt === undefined ? "" : new Date(createdAt).toISOString(),
    modified: "",
  };
}

import { ServerClock } from "../../../lambda/aws/clock";
import type { Identifiers } from "../../../lambda/identity/account";
import { preSignUp } from "../../../lambda/pre-sign-up/handler";
import { MESSAGES } from "../../../lambda/trigger/messages";
import { accountsWith } from "../../../lambda/uniqueness/accounts";
import { Directory } from "../../../lambda/uniqueness/directory";
import { listUsersWith } from "../../../lambda/uniqueness/list-users";
import { byReservation } from "../../../lambda/uniqueness/reservations";
import { dynamoTable } from "../../../lambda/uniqueness/table";
import { userMigration } from "../../../lambda/user-migration/handler";
import type { Chance } from "./chance";
import type { DynamoDb } from "./dynamodb";
import { callOver, type Faults, FOREVER, type Life } from "./network";
import type { Virtual } from "./virtual-time";

export const NEW_POOL = "eu-west-1_NewPool01";
const OLD_POOL = "eu-west-1_OldPool01";
/** Milliseconds after which Lambda ends a function. */
const LAMBDA_TIMEOUT = 4000;

export interface FunctionsConfig {
  readonly virtual: Virtual;
  readonly chance: Chance;
  readonly dynamoDb: DynamoDb;
  /** Cognito's operations. */
  readonly cognito: (target: string, input: object) => object;
  readonly unconfirmedHold: number;
  readonly identifiers: Identifiers;
  /** The attributes that an account of the old pool has. */
  readonly oldAttributes: (username: string) => Array<[name: string, value: string]>;
}

/** A machine that runs functions. Its clock may be wrong and is corrected by responses. */
interface Machine {
  readonly clock: ServerClock;
  readonly life: Life;
}

/** The deployed functions: real handlers on machines with clocks of their own. */
export class Functions {
  private readonly idle: Machine[] = [];

  constructor(private readonly config: FunctionsConfig) {}

  /** Calls a function. The promise never settles if the function crashes. */
  async invoke(name: "pre-sign-up" | "user-migration", event: object, faults: Faults): Promise<unknown> {
    const { virtual, chance } = this.config;
    const machine = (chance.of(0.7) && this.idle.pop()) || this.start();
    const started = virtual.now();
    const invocation = {
      awsRequestId: "request",
      getRemainingTimeInMillis: () => started + LAMBDA_TIMEOUT - virtual.now(),
    };
    const timeout = virtual.sleep(LAMBDA_TIMEOUT).then(() => {
      machine.life.dead = true;
      return FOREVER;
    });
    const answering =
      name === "pre-sign-up"
        ? this.preSignUp(machine, faults)(event, invocation)
        : this.userMigration(machine, faults)(event, invocation);
    const answer = await Promise.race([answering, timeout]).catch((error: Error) => error);
    if (machine.life.dead) return FOREVER;
    // A life of its own: the timeout above ends this call's only.
    this.idle.push({ clock: machine.clock, life: { dead: false } });
    return answer;
  }

  /** Half of the clocks are right, and a quarter within a second; others are wrong by anything up to hours. */
  private start(): Machine {
    const { virtual, chance } = this.config;
    const most = chance.pick([0, 0, 1000, chance.pick([6_000, 15_000, 40_000, 120_000, 7_200_000])]);
    const error = Math.round(chance.between(-most, most));
    return { clock: new ServerClock(() => virtual.now() + error), life: { dead: false } };
  }

  private uniqueness({ clock, life }: Machine, faults: Faults, reserveFor: "sign-up" | "migration") {
    const { virtual, chance, dynamoDb, cognito, unconfirmedHold } = this.config;
    const now = () => clock.now();
    const answered = () => clock.observe(new Date(Math.floor(virtual.now() / 1000) * 1000).toUTCString());
    const callTo = (execute: (target: string, input: object) => object) =>
      callOver(virtual, chance, faults, life, execute, answered);
    const call = callTo(cognito);
    const directory = new Directory({ listUsers: listUsersWith(call), unconfirmedHold, now });
    const table = dynamoTable(
      callTo((target, input) => dynamoDb.execute(target, input)),
      "reservations",
    );
    return byReservation({ table, directory, accounts: accountsWith(call), now, reserveFor });
  }

  private preSignUp(machine: Machine, faults: Faults) {
    return preSignUp({
      identifiers: this.config.identifiers,
      uniqueness: this.uniqueness(machine, faults, "sign-up"),
      federated: "refuse",
      linkToOwner: async () => false,
      messages: MESSAGES,
      log: () => {},
      count: () => {},
    });
  }

  private userMigration(machine: Machine, faults: Faults) {
    const { oldAttributes, identifiers } = this.config;
    return userMigration({
      identifiers,
      oldPool: {
        id: OLD_POOL,
        authenticate: async () => {},
        find: async (username) => ({
          username,
          status: "CONFIRMED",
          disabled: false,
          secondFactor: false,
          attributes: new Map(oldAttributes(username)),
        }),
        hasRival: async () => false,
      },
      uniqueness: this.uniqueness(machine, faults, "migration"),
      log: () => {},
      count: () => {},
    });
  }
}

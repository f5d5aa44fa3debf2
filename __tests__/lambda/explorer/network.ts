import { AwsError, type Call } from "../../../lambda/aws/client";
import { withRetries } from "../../../lambda/aws/request";
import type { Chance } from "./chance";
import type { Virtual } from "./virtual-time";

/** The probability of each fault in a call. */
export interface Faults {
  readonly lostRequest: number;
  readonly lostAnswer: number;
  readonly late: number;
  readonly doubled: number;
  readonly throttled: number;
  readonly broken: number;
  readonly conflict: number;
  readonly crash: number;
}

export const NO_FAULTS: Faults = {
  lostRequest: 0,
  lostAnswer: 0,
  late: 0,
  doubled: 0,
  throttled: 0,
  broken: 0,
  conflict: 0,
  crash: 0,
};

/** Milliseconds after which a late request is carried out at the latest: the caller has timed out long before. */
export const LATEST = 10_000;

/** A call of a function that can crash at any point. None of its later steps happens. */
export interface Life {
  dead: boolean;
}

export const FOREVER = new Promise<never>(() => {});

/**
 * Calls a service over a network that loses, delays and repeats messages. `execute` is the service. The retries are the real
 * client's. `answered` is called for every response.
 */
export function callOver(
  { sleep }: Virtual,
  chance: Chance,
  faults: Faults,
  life: Life,
  execute: (target: string, input: object) => object,
  answered: () => void,
): Call {
  const moment = () => {
    if (chance.of(faults.crash)) life.dead = true;
    return life.dead ? FOREVER : undefined;
  };
  return (target, input, deadline) => {
    const once = async (timeout: number): Promise<unknown> => {
      await moment();
      if (timeout <= 0) throw new AwsError("Timeout", false);
      const request = chance.of(faults.late) ? chance.between(500, LATEST) : chance.between(1, 40);
      const answer = request + chance.between(1, 40);
      const arrives = !chance.of(faults.lostRequest);
      const attempt = async (after: number): Promise<{ answer?: object; error?: unknown }> => {
        await sleep(after);
        if (chance.of(faults.throttled)) return { error: new AwsError("ThrottlingException", true) };
        if (target.endsWith("TransactWriteItems") && chance.of(faults.conflict)) {
          const CancellationReasons = [{ Code: "TransactionConflict" }, { Code: "None" }];
          return { error: new AwsError("TransactionCanceledException", false, { CancellationReasons }) };
        }
        try {
          return { answer: execute(target, input) };
        } catch (error) {
          return { error };
        }
      };
      const executed = arrives ? attempt(request) : undefined;
      if (arrives && chance.of(faults.doubled)) void attempt(chance.between(1, LATEST));
      const comes = executed && !chance.of(faults.lostAnswer) && answer < timeout;
      await sleep(comes ? answer : timeout);
      await moment();
      if (!comes) throw new AwsError("Timeout", true);
      if (chance.of(faults.broken)) throw new AwsError("InternalServerError", true);
      answered();
      const outcome = await executed;
      if (outcome.error) throw outcome.error;
      return outcome.answer;
    };
    return withRetries(once, deadline);
  };
}

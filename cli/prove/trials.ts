import { canonicalOf, type Identifiers } from "../../lambda/identity/account";
import { attemptOf, IN_FLIGHT, reservationKey } from "../../lambda/identity/reservation";
import type { Messages, Reason } from "../../lambda/trigger/messages";
import { withoutFullStop } from "../../lambda/trigger/refusal";
import { TAKEN } from "../../lambda/uniqueness/wanted";
import type { ReservationsTable } from "../../migration/reservations/table";
import { type Case, type Cast, raceOn, type SignUp } from "./cast";
import type { Answer, ProofPool } from "./pool";
import { broken, held, notSeen, type Result } from "./result";

/** Makes every sign-up of a cast, one after the other, and then the race. */
export class Trials {
  /** Answers of the cases, in their order. */
  readonly answers: Answer[] = [];

  constructor(
    private readonly pool: ProofPool,
    private readonly cast: Cast,
    private readonly identifiers: Identifiers,
    private readonly messages: Messages,
    /** Whether another function decides about sign-ups, too: it may refuse the proof's. */
    private readonly isAsked: boolean,
  ) {}

  async cases(): Promise<Result[]> {
    const results: Result[] = [];
    for (const each of this.cast.cases) {
      if (this.answers.length > 0 && this.answers[0]?.kind !== "admitted") {
        results.push(notSeen(each.promise, "The first sign-up was not admitted, so that there is nothing to repeat."));
        continue;
      }
      const answer = await this.pool.create(each.signUp);
      this.answers.push(answer);
      results.push(this.judged(each, answer));
    }
    return results;
  }

  async race(isReserved: boolean): Promise<Result> {
    const name = raceOn(this.identifiers);
    const promise = `of ${this.cast.race.length} sign-ups at the same moment with one ${name}, one is admitted`;
    if (!isReserved) return notSeen(promise, 'Not promised with uniqueness: "directory".');
    const answers = await Promise.all(this.cast.race.map((signUp) => this.pool.create(signUp)));
    const admitted = answers.filter(({ kind }) => kind === "admitted").length;
    const failed = answers.find(({ kind }) => kind === "failed");
    if (admitted > 1) return broken(promise, `${admitted} were admitted.`);
    if (admitted === 1) return held(promise, "1 was admitted.");
    return notSeen(promise, `None was admitted. ${failed?.text ?? answers[0]?.text}`);
  }

  /** A reservation of another sign-up: one that failed an hour ago is taken over, one that is in flight is respected. */
  async reservations(table: ReservationsTable): Promise<Result[]> {
    const { afterFailed, besideInFlight } = this.cast;
    const name = raceOn(this.identifiers);
    const leave = (signUp: SignUp, reservedAt: number) => {
      const other = { ...signUp, username: `other-${signUp.username}` };
      return table.put({
        key: reservationKey(name, canonicalOf(name, signUp[name] ?? "")),
        username: name === "username" ? signUp.username : other.username,
        email: this.identifiers.email ? signUp.email : "",
        ...(this.identifiers.phone_number && { phone_number: signUp.phone_number }),
        attempt: attemptOf(other.username, `other-${signUp.email}`, signUp.phone_number),
        reservedAt,
      });
    };
    await leave(afterFailed, Date.now() - 60 * IN_FLIGHT);
    await leave(besideInFlight, Date.now());
    return [
      this.judged(
        { promise: "what a failed sign-up left is taken over", signUp: afterFailed, expected: "admitted" },
        await this.pool.create(afterFailed),
      ),
      this.judged(
        {
          promise: "what another sign-up in flight has reserved is refused",
          signUp: besideInFlight,
          expected: TAKEN[name],
        },
        await this.pool.create(besideInFlight),
      ),
    ];
  }

  private judged({ promise, expected }: Case, { kind, text }: Answer): Result {
    if (kind === "failed") return notSeen(promise, text);
    if (expected === "admitted") {
      if (kind === "admitted") return held(promise, "Admitted.");
      return this.isAsked
        ? notSeen(promise, `Another function is asked, too, and may have refused it: ${text}`)
        : broken(promise, `Refused: ${text}`);
    }
    if (kind === "admitted") return broken(promise, "Admitted.");
    if (kind === "cognito") return held(promise, `Cognito itself refused: ${text}`);
    const message = withoutFullStop(this.messages[expected as Reason]);
    return says(text, message)
      ? held(promise, `Refused: ${message}`)
      : broken(promise, `Refused, but not with "${message}": ${text}`);
  }
}

/** Whether a refusal has exactly this message. Emulators quote it in what the function threw. */
export function says(text: string, message: string): boolean {
  return text === message || [`'${message}'`, JSON.stringify(message)].some((quoted) => text.includes(quoted));
}

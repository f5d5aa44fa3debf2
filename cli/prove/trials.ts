import { canonicalOf, type Identifiers } from "../../lambda/identity/account";
import { attemptOf, IN_FLIGHT, reservationKey } from "../../lambda/identity/reservation";
import type { Messages, Reason } from "../../lambda/trigger/messages";
import { withoutFullStop } from "../../lambda/trigger/refusal";
import { TAKEN } from "../../lambda/uniqueness/wanted";
import type { ReservationsTable } from "../../migration/reservations/table";
import { type Case, type Cast, RACERS, raceOn, type SignUp } from "./cast";
import type { Answer, ProofPool } from "./pool";
import { broken, held, notSeen, type Result } from "./result";

const NOT_FIRST = "Not tried: the first sign-up was not admitted, so that there is nothing to repeat.";

/** Makes every sign-up of a cast, one after the other, and then the race. */
export class Trials {
  /** Answers of the cases, in their order. */
  readonly answers: Answer[] = [];
  /** Answers to all sign-ups that were made one after the other. */
  readonly inTurn: Answer[] = [];
  private answered = 0;
  /** Whether ListUsers has not shown an account in time, so that an admission proves nothing. */
  private isBehind = false;

  constructor(
    private readonly pool: ProofPool,
    private readonly cast: Cast,
    private readonly identifiers: Identifiers,
    private readonly messages: Messages,
    /** Whether another function decides about sign-ups, too: it may refuse the proof's. */
    private readonly isAsked: boolean,
    /** Whether identifiers are reserved. Otherwise the function only finds what ListUsers shows. */
    private readonly isReserved: boolean,
    private readonly onAnswer: (answered: number) => void = () => {},
  ) {}

  async cases(): Promise<Result[]> {
    const results: Result[] = [];
    for (const each of this.cast.cases) {
      if (this.isHopeless) {
        results.push(notSeen(each.promise, NOT_FIRST));
        continue;
      }
      const answer = await this.createInTurn(each.signUp);
      this.answers.push(answer);
      results.push(this.judged(each, answer));
      if (answer.kind === "admitted" && !this.isReserved && (await this.pool.listed(each.signUp)) === undefined) {
        this.isBehind = true;
      }
    }
    return results;
  }

  /** A race in which no sign-up was admitted, because the functions came to their time limit, is run again with other identifiers. */
  async race(): Promise<Result> {
    const name = raceOn(this.identifiers);
    const promise = `of ${RACERS} sign-ups at the same moment with one ${name}, one is admitted`;
    if (this.isHopeless) return notSeen(promise, NOT_FIRST);
    let text = "";
    for (const racers of this.cast.races) {
      const answers = await Promise.all(racers.map((signUp) => this.create(signUp)));
      // What failed may have made an account all the same.
      const made = await this.pool.count(racers);
      const failed = answers.filter(({ kind }) => kind === "failed");
      const refused = answers.filter(({ kind }) => kind === "function" || kind === "cognito").length;
      text = `${made} accounts were made, ${refused} were refused, ${failed.length} came to no answer.${failed[0] ? ` ${failed[0].text}` : ""}`;
      if (made > 1) return broken(promise, text);
      if (made === 1 && refused > 0) return held(promise, text);
      text += ` ${answers.find(({ kind }) => kind !== "admitted")?.text ?? ""}`;
    }
    return notSeen(promise, text);
  }

  /** A reservation of another sign-up: one that failed an hour ago is taken over, one that is in flight is respected. */
  async reservations(table: ReservationsTable | undefined): Promise<Result[]> {
    const { afterFailed, besideInFlight } = this.cast;
    const name = raceOn(this.identifiers);
    const cases: readonly Case[] = [
      { promise: "what a failed sign-up left is taken over", signUp: afterFailed, expected: "admitted" },
      {
        promise: "what another sign-up in flight has reserved is refused",
        signUp: besideInFlight,
        expected: TAKEN[name],
      },
    ];
    if (this.isHopeless) return cases.map(({ promise }) => notSeen(promise, NOT_FIRST));
    if (table === undefined) {
      return cases.map(({ promise }) => notSeen(promise, "Not tried: there is no table that reservations can be in."));
    }
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
    const results: Result[] = [];
    for (const each of cases) results.push(this.judged(each, await this.createInTurn(each.signUp)));
    return results;
  }

  private get isHopeless(): boolean {
    return this.answers.length > 0 && this.answers[0]?.kind !== "admitted";
  }

  private async create(signUp: SignUp): Promise<Answer> {
    const answer = await this.pool.create(signUp);
    this.onAnswer(++this.answered);
    return answer;
  }

  private async createInTurn(signUp: SignUp): Promise<Answer> {
    const answer = await this.create(signUp);
    this.inTurn.push(answer);
    return answer;
  }

  private judged({ promise, expected }: Case, { kind, text }: Answer): Result {
    if (kind === "failed") return notSeen(promise, text);
    if (expected === "admitted") {
      if (kind === "admitted") return held(promise, "Admitted.");
      return this.isAsked
        ? notSeen(promise, `Another function is asked, too, and may have refused it: ${text}`)
        : broken(promise, `Refused: ${text}`);
    }
    if (kind === "admitted") {
      return this.isBehind
        ? notSeen(promise, "Admitted, but ListUsers has not shown the first account yet.")
        : broken(promise, "Admitted.");
    }
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

/** What the function has to have counted of these answers, at least. What failed may be counted or not. */
export function countsOf(answers: readonly Answer[], messages: Messages): { admitted: number; refused: number } {
  const texts = Object.entries(messages).flatMap(([reason, text]) =>
    reason === "unavailable" ? [] : [withoutFullStop(text)],
  );
  return {
    admitted: answers.filter(({ kind }) => kind === "admitted").length,
    refused: answers.filter(({ kind, text }) => kind === "function" && texts.some((one) => says(text, one))).length,
  };
}

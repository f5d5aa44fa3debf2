import type { Project } from "../../settings/project";
import { type Racer, race, startBothWays } from "../demo/race";
import type { EmulatedPool } from "../emulator/emulated-pool";
import type { RecordedCall } from "../emulator/local-lambda";
import type { Races, ShownRace, ShownRacer } from "./api";
import { verdictOf } from "./verdict";

/** Races in pools of their own, new ones for each race, so that the accounts of the page's pool stay as they are. */
export class RaceTrack {
  private last: Promise<unknown> = Promise.resolve();

  /** `folder` is for what is synthesized. */
  constructor(
    private readonly project: Project,
    private readonly environment: string,
    private readonly folder: string,
  ) {}

  /** A race in each pool, one after the other: they share this machine's processors. */
  run(): Promise<Races> {
    const races = this.last.then(() => this.runNow());
    this.last = races.catch(() => {});
    return races;
  }

  /** Waits for a race that is running. */
  async close(): Promise<void> {
    await this.last;
  }

  private async runNow(): Promise<Races> {
    const pools: EmulatedPool[] = [];
    try {
      const { reserved, directory } = await startBothWays(this.project, this.environment, this.folder, pools);
      return { reserved: shownRace(await race(reserved)), directory: shownRace(await race(directory)) };
    } finally {
      await Promise.all(pools.map((pool) => pool.close()));
    }
  }
}

function shownRace(racers: readonly Racer[]): ShownRace {
  const origin = Math.min(...racers.map(({ startedAt }) => startedAt));
  const shown = racers.map((racer) => shownRacer(racer, origin));
  const admitted = shown.filter(({ verdict }) => verdict === "admitted");
  const others = shown.filter(({ verdict }) => verdict !== "admitted");
  const firstAdmission = racers
    .flatMap(({ answer, invocation }) => (answer.admitted && invocation ? [invocation.endedAt] : []))
    .sort((one, other) => one - other)[0];
  return {
    racers: [...admitted.sort(byDecision), ...others.sort(byDecision)],
    admitted: admitted.length,
    firstAdmission: firstAdmission === undefined ? undefined : firstAdmission - origin,
  };
}

const byDecision = (one: ShownRacer, other: ShownRacer) =>
  (one.decided ?? one.answered) - (other.decided ?? other.answered);

function shownRacer({ username, email, startedAt, answeredAt, answer, invocation }: Racer, origin: number): ShownRacer {
  const decided = decisiveMoment(invocation?.calls ?? []);
  return {
    username,
    email,
    ...verdictOf(answer),
    start: startedAt - origin,
    decided: decided === undefined ? undefined : decided - origin,
    answered: answeredAt - origin,
  };
}

/** When the transaction was answered that decides about a sign-up; without one, the last look-up. */
function decisiveMoment(calls: readonly RecordedCall[]): number | undefined {
  const answered = calls.filter(({ endedAt }) => endedAt !== undefined);
  const transactions = answered.filter(({ target }) => target.endsWith(".TransactWriteItems"));
  return (transactions.length > 0 ? transactions : answered).at(-1)?.endedAt;
}

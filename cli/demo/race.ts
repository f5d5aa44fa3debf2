import path from "node:path";
import type { Environment, Project } from "../../settings/project";
import { EmulatedPool, type SignUpAnswer } from "../emulator/emulated-pool";
import { type Invocation, preciseNow } from "../emulator/local-lambda";
import { TerraformJson } from "../emulator/terraform-json";
import { synthesizeProject } from "../project";

/** Sign-ups that start at the same moment in the race. */
export const RACERS = 20;

/** A sign-up of the race. Times are milliseconds since 1970, with fractions. */
export interface Racer {
  readonly username: string;
  readonly email: string;
  readonly startedAt: number;
  readonly answeredAt: number;
  readonly answer: SignUpAnswer;
  /** The function's work on it; undefined where it was not called. */
  readonly invocation: Invocation | undefined;
}

/** Signs up at the same moment with one e-mail address in different letter cases, and as many usernames. */
export async function race(pool: EmulatedPool): Promise<Racer[]> {
  const address = "grace.hopper.and.the.race@example.com";
  const invocations = new Map<unknown, Invocation>();
  const stop = pool.observe((invocation) =>
    invocations.set((invocation.event as { userName?: unknown }).userName, invocation),
  );
  try {
    const racers = await Promise.all(
      Array.from({ length: RACERS }, async (_, racer) => {
        const email = [...address]
          .map((letter, index) => ((racer >> (index % 5)) & 1 ? letter.toUpperCase() : letter))
          .join("");
        const username = `racer${racer}`;
        const startedAt = preciseNow();
        const answer = await pool.signUp(username, { email });
        return { username, email, startedAt, answeredAt: preciseNow(), answer };
      }),
    );
    return racers.map((racer) => ({ ...racer, invocation: invocations.get(racer.username) }));
  } finally {
    stop();
  }
}

export const admitted = (racers: readonly Racer[]) => racers.filter(({ answer }) => answer.admitted).length;

export interface BothWays {
  readonly reserved: EmulatedPool;
  readonly directory: EmulatedPool;
}

/** Brings up an environment's pool once for each way of keeping identifiers unique. Each is added to `started`, also where the other one fails. */
export async function startBothWays(
  project: Project,
  environment: string,
  folder: string,
  started: EmulatedPool[],
): Promise<BothWays> {
  const start = async (uniqueness: Environment["uniqueness"]) => {
    const outdir = path.join(folder, uniqueness);
    await synthesizeProject(withUniqueness(project, environment, uniqueness), outdir);
    const pool = await EmulatedPool.start(await TerraformJson.read(path.join(outdir, "stacks", environment)));
    started.push(pool);
    return pool;
  };
  const [reserved, directory] = await Promise.all([start("reserved"), start("directory")]);
  return { reserved, directory };
}

function withUniqueness(project: Project, name: string, uniqueness: Environment["uniqueness"]): Project {
  const environments = project.environments.map((environment) =>
    environment.name === name ? { ...environment, uniqueness } : environment,
  );
  return { ...project, environments };
}

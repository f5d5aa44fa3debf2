import { access } from "node:fs/promises";
import { writeAtomically } from "../atomic-file";
import { textLinesOf } from "../lines";
import { MigrationError } from "../migration-error";
import type { PlanLine } from "./plan";

/** The pools of a plan. */
export interface Pools {
  readonly from: string;
  readonly to: string;
}

interface Header extends Pools {
  readonly format: 1;
}

/** Writes a plan as JSON lines, atomically; only its owner can read it. */
export function writePlan(file: string, { from, to }: Pools, lines: AsyncIterable<PlanLine>): Promise<void> {
  async function* pieces() {
    yield `${JSON.stringify({ format: 1, from, to } satisfies Header)}\n`;
    for await (const line of lines) yield `${JSON.stringify(line)}\n`;
  }
  return writeAtomically(file, pieces());
}

/** Reads a plan, line by line. Throws a {@link MigrationError} if there is none, or if it is a plan for other pools. */
export async function* readPlan(file: string, pools: Pools): AsyncGenerator<PlanLine> {
  await access(file).catch(() => {
    throw new MigrationError(
      `There is no plan ${file}: run \`npm run users -- plan --from ${pools.from} --to ${pools.to}\`.`,
    );
  });
  for await (const { text, number } of textLinesOf(file)) {
    const value = parsed(text, `${file}, line ${number}`);
    if (number > 1) yield value as PlanLine;
    else checkHeader(value as Partial<Header>, pools, file);
  }
}

function checkHeader({ format, from, to }: Partial<Header>, pools: Pools, file: string): void {
  if (format !== 1) throw new MigrationError(`${file} is not a plan of \`users plan\`: plan again.`);
  if (from !== pools.from || to !== pools.to) {
    throw new MigrationError(`${file} is a plan from ${from} to ${to}, not from ${pools.from} to ${pools.to}.`);
  }
}

function parsed(text: string, where: string): object {
  try {
    return JSON.parse(text);
  } catch {
    throw new MigrationError(`${where}: the line is not valid: plan again.`);
  }
}

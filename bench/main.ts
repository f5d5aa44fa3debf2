import Table from "cli-table3";
import { Argument, Command } from "commander";
import { describeError } from "../cli/describe-error";
import { wholeNumber } from "../cli/options";
import { note, print } from "../cli/print";
import { progressBar } from "../cli/progress";
import { type Goal, measureInTurns, type Outcome, outcomeOf, type Part } from "./measure";

/** Every part by the name that it is run by. Loaded when it is run. */
const PARTS: Readonly<Record<string, () => Promise<{ part: Part }>>> = {
  cold: () => import("./parts/cold"),
  warm: () => import("./parts/warm"),
  size: () => import("./parts/size"),
  synth: () => import("./parts/synth"),
  growth: () => import("./parts/growth"),
};
const LOAD = "load";

const program = new Command("bench")
  .description("Measures the project against what would be used otherwise; docs/performance.md has the last figures.")
  .addArgument(new Argument("[parts...]", "all but load where none is named").choices([...Object.keys(PARTS), LOAD]))
  .option("--rounds <number>", "measurements of each subject", wholeNumber(1, 1000))
  .showHelpAfterError("(add --help for what there is)")
  .action(async (names: string[], { rounds }: { rounds?: number }) => {
    const table = plainTable(["", "what", "against", "medians", "ratio (quartiles)", "goal", ""]);
    const skipped: string[] = [];
    for (const name of names.length > 0 ? names : Object.keys(PARTS)) {
      if (name === LOAD) await printLoad();
      const part = (await PARTS[name]?.())?.part;
      if (!part) continue;
      const result = await run(name, part, rounds);
      for (const [goal, outcome] of result.outcomes) table.push(row(part, goal, outcome));
      skipped.push(...result.skipped);
    }
    if (table.length > 0) print(table.toString());
    for (const why of skipped) print(`Skipped: ${why}`);
  });

/** Measures a part; what is measured once is a size, and the same in every round. */
async function run(name: string, { goals, prepare, ...part }: Part, rounds = part.rounds) {
  const { subjects, skipped = [], close } = await prepare(note);
  let bar: ReturnType<typeof progressBar> | undefined;
  try {
    const samples = await measureInTurns(subjects, part.rounds === 1 ? 1 : rounds, (done, total) => {
      bar ??= progressBar(`measurements of ${name}`, total);
      bar.update(done);
    });
    return { skipped, outcomes: goals.map((goal) => [goal, outcomeOf(goal, samples)] as const) };
  } finally {
    bar?.stop();
    await close?.();
  }
}

function row({ title, unit }: Part, { subject, baseline, atMost }: Goal, outcome: Outcome | undefined): string[] {
  const claim = [title, subject, baseline];
  if (!outcome) return [...claim, "", "not measured", `≤ ${atMost}`, ""];
  const { medians, ratio, quartiles } = outcome;
  const [low, high] = quartiles.map((quartile) => quartile.toPrecision(3));
  return [
    ...claim,
    `${medians.map((value) => value.toPrecision(3)).join(" / ")} ${unit}`,
    `${ratio.toPrecision(3)}${low === high ? "" : ` (${low} to ${high})`}`,
    `≤ ${atMost}`,
    ratio <= atMost ? "met" : "missed",
  ];
}

async function printLoad(): Promise<void> {
  const { HEAD, loadRows } = await import("./load/load");
  const table = plainTable(HEAD);
  for await (const cells of loadRows()) table.push(cells);
  print(table.toString());
}

/** A table of single lines. */
function plainTable(head: readonly string[]) {
  const chars = { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" };
  return new Table({ head: [...head], chars, style: { head: [], border: [] } });
}

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${describeError(error)}\n`);
  process.exitCode = 1;
});

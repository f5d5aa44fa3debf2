import { Argument, Command } from "commander";
import { Failure } from "../cli/failure";
import { wholeNumber } from "../cli/options";
import { note, print } from "../cli/print";
import { progressBar } from "../cli/progress";
import { BENCHMARKS } from "./benchmarks";

const program = new Command("bench")
  .description(
    "Measures the project against what would be used otherwise; goals and figures are in docs/performance.md.",
  )
  .showHelpAfterError("(add --help for what there is)");

program
  .command("run", { isDefault: true })
  .description("run benchmarks, print their tables, and keep the figures in bench/results")
  .addArgument(new Argument("[benchmarks...]", "all where none is named").choices(Object.keys(BENCHMARKS)))
  .option("--rounds <number>", "measurements of each subject", wholeNumber(1, 1000))
  .option("--json <file>", "keep the figures in this file instead, as a list")
  .action(async (names: string[], options: { rounds?: number; json?: string }) => {
    const [{ run }, { saveResult, saveResults }, { table }] = await Promise.all([
      import("./measure/run"),
      import("./measure/results"),
      import("./report/table"),
    ]);
    const results = [];
    for (const name of names.length > 0 ? names : Object.keys(BENCHMARKS)) {
      const { benchmark } = (await BENCHMARKS[name]?.()) ?? {};
      if (!benchmark) continue;
      let bar: ReturnType<typeof progressBar> | undefined;
      const result = await run(benchmark, {
        name,
        // What is measured once is a size, and the same in every round.
        rounds: benchmark.rounds === 1 ? 1 : (options.rounds ?? benchmark.rounds),
        note,
        onProgress(done, total) {
          bar ??= progressBar(`measurements of ${name}`, total);
          bar.update(done);
        },
      }).finally(() => bar?.stop());
      print(`${table(result)}\n`);
      results.push(result);
      if (!options.json) await saveResult(result);
    }
    if (options.json) await saveResults(options.json, results);
  });

program
  .command("load")
  .description("simulate more and more sign-ups a second against Cognito's quotas")
  .action(async () => {
    const [{ simulateLoad }, { loadTable }] = await Promise.all([import("./load/load"), import("./report/load")]);
    print(loadTable(await simulateLoad(note)));
  });

program
  .command("report")
  .description("write docs/performance.md and its plots from the figures in bench/results")
  .action(async () => {
    const { writeReport } = await import("./report/report");
    for (const file of await writeReport()) print(file);
  });

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Failure ? error.message : (error as Error)?.stack}\n`);
  process.exitCode = error instanceof Failure ? error.exitCode : 1;
});

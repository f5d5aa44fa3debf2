import { parseArgs } from "node:util";
import { BOUNDS, explore } from "./explore";
import { foundBy, MUTANTS, seeds } from "./mutants";
import { KINDS } from "./pool";

const HELP = `Usage: npm run test:explore -- [options]

runs the reservations' protocol with random events, in virtual time

Options:
  --runs <number>       how many runs (default: 50000)
  --from <seed>         seed of the first run (default: 1)
  --seed <number>       one run only, with all of its events
  --mutants             puts faults into the sources, and counts the runs until each is found
  --kind <kind>         identifiers of the pool: ${KINDS.join(", ")} (default: email)
  --lag <seconds>       how far ListUsers may be behind (default: ${BOUNDS.lag / 1000})
  --creation <seconds>  how long after the function's answer an account may be made (default: ${BOUNDS.creation / 1000})
  -h, --help            display help for command

Exit code: 0 when nothing was found, 1 when a run found something that must not happen.`;

/**
 * `npm run test:explore`: many runs; one whose seed is given, with everything that happened in it; or, for each fault that
 * is put into the protocol on purpose, how many runs it takes to find it.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: "string", default: "50000" },
      from: { type: "string", default: "1" },
      seed: { type: "string" },
      mutants: { type: "boolean" },
      kind: { type: "string", default: "email" },
      help: { type: "boolean", short: "h" },
      lag: { type: "string", default: String(BOUNDS.lag / 1000) },
      creation: { type: "string", default: String(BOUNDS.creation / 1000) },
    },
  });
  const print = (text: string) => void process.stdout.write(`${text}\n`);
  if (values.help) return print(HELP);
  const bounds = { lag: Number(values.lag) * 1000, creation: Number(values.creation) * 1000 };
  const kind = KINDS.find((one) => one === values.kind);
  if (!kind) throw new Error(`--kind is none of ${KINDS.join(", ")}`);
  if (values.seed !== undefined) {
    const { events, violations } = await explore(Number(values.seed), bounds, kind);
    print([...events, ...violations.map((violation) => `VIOLATION: ${violation}`)].join("\n"));
    if (violations.length > 0) process.exitCode = 1;
    return;
  }
  if (values.mutants) {
    for (const mutant of MUTANTS) {
      const found = await foundBy(mutant, seeds(Number(values.runs)));
      print(`${found === undefined ? "not found" : `found by run ${found}`}: ${mutant.what}`);
    }
    return;
  }
  const [first, runs] = [Number(values.from), Number(values.runs)];
  const failing: number[] = [];
  const start = Date.now();
  for (let seed = first; seed < first + runs; seed++) {
    const { violations } = await explore(seed, bounds, kind);
    if (violations.length > 0) {
      failing.push(seed);
      print(`seed ${seed}: ${violations[0]}`);
    }
    const done = seed - first + 1;
    if (done % 2500 === 0) print(`${done} of ${runs} runs, ${((Date.now() - start) / done).toFixed(1)} ms each`);
  }
  print(`${runs} runs: ${failing.length} found something that must not happen.`);
  if (failing.length === 0) return;
  print(`One of them again, with what happened: npm run test:explore -- --kind ${kind} --seed ${failing[0]}`);
  process.exitCode = 1;
}

void main();

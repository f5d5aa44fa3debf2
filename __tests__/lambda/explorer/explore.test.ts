import { explore } from "./explore";

const RUNS = 2000;

it(`${RUNS} runs find nothing that must not happen`, async () => {
  for (let seed = 1; seed <= RUNS; seed++) {
    const { violations, events } = await explore(seed);
    if (violations.length > 0) throw new Error(`seed ${seed}\n${events.join("\n")}\n${violations.join("\n")}`);
  }
}, 120_000);

import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { BENCHMARKS } from "../benchmarks";
import { type LoadResult, readLoad } from "../load/load";
import { readResults } from "../measure/results";
import { admittedPlot, loadRows, waitingPlot } from "./load";
import { fill, machines, section, summaryTable } from "./markdown";
import { plot } from "./plots";

const PLOTS = "performance";
/** Rates of the simulation that the page's table shows. */
const RATES = [5, 10, 14, 20, 30, 40];

/** Writes figures and plots from bench/results into the pages that show them; answers the files written. */
export async function writeReport(docs = "docs"): Promise<string[]> {
  const results = await readResults(Object.keys(BENCHMARKS));
  const load = await readLoad();
  const sections = results.map((result) => [result.benchmark, section(result, `${PLOTS}/${result.benchmark}.svg`)]);
  const texts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    "performance.md": { goals: summaryTable(results), machine: machines(results), ...Object.fromEntries(sections) },
    "sign-up-cost.md": { load: loadSection(load) },
  };
  const plots = {
    ...Object.fromEntries(results.map((result) => [result.benchmark, plot(result)])),
    "load-admitted": admittedPlot(load),
    "load-waiting": waitingPlot(load),
  };
  await mkdir(path.join(docs, PLOTS), { recursive: true });
  const written: string[] = [];
  const write = async (file: string, text: string) => {
    await writeFile(path.join(docs, file), text);
    written.push(path.join(docs, file));
  };
  for (const [name, svg] of Object.entries(plots)) await write(path.join(PLOTS, `${name}.svg`), svg);
  for (const [page, filling] of Object.entries(texts)) {
    await write(page, fill(await readFile(path.join(docs, page), "utf8"), filling));
  }
  return written;
}

function loadSection(load: LoadResult): string {
  return [
    `![Sign-ups admitted, of those offered](${PLOTS}/load-admitted.svg)`,
    `![Waiting time, 95th percentile](${PLOTS}/load-waiting.svg)`,
    loadRows(load, RATES).join("\n"),
  ].join("\n\n");
}

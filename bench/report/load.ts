import type { LoadResult } from "../load/load";
import { LIST_USERS, type Load, WAYS, type Way } from "../load/simulation";
import { figure } from "./figures";
import { lineChart } from "./svg";
import { plain } from "./table";

const HEAD = ["way", "offered/s", "admitted/s", "failed closed/s", "wait, median", "wait, 95 %", "ListUsers each"];

/** The simulation's figures for a terminal. */
export function loadTable({ loads }: LoadResult): string {
  const table = plain(HEAD);
  for (const load of loads) table.push([load.way, ...cells(load)]);
  return table.toString();
}

/** Admitted a second for what is offered a second. */
export function admittedPlot({ loads }: LoadResult): string {
  const most = Math.max(...loads.map(({ offered }) => offered));
  const quota = [
    [0, LIST_USERS],
    [most, LIST_USERS],
  ] as const;
  return lineChart({
    title: "Sign-ups admitted, of those offered",
    x: "offered a second",
    y: "admitted a second",
    lines: [
      ...series(loads, ({ admitted }) => admitted),
      { label: `Cognito's quota of ListUsers calls: ${LIST_USERS} a second`, points: quota, dashed: true },
    ],
  });
}

/** The wait of the slowest twentieth for what is offered a second. */
export function waitingPlot({ loads }: LoadResult): string {
  return lineChart({
    title: "Waiting time, 95th percentile",
    x: "offered a second",
    y: "milliseconds",
    lines: series(loads, ({ waiting }) => waiting.p95),
  });
}

/** Rows of a Markdown table, for some of the rates. */
export function loadRows({ loads }: LoadResult, rates: readonly number[]): string[] {
  return [
    `| ${HEAD.join(" | ")} |`,
    `| ${HEAD.map((_, column) => (column === 0 ? "---" : "---:")).join(" | ")} |`,
    ...loads
      .filter(({ offered }) => rates.includes(offered))
      .map((load) => `| ${[load.way, ...cells(load)].join(" | ")} |`),
  ];
}

function cells({ offered, admitted, failedClosed, waiting, calls }: Load): string[] {
  const ms = (value: number) => `${figure(value)} ms`;
  return [String(offered), figure(admitted), figure(failedClosed), ms(waiting.median), ms(waiting.p95), figure(calls)];
}

function series(loads: readonly Load[], value: (load: Load) => number) {
  return WAYS.map((way: Way) => ({
    label: way,
    points: loads.filter((load) => load.way === way).map((load) => [load.offered, value(load)] as const),
  }));
}

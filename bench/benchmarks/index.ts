import type { Benchmark } from "../measure/benchmark";

/** Every benchmark by the name that it is run by. Loaded when it is run. */
export const BENCHMARKS: Readonly<Record<string, () => Promise<{ benchmark: Benchmark }>>> = {
  cold: () => import("./cold"),
  warm: () => import("./warm"),
  size: () => import("./size"),
  synth: () => import("./synth"),
  grow: () => import("./grow"),
  test: () => import("./test"),
  start: () => import("./start"),
  packages: () => import("./packages"),
};

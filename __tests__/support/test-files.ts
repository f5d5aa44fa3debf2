import { readdirSync } from "node:fs";

/** Every file of tests, by its path. */
export function testFiles(): string[] {
  return readdirSync("__tests__", { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:test|command|e2e|story)\.ts$/.test(name))
    .map((name) => `__tests__/${name}`)
    .sort();
}

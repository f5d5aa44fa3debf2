import { quoted } from "../review/render/words";

/** How commands are called; in this repository they are scripts of npm's. */
let prefix = "npm run";

/** Says that this process is called in another way: `npx one-person-one-account`. */
export function calledAs(other: string): void {
  prefix = other;
}

/** A command line for advice: `npm run users -- move --from …`. */
export function commandLine(script: string, ...args: readonly string[]): string {
  return [prefix, script, ...(prefix === "npm run" ? ["--"] : []), ...args.map(quoted)].join(" ");
}

/** The command as it was called, for advice that adds something to it: `npm run review -- prod --plan prod.json`. */
export function asCalled(script = process.argv[2] ?? ""): string {
  return commandLine(script, ...process.argv.slice(3));
}

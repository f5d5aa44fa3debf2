import { quoted } from "../review/render/words";

/** The command as it was called, for advice that adds something to it: `npm run review -- prod --plan prod.json`. */
export function asCalled(script = process.argv[2] ?? ""): string {
  return ["npm run", script, "--", ...process.argv.slice(3).map(quoted)].join(" ");
}

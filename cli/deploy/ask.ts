import readline from "node:readline/promises";
import { Failure } from "../failure";

/** Asks on the terminal whether to go on. Throws a {@link Failure} where the answer is no, or no terminal is there. */
export async function askToGoOn(question: string): Promise<void> {
  if (process.stdin.isTTY !== true) {
    throw new Failure("Nothing was changed: there is no terminal to ask on. Add --auto-approve to go on unasked.", 64);
  }
  // Not as a terminal: readline would take Ctrl-C for itself.
  const lines = readline.createInterface({ input: process.stdin, output: process.stdout, terminal: false });
  const closed = new Promise<string>((resolve) => lines.once("close", () => resolve("")));
  try {
    const answer = await Promise.race([lines.question(`${question} Only "yes" is a yes: `), closed]);
    if (answer.trim() !== "yes") throw new Failure("Nothing was changed: the answer was not yes.");
  } finally {
    lines.close();
  }
}

/** Writes a line of a command's result. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Writes a line about how a command is getting on, apart from its result. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

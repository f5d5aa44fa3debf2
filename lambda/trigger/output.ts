/**
 * Writes to standard output, from which Lambda reads a function's log. `console` is not used: with the log format JSON, Lambda
 * puts its output into the field `message` of another line, and CloudWatch creates no metrics from such a line.
 */
export function write(line: string): void {
  process.stdout.write(line);
}

import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { Failure } from "../cli/failure";

interface Finished {
  /** Milliseconds from the start of the process to its first output on file descriptor 3, or to its end if there is none. */
  readonly ms: number;
  /** Its output on file descriptor 3. */
  readonly answer: string;
}

/** Runs a program to its end. Throws a {@link Failure} with its output if it fails. */
export function timed(
  program: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv },
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    let answered: number | undefined;
    let answer = "";
    let said = "";
    const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe", "pipe"] });
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (said += chunk));
    (child.stdio[3] as Readable).on("data", (chunk) => {
      answered ??= performance.now();
      answer += chunk;
    });
    child.once("error", reject);
    child.once("close", (code) => {
      const ms = (answered ?? performance.now()) - start;
      if (code === 0) resolve({ ms, answer });
      else reject(new Failure(`${[program, ...args].join(" ")} ended with exit code ${code}:\n${said}`));
    });
  });
}

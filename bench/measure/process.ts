import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { Failure } from "../../cli/failure";

export interface ProcessOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

export interface Finished {
  /** Milliseconds from the start of the process to its first word on file descriptor 3, or else to its end. */
  readonly ms: number;
  /** What it wrote to file descriptor 3. */
  readonly answer: string;
  readonly stdout: string;
}

/** Runs a program to its end. Throws a {@link Failure} with what it wrote where it fails. */
export function timed(
  program: string,
  args: readonly string[],
  { cwd, env = process.env }: ProcessOptions = {},
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    let answered: number | undefined;
    const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe", "pipe"] });
    const text = { stdout: "", stderr: "", answer: "" };
    const keep = (name: keyof typeof text, stream: Readable) =>
      stream.setEncoding("utf8").on("data", (chunk: string) => {
        if (name === "answer") answered ??= performance.now();
        text[name] += chunk;
      });
    keep("stdout", child.stdio[1] as Readable);
    keep("stderr", child.stdio[2] as Readable);
    keep("answer", child.stdio[3] as Readable);
    child.once("error", reject);
    child.once("close", (code) => {
      const ms = (answered ?? performance.now()) - start;
      if (code === 0) resolve({ ms, answer: text.answer, stdout: text.stdout });
      else
        reject(
          new Failure(`${[program, ...args].join(" ")} ended with exit code ${code}:\n${text.stdout}${text.stderr}`),
        );
    });
  });
}

/** The first line that a program prints, or undefined where it is not there. */
export async function versionOf(program: string, ...args: readonly string[]): Promise<string | undefined> {
  const finished = await timed(program, args).catch(() => undefined);
  return finished?.stdout.trim().split("\n")[0];
}

import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { atExit } from "./cleanup";
import { isInterrupted, passSignalsTo, throwIfInterrupted } from "./signals";

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ChildOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Is given what the child prints, as it prints it. */
  readonly onStdout?: (text: string) => void;
  readonly onStderr?: (text: string) => void;
  /** Mode bits that the child's files do not get. @default this process's */
  readonly umask?: number;
  /**
   * False for a program that must be the only one of its processes to get a signal: Terraform's providers would end in the
   * middle of what they do. @default true
   */
  readonly signalGroup?: boolean;
}

/**
 * Runs a program to its end. It has a session of its own, so that Ctrl-C in a terminal reaches it once, through this
 * process, which waits for it. Throws Interrupted where a signal came before it was started, or while it ran.
 */
export async function runChild(
  program: string,
  args: readonly string[],
  { onStdout, onStderr, umask, signalGroup = true, ...options }: ChildOptions = {},
): Promise<Finished> {
  throwIfInterrupted();
  const finished = await new Promise<Finished>((resolve, reject) => {
    // Pipes, also where the output is shown: a child that writes to a closed pipe of ours would be ended by that.
    const child = spawnWith(umask, program, args, { ...options, stdio: ["ignore", "pipe", "pipe"], detached: true });
    passSignalsTo(child, { group: signalGroup });
    let [stdout, stderr] = ["", ""];
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      onStdout?.(text);
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      onStderr?.(text);
    });
    child.once("error", reject);
    child.once("close", (code) => resolve({ code: code ?? 1, stdout, stderr }));
  });
  throwIfInterrupted();
  return finished;
}

/** The same, for a program that has to end with exit code 0; throws an error that has its last line otherwise. */
export async function outputOf(program: string, args: readonly string[], options?: ChildOptions): Promise<Finished> {
  const finished = await runChild(program, args, options);
  if (finished.code === 0) return finished;
  const output = finished.stderr.trim() || finished.stdout.trim();
  throw new ChildError(output.split("\n").at(-1) || `exit code ${finished.code}`, finished);
}

/** A child process ended with another exit code than 0. Its message is the last line that it printed. */
export class ChildError extends Error {
  override readonly name = "ChildError";

  constructor(
    message: string,
    readonly finished: Finished,
  ) {
    super(message);
  }
}

/** Passes on what a child prints behind the scenes once it has been told to end: what it waits for is of interest then. */
export function onceInterrupted(show: (text: string) => void): (text: string) => void {
  return (text) => {
    if (isInterrupted()) show(text);
  };
}

/** Starts a program that serves this process, and ends with it. */
export function startServant(program: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  throwIfInterrupted();
  const child = spawn(program, args, { ...options, detached: true });
  const ended = atExit(() => child.kill());
  child.once("exit", ended);
  child.once("error", ended);
  return child;
}

/** Processes have no other way to be given a umask than to inherit it. */
function spawnWith(umask: number | undefined, program: string, args: readonly string[], options: SpawnOptions) {
  if (umask === undefined) return spawn(program, args, options);
  const before = process.umask(umask);
  try {
    return spawn(program, args, options);
  } finally {
    process.umask(before);
  }
}

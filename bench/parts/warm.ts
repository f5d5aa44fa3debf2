import { type ChildProcess, spawn } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import type { Readable } from "node:stream";
import { EVENT, type LocalFunction, NAMES, startFunctions } from "../functions";
import type { Part, Subject } from "../measure";

const { baseline, empty, directory, reserved } = NAMES;

/** Latency of every call to AWS in milliseconds. */
const DELAY = 20;

/**
 * The time from an event to its response in a warm process with open connections. The baseline looks up the username and the
 * address in sequence.
 */
export const part: Part = {
  title: "Warm sign-up",
  unit: "ms",
  // Enough for the first, slower ones not to count: functions are compiled as they are used.
  rounds: 300,
  goals: [
    { subject: directory, baseline, atMost: 0.51 },
    { subject: reserved, baseline, atMost: 0.51 },
  ],
  async prepare(note) {
    const functions = await startFunctions(DELAY, note);
    const running = functions.all.filter(({ name }) => name !== empty).map((fn) => new WarmFunction(fn));
    return {
      subjects: running,
      skipped: functions.skipped,
      async close() {
        for (const fn of running) fn.stop();
        await functions.close();
      },
    };
  },
};

/** A function with a running process. */
class WarmFunction implements Subject {
  readonly name: string;
  private readonly child: ChildProcess;
  private readonly answers: Interface;

  constructor({ name, program, args, env }: LocalFunction) {
    this.name = name;
    this.child = spawn(program, args, { env, stdio: ["pipe", "ignore", "inherit", "pipe"] });
    this.answers = createInterface({ input: this.child.stdio[3] as Readable });
  }

  async measure(): Promise<number> {
    const start = performance.now();
    const answered = new Promise<string>((resolve, reject) => {
      this.answers.once("line", resolve);
      this.answers.once("close", () => reject(new Error(`${this.name} ended before it answered.`)));
    });
    this.child.stdin?.write(`${EVENT}\n`);
    await answered;
    this.answers.removeAllListeners("close");
    return performance.now() - start;
  }

  stop(): void {
    this.child.kill();
  }
}

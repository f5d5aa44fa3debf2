import { type ChildProcess, spawn } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import type { Readable } from "node:stream";
import { EVENT, type LocalFunction, NAMES, startFunctions } from "../functions";
import type { Part, Subject } from "../measure";

const { article, empty, directory, reserved } = NAMES;

/** Milliseconds after which every call to AWS is answered. */
const DELAY = 20;

/**
 * From an event to its answer in a process that has answered others before, over connections that are open. The article
 * asks for the username, waits, and asks for the address.
 */
export const part: Part = {
  title: "Warm sign-up",
  unit: "ms",
  rounds: 60,
  goals: [
    { subject: directory, baseline: article, atMost: 0.51 },
    { subject: reserved, baseline: article, atMost: 0.51 },
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

/** A function whose process stays. */
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

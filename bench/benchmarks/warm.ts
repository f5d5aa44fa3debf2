import { type ChildProcess, spawn } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import type { Readable } from "node:stream";
import type { Benchmark } from "../measure/benchmark";
import { EVENT, Functions, type LocalFunction, NAMES } from "../measure/functions";

const { article, sdk, empty, directory, reserved } = NAMES;

/** Milliseconds after which every call to AWS is answered. */
const DELAY = 20;

export const benchmark: Benchmark = {
  title: "Warm sign-up",
  how:
    `From an event to its answer in a process that has answered others before, over connections that are open; every call is answered after ${DELAY} ms. ` +
    "The article asks for the username, waits, and asks for the address.",
  rounds: 60,
  goals: [
    { what: "against the article's", subject: directory, baseline: article, unit: "ms", atMost: 0.51 },
    { what: "against the article's", subject: reserved, baseline: article, unit: "ms", atMost: 0.51 },
    { what: "against the AWS SDK", subject: directory, baseline: sdk, unit: "ms" },
  ],
  async prepare(note) {
    const functions = await Functions.start(DELAY, note);
    const running = functions.all.filter(({ name }) => name !== empty).map((fn) => new WarmFunction(fn));
    return {
      subjects: running,
      skipped: functions.skipped,
      versions: functions.versions,
      async close() {
        for (const fn of running) fn.stop();
        await functions.close();
      },
    };
  },
};

/** A function whose process stays. */
class WarmFunction {
  readonly name: string;
  private readonly child: ChildProcess;
  private readonly answers: Interface;

  constructor({ name, program, args, env }: LocalFunction) {
    this.name = name;
    this.child = spawn(program, args, { env, stdio: ["pipe", "ignore", "inherit", "pipe"] });
    this.answers = createInterface({ input: this.child.stdio[3] as Readable });
  }

  async measure() {
    const start = performance.now();
    const answered = new Promise<string>((resolve, reject) => {
      this.answers.once("line", resolve);
      this.answers.once("close", () => reject(new Error(`${this.name} ended before it answered.`)));
    });
    this.child.stdin?.write(`${EVENT}\n`);
    await answered;
    this.answers.removeAllListeners("close");
    return { ms: performance.now() - start };
  }

  stop(): void {
    this.child.kill();
  }
}

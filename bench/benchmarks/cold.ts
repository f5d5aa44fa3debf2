import { Failure } from "../../cli/failure";
import type { Benchmark } from "../measure/benchmark";
import { EVENT, Functions, NAMES } from "../measure/functions";
import { timed } from "../measure/process";

const { article, sdk, empty, directory, reserved } = NAMES;

export const benchmark: Benchmark = {
  title: "Cold start",
  how:
    "From the start of a process to its first answer: the interpreter starts, the function is loaded and asks what it has to ask, over TLS, of a " +
    "server on this machine that answers at once. Every process signs up the same person, whom nobody stands against. What Lambda does before a " +
    "process starts is not in it.",
  rounds: 80,
  goals: [
    { what: "against the article's", subject: directory, baseline: article, unit: "ms", atMost: 0.27 },
    { what: "against the floor", subject: directory, baseline: empty, unit: "ms", atMost: 1.7 },
    { what: "against the floor", subject: reserved, baseline: empty, unit: "ms", atMost: 1.8 },
    { what: "against the article's", subject: reserved, baseline: article, unit: "ms" },
    { what: "against the AWS SDK", subject: directory, baseline: sdk, unit: "ms" },
  ],
  async prepare(note) {
    const functions = await Functions.start(0, note);
    return {
      subjects: functions.all.map(({ name, program, args, env }) => ({
        name,
        async measure() {
          const { ms, answer } = await timed(program, [...args, EVENT], { env });
          if (JSON.stringify(JSON.parse(answer)) !== EVENT) throw new Failure(`${name} answered ${answer}`);
          return { ms };
        },
      })),
      skipped: functions.skipped,
      versions: functions.versions,
      close: () => functions.close(),
    };
  },
};

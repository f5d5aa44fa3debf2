import { Failure } from "../../cli/failure";
import { EVENT, NAMES, startFunctions } from "../functions";
import type { Part } from "../measure";
import { timed } from "../process";

const { article, empty, directory, reserved } = NAMES;

/**
 * From the start of a process to its first answer: the interpreter starts, the function is loaded and asks what it has to
 * ask, over TLS, of a server on this machine that answers at once. What Lambda does before a process starts is not in it.
 */
export const part: Part = {
  title: "Cold start",
  unit: "ms",
  rounds: 60,
  goals: [
    { subject: directory, baseline: article, atMost: 0.29 },
    { subject: reserved, baseline: article, atMost: 0.29 },
    { subject: directory, baseline: empty, atMost: 1.75 },
    { subject: reserved, baseline: empty, atMost: 1.75 },
  ],
  async prepare(note) {
    const functions = await startFunctions(0, note);
    return {
      subjects: functions.all.map(({ name, program, args, env }) => ({
        name,
        async measure() {
          const { ms, answer } = await timed(program, [...args, EVENT], { env });
          if (JSON.stringify(JSON.parse(answer)) !== EVENT) throw new Failure(`${name} answered ${answer}`);
          return ms;
        },
      })),
      skipped: functions.skipped,
      close: () => functions.close(),
    };
  },
};

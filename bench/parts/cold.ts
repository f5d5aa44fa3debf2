import { Failure } from "../../cli/failure";
import { EVENT, NAMES, startFunctions } from "../functions";
import type { Part } from "../measure";
import { timed } from "../process";

const { baseline, empty, directory, reserved } = NAMES;

/**
 * The time from the start of a process to its first response: the interpreter starts, the function is loaded and makes its
 * calls over TLS to a local server that responds at once. Lambda's own work before the process starts is not included.
 */
export const part: Part = {
  title: "Cold start",
  unit: "ms",
  rounds: 60,
  goals: [
    { subject: directory, baseline, atMost: 0.29 },
    { subject: reserved, baseline, atMost: 0.29 },
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

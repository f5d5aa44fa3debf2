import { setTimeout as sleep } from "node:timers/promises";
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { RETRIES } from "../clients";
import type { SignUp } from "./cast";
import { heldIf, notSeen, type Result } from "./result";

/** Milliseconds between two questions for the log, and how often it is asked: lines come seconds after the call. */
const PAUSE = 3_000;
const QUESTIONS = 20;

const THERE = "the function has logged the sign-ups";
const NOTHING_PERSONAL = "its log holds no name, address or number of them";

/** Looks for the lines of the run in the function's log. */
export async function logResults(
  region: string,
  logGroupName: string,
  run: { readonly since: number; readonly letters: string; readonly signUps: readonly SignUp[] },
): Promise<Result[]> {
  const client = new CloudWatchLogsClient({ region, ...RETRIES });
  for (let question = 0; question < QUESTIONS; question++) {
    if (question > 0) await sleep(PAUSE);
    const lines = await linesOf(client, logGroupName, run.since);
    if (lines.some(isOfFunction)) return judged(lines, run.letters, run.signUps);
  }
  return [THERE, NOTHING_PERSONAL].map((promise) => notSeen(promise, "Not seen yet: no lines have come."));
}

/** Whether the function itself wrote a line: of log or of metrics. */
function isOfFunction(line: string): boolean {
  return /"(?:trigger|FunctionName)":/.test(line);
}

export function judged(lines: readonly string[], run: string, signUps: readonly SignUp[]): Result[] {
  const numbers = signUps.flatMap(({ phone_number }) => phone_number ?? []);
  // Compatibility forms and letter case may not hide a name.
  const leaks = lines.filter((line) => {
    const plain = line.normalize("NFKC").toLowerCase();
    return plain.includes(run) || numbers.some((number) => line.includes(number));
  });
  const count = lines.filter(isOfFunction).length;
  return [
    heldIf(count > 0, THERE, `${count} lines since the run began.`),
    heldIf(
      leaks.length === 0,
      NOTHING_PERSONAL,
      leaks.length === 0 ? `None of ${lines.length} lines.` : `${leaks.length} of ${lines.length} lines hold one.`,
    ),
  ];
}

async function linesOf(client: CloudWatchLogsClient, logGroupName: string, startTime: number): Promise<string[]> {
  const lines: string[] = [];
  let nextToken: string | undefined;
  try {
    do {
      const answer = await client.send(new FilterLogEventsCommand({ logGroupName, startTime, nextToken }));
      lines.push(...(answer.events ?? []).map(({ message = "" }) => message));
      nextToken = answer.nextToken;
    } while (nextToken !== undefined);
  } catch (error) {
    if ((error as Error).name !== "ResourceNotFoundException") throw error;
  }
  return lines;
}

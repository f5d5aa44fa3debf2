import { setTimeout as sleep } from "node:timers/promises";
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { RETRIES } from "../clients";
import type { SignUp } from "./cast";
import { held, heldIf, notSeen, type Result } from "./result";

/** Milliseconds between two questions for the log, and how often it is asked: lines come seconds after the call, or where something is broken never. */
const PAUSE = 3_000;
const QUESTIONS = { patient: 20, impatient: 2 };

const LOGGED = "the function has logged the sign-ups";
const COUNTED = "the function has counted the sign-ups in its metrics";
const NOTHING_PERSONAL = "its log holds no name, address or number of them";

export interface LoggedRun {
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly letters: string;
  readonly signUps: readonly SignUp[];
  /** How many the function has to have decided about, at least. */
  readonly counts: Counts;
  /** Whether the level of the log takes a line of every sign-up. */
  readonly isInfo: boolean;
}

interface Counts {
  readonly admitted: number;
  readonly refused: number;
}

/** Looks for the lines of the run in the function's log. Waits long only where they can be expected. */
export async function logResults(
  region: string,
  logGroup: string,
  canCome: boolean,
  run: LoggedRun,
): Promise<Result[]> {
  const client = new CloudWatchLogsClient({ region, ...RETRIES });
  let results: Result[] = [];
  for (let question = 0; question < QUESTIONS[canCome ? "patient" : "impatient"]; question++) {
    if (question > 0) await sleep(PAUSE);
    results = judged(await linesOf(client, logGroup, run.since), run);
    if (results.every(({ state }) => state !== "not seen")) break;
  }
  return results;
}

export function judged(lines: readonly string[], { letters, signUps, counts, isInfo }: LoggedRun): Result[] {
  const documents = lines.flatMap(documentIn);
  const logged = (message: string) => documents.filter((line) => "trigger" in line && line.message === message).length;
  const counted = (metric: string) =>
    documents
      .filter((line) => "_aws" in line)
      .reduce((sum, line) => sum + (typeof line[metric] === "number" ? line[metric] : 0), 0);
  const enough = (promise: string, found: Counts) => {
    const text = `${found.admitted} admitted and ${found.refused} refused since the run began; the run had ${counts.admitted} and ${counts.refused} beside the race.`;
    return found.admitted >= counts.admitted && found.refused >= counts.refused
      ? held(promise, text)
      : notSeen(promise, text);
  };
  return [
    ...(isInfo ? [enough(LOGGED, { admitted: logged("admitted"), refused: logged("refused") })] : []),
    enough(COUNTED, { admitted: counted("Admitted"), refused: counted("Refused") }),
    personalResult(lines, letters, signUps),
  ];
}

function personalResult(lines: readonly string[], letters: string, signUps: readonly SignUp[]): Result {
  if (lines.length === 0) return notSeen(NOTHING_PERSONAL, "No lines have come.");
  const numbers = signUps.flatMap(({ phone_number }) => phone_number ?? []);
  // Compatibility forms and letter case may not hide a name.
  const leaks = lines.filter((line) => {
    const plain = line.normalize("NFKC").toLowerCase();
    return plain.includes(letters) || numbers.some((number) => line.includes(number));
  });
  return heldIf(
    leaks.length === 0,
    NOTHING_PERSONAL,
    leaks.length === 0 ? `None of ${lines.length} lines.` : `${leaks.length} of ${lines.length} lines hold one.`,
  );
}

/** The function writes a JSON object a line, Lambda also others. */
function documentIn(line: string): Array<Readonly<Record<string, unknown>>> {
  try {
    const document: unknown = JSON.parse(line);
    return typeof document === "object" && document !== null ? [document as Record<string, unknown>] : [];
  } catch {
    return [];
  }
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

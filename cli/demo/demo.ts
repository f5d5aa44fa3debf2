import { stat } from "node:fs/promises";
import Table from "cli-table3";
import { bundleFile } from "../../lambda/functions";
import { fromVariables } from "../../lambda/pre-sign-up/options";
import { MESSAGES, type Reason } from "../../lambda/trigger/messages";
import type { Project } from "../../settings/project";
import { inTemporaryFolder } from "../cleanup";
import type { EmulatedPool } from "../emulator/emulated-pool";
import { ShownPool } from "../page/shown-pool";
import { asCodePoints } from "../print";
import { currentProject, environmentToShow } from "../project";
import { admitted, RACERS, race, startBothWays } from "./race";
import { type DemoSignUp, SIGN_UPS } from "./sign-ups";

/**
 * Signs people up to one environment's pool, built in emulators from the synthesized Terraform JSON, with the very bundle
 * that goes into the function's zip as its trigger; first one by one, then all at once, in either way of keeping
 * identifiers unique. Answers whether every answer was the expected one.
 */
export async function demo(named: string | undefined, print: (text: string) => void): Promise<boolean> {
  const project = currentProject();
  const name = environmentToShow(project, named, "npm start");
  return inTemporaryFolder("demo", (folder) => signUps(project, name, folder, print));
}

async function signUps(
  project: Project,
  name: string,
  folder: string,
  print: (text: string) => void,
): Promise<boolean> {
  const pools: EmulatedPool[] = [];
  try {
    const { reserved, directory } = await startBothWays(project, name, folder, pools);
    print(`${await synthesized(project)}\n${isUp(name, reserved)}\n`);

    if (!new ShownPool(reserved).isUsual) {
      print(`The sign-ups that are tried here have a username and an e-mail address. ${name} asks for something else:`);
      print(`sign up on a page, with \`npm start -- ${name} --open\`.`);
      return true;
    }

    const { messages } = fromVariables(reserved.preSignUp);
    const results: Result[] = [];
    for (const signUp of SIGN_UPS) results.push(await tried(reserved, signUp, { ...MESSAGES, ...messages }));
    print(tableOf(results));
    print("Every refusal is the function's own: cognito-local heeds letter case and would have admitted them.\n");

    const won = { reserved: admitted(await race(reserved)), directory: admitted(await race(directory)) };
    print(`${RACERS} sign-ups at the same moment, ${RACERS} usernames, one e-mail address in ${RACERS} spellings:`);
    print(`  uniqueness "reserved"   ${won.reserved} admitted`);
    print(`  uniqueness "directory"  ${won.directory} admitted (it looks first, then creates)\n`);

    const unexpected = results.filter(({ expected }) => !expected).length + (won.reserved === 1 ? 0 : 1);
    print(
      unexpected === 0 ? "Everything is as it should be." : `${unexpected} of the answers are not as they should be.`,
    );
    return unexpected === 0;
  } finally {
    await Promise.all(pools.map((pool) => pool.close()));
  }
}

/** What was synthesized, in a sentence. */
export async function synthesized({ environments }: Project): Promise<string> {
  const { size } = await stat(bundleFile({ trigger: "preSignUp" }));
  const names = environments.map((environment) => environment.name).join(", ");
  return `Synthesized ${names} and state. The Pre-SignUp function is ${(size / 1000).toFixed(1)} kB.`;
}

export function isUp(name: string, { endpoint }: EmulatedPool): string {
  return `The pool of ${name} is up in cognito-local on ${endpoint}, its reservations in dynalite.`;
}

interface Result {
  readonly signUp: DemoSignUp;
  readonly answer: string;
  readonly why: string;
  readonly expected: boolean;
}

async function tried(
  pool: EmulatedPool,
  signUp: DemoSignUp,
  messages: Readonly<Record<Reason, string>>,
): Promise<Result> {
  const answer = await pool.signUp(signUp.username, { email: signUp.email });
  if (answer.admitted) {
    return { signUp, answer: "admitted", why: "No other account has them.", expected: signUp.refusal === undefined };
  }
  const refused = answer.code === "UserLambdaValidationException";
  return {
    signUp,
    answer: refused ? "refused" : answer.code,
    why: answer.message,
    expected: refused && signUp.refusal !== undefined && answer.message === messages[signUp.refusal],
  };
}

function tableOf(results: readonly Result[]): string {
  const rows = new Table({
    head: ["", "Sign-up", "Username", "E-mail", "Answer", "Why"],
    colWidths: [3, 24, 23, 18, 10, 46],
    wordWrap: true,
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
    style: { head: [], border: [] },
  });
  for (const { signUp, answer, why, expected } of results) {
    rows.push([expected ? "✓" : "✗", signUp.what, visible(signUp.username), visible(signUp.email), answer, why]);
  }
  return rows.toString();
}

/** What cannot be seen, as its code point. */
const visible = (text: string) => asCodePoints(text, /[\p{Default_Ignorable_Code_Point}\p{C}]/gu);

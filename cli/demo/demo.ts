import { stat } from "node:fs/promises";
import path from "node:path";
import Table from "cli-table3";
import { bundleFile } from "../../lambda/functions";
import type { Environment, Project } from "../../settings/project";
import { inTemporaryFolder } from "../cleanup";
import { EmulatedPool } from "../emulator/emulated-pool";
import { TerraformJson } from "../emulator/terraform-json";
import { asCodePoints } from "../print";
import { currentProject, environmentToShow, synthesizeProject } from "../project";
import { type DemoSignUp, SIGN_UPS } from "./sign-ups";

/** Sign-ups that start at the same moment in the race. */
const RACERS = 20;

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
    const started = await Promise.all(
      (["reserved", "directory"] as const).map(async (uniqueness) => {
        const outdir = path.join(folder, uniqueness);
        await synthesizeProject(withUniqueness(project, name, uniqueness), outdir);
        const pool = await EmulatedPool.start(await TerraformJson.read(path.join(outdir, "stacks", name)));
        pools.push(pool);
        return pool;
      }),
    );
    const [reserved, directory] = started as [EmulatedPool, EmulatedPool];
    const environments = project.environments.map((environment) => environment.name).join(", ");
    const { size } = await stat(bundleFile({ trigger: "preSignUp" }));
    print(`Synthesized ${environments} and state. The Pre-SignUp function is ${(size / 1000).toFixed(1)} kB.`);
    print(`The pool of ${name} is up in cognito-local on ${reserved.endpoint}, its reservations in dynalite.\n`);

    const results: Result[] = [];
    for (const signUp of SIGN_UPS) results.push(await tried(reserved, signUp));
    print(tableOf(results));
    print("Every refusal is the function's own: cognito-local heeds letter case and would have admitted them.\n");

    const race = { reserved: await raceFor(reserved), directory: await raceFor(directory) };
    print(`${RACERS} sign-ups at the same moment, ${RACERS} usernames, one e-mail address in ${RACERS} spellings:`);
    print(`  uniqueness "reserved"   ${race.reserved} admitted`);
    print(`  uniqueness "directory"  ${race.directory} admitted (it looks first, then creates)\n`);

    const unexpected = results.filter(({ expected }) => !expected).length + (race.reserved === 1 ? 0 : 1);
    print(
      unexpected === 0 ? "Everything is as it should be." : `${unexpected} of the answers are not as they should be.`,
    );
    return unexpected === 0;
  } finally {
    await Promise.all(pools.map((pool) => pool.close()));
  }
}

function withUniqueness(project: Project, name: string, uniqueness: Environment["uniqueness"]): Project {
  const environments = project.environments.map((environment) =>
    environment.name === name ? { ...environment, uniqueness } : environment,
  );
  return { ...project, environments };
}

interface Result {
  readonly signUp: DemoSignUp;
  readonly answer: string;
  readonly why: string;
  readonly expected: boolean;
}

async function tried(pool: EmulatedPool, signUp: DemoSignUp): Promise<Result> {
  const answer = await pool.signUp(signUp.username, signUp.email);
  if (answer.admitted) {
    return { signUp, answer: "admitted", why: "No other account has them.", expected: signUp.refusal === undefined };
  }
  const refused = answer.code === "UserLambdaValidationException";
  return {
    signUp,
    answer: refused ? "refused" : answer.code,
    why: answer.message,
    expected: refused && answer.message === signUp.refusal,
  };
}

/** How many of many sign-ups with one e-mail address are admitted when they all start at once. */
async function raceFor(pool: EmulatedPool): Promise<number> {
  const address = "grace.hopper.and.the.race@example.com";
  const answers = await Promise.all(
    Array.from({ length: RACERS }, (_, racer) => {
      const email = [...address]
        .map((letter, index) => ((racer >> (index % 5)) & 1 ? letter.toUpperCase() : letter))
        .join("");
      return pool.signUp(`racer${racer}`, email);
    }),
  );
  return answers.filter(({ admitted }) => admitted).length;
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

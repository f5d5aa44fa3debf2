import path from "node:path";
import { type Finding, findingsOf } from "../../policy/findings";
import { ChildError, outputOf } from "../child";
import { Failure } from "../failure";
import { pythonProgram } from "../python";
import { Interrupted } from "../signals";

/** What scans the plans, from PyPI. */
const CHECKOV = "3.3.30";

/** The program, installed where it is not there yet. Throws a {@link Failure} that says what is missing. */
export function checkovProgram(): Promise<string> {
  return pythonProgram("checkov", CHECKOV);
}

/**
 * Scans the plans `<folder>/<stack>.json` with checkov's checks and those in the folder `checks`. Nothing leaves this
 * machine. Throws a {@link Failure} where a plan was not looked at,
 * or a check broke.
 */
export async function scan(folder: string, stacks: readonly string[], checks: string): Promise<Finding[]> {
  const program = await checkovProgram();
  const args = [
    ...stacks.flatMap((stack) => ["--file", `${stack}.json`]),
    ...["--framework", "terraform_plan", "--external-checks-dir", path.resolve(checks)],
    // Neither its vendor's service is asked for anything (which is tried otherwise), nor anything sent there.
    ...["--skip-download", "--output", "json", "--soft-fail"],
  ];
  // No settings of the machine count: variables such as CKV_…, and the file .checkov.yaml in the home folder.
  const env = { PATH: process.env.PATH, HOME: path.resolve(folder), PYTHONDONTWRITEBYTECODE: "1" };
  try {
    const { stdout, stderr } = await outputOf(program, args, { cwd: folder, env });
    // A check that breaks, or cannot be loaded, is left out of the report, as if it had nothing to say.
    if (stderr.includes("[ERROR]")) throw new Error(stderr);
    return findingsOf(JSON.parse(stdout), stacks);
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    const output = error instanceof ChildError ? error.finished.stderr.trim() : "";
    throw new Failure(`The plans could not be scanned with checkov ${CHECKOV}: ${output || (error as Error).message}`);
  }
}

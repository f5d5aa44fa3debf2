import { parseArgs } from "node:util";
import { Failure } from "../failure";
import { print } from "../print";
import { suggestion } from "../suggestion";
import { checkFolder } from "./folder";
import { reviewPlan } from "./plan";

/*
 * The reviewer on a server that plans pull requests: one file, built by `npm run reviewer`, that needs Node.js and Git and
 * nothing of the pull request's code. `npm run review` is the same judgement for a terminal.
 */
const USAGE = `Usage:
  one-account-review folder
      Says whether Terraform may run in the folder that Atlantis is in. Reads Atlantis's variables.
      Exit code: 0 it may, 3 it must not, 1 failed.
  one-account-review plan <environment> [--plan <file>] [--allow-file <file>] [--types-file <file>] [--base <commit>]
      Judges the JSON of \`terraform show -json <plan>\`, from standard input if no file is named, and says which of the files
      that decide differ from those of a commit.
      Exit code: 0 nothing to do, 2 changes to sign, 3 blocked, 1 failed, 64 wrong usage.
`;

const COMMANDS = ["folder", "plan"];

async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args;
  if (args.includes("--help")) {
    print(USAGE.trimEnd());
    return 0;
  }
  if (command === undefined) throw new Failure(USAGE, 64);
  if (!COMMANDS.includes(command)) {
    throw new Failure(`There is no command ${command}.${suggestion(command, COMMANDS)}\n${USAGE}`, 64);
  }
  const { positionals, values } = options(rest);
  const [environment] = positionals;
  if (command === "folder" && positionals.length === 0) return checkFolder(process.env);
  if (command === "plan" && environment !== undefined && positionals.length === 1)
    return reviewPlan(environment, values);
  throw new Failure(USAGE, 64);
}

function options(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        plan: { type: "string" },
        "allow-file": { type: "string" },
        "types-file": { type: "string" },
        base: { type: "string" },
      },
    });
  } catch (error) {
    throw new Failure(`${(error as Error).message}\n${USAGE}`, 64);
  }
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Failure ? error.message : (error as Error)?.stack}\n`);
    process.exitCode = error instanceof Failure ? error.exitCode : 1;
  },
);

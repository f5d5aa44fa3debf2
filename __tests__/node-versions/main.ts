import path from "node:path";
import Table from "cli-table3";
import { Command } from "commander";
import { outputOf, runChild } from "../../cli/child";
import { describeError } from "../../cli/describe-error";
import { Failure } from "../../cli/failure";
import { note, print } from "../../cli/print";
import { endOnSignals, Interrupted } from "../../cli/signals";
import { nodeBinary } from "../support/node-binary";

/** The oldest version that is supported, and the newest of each line that npm ships binaries of. */
const VERSIONS = ["20.19.0", "22.23.3", "24.21.0", "26.12.1"];

const COMMANDS = [["run", "test:unit"], ["run", "test:commands"], ["start"], ["run", "synth"]];
const spelled = (command: readonly string[]) => `npm ${command.join(" ")}`;

const program = new Command("npm run test:node --")
  .description(
    `Runs ${COMMANDS.map(spelled).join(", ")} on each version of Node.js that is supported, one after the other.\n` +
      "npm ships the binaries; they are kept in node_modules/.cache/node.",
  )
  .argument("[versions...]", `of ${VERSIONS.join(", ")}: as much of it as tells which; or another one, in full`)
  .addHelpText(
    "after",
    "\nExit code: 0 where everything passed, 1 where something failed, 64 where it was called wrongly.",
  )
  .showHelpAfterError("(add --help for what there is)")
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 64))
  .action(async (named: string[]) => {
    const versions = named.length === 0 ? VERSIONS : named.map(versionOf);
    const table = new Table({ head: ["Node.js", ...COMMANDS.map(spelled)], style: { head: [], border: [] } });
    for (const version of versions) {
      const results = await resultsOn(version);
      table.push([version, ...results.map(({ passed, seconds }) => `${passed ? "passed" : "FAILED"}, ${seconds} s`)]);
      if (!results.every(({ passed }) => passed)) process.exitCode = 1;
    }
    print(table.toString());
  });

function versionOf(named: string): string {
  const version = VERSIONS.find((one) => `${one}.`.startsWith(`${named}.`));
  if (version) return version;
  if (/^\d+\.\d+\.\d+$/.test(named)) return named;
  throw new Failure(`${named} is none of ${VERSIONS.join(", ")}, and no version in full.`, 64);
}

async function resultsOn(version: string): Promise<Array<{ passed: boolean; seconds: number }>> {
  note(`Node.js ${version}: fetching it, if it is not there yet …`);
  const binary = await nodeBinary(version);
  const PATH = [path.dirname(binary), process.env.PATH].join(path.delimiter);
  // npm hands on the program that it runs on itself.
  const env = { ...process.env, PATH, NODE: binary, npm_node_execpath: binary };
  const { stdout } = await outputOf("node", ["--version"], { env });
  if (stdout.trim() !== `v${version}`) throw new Failure(`${binary} says that it is ${stdout.trim()}.`);

  const results = [];
  for (const command of COMMANDS) {
    note(`Node.js ${version}: ${spelled(command)} …`);
    const start = Date.now();
    const { code, stdout, stderr } = await runChild("npm", command, { env });
    const seconds = Math.round((Date.now() - start) / 1000);
    if (code !== 0) note(`${stdout}\n${stderr}`);
    note(`Node.js ${version}: ${spelled(command)} ${code === 0 ? "passed" : "FAILED"} after ${seconds} s`);
    results.push({ passed: code === 0, seconds });
  }
  return results;
}

endOnSignals();
program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Interrupted ? error.message : describeError(error)}\n`);
  process.exitCode = error instanceof Failure || error instanceof Interrupted ? error.exitCode : 1;
});

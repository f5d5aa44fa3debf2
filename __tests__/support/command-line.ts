import { existsSync, readFileSync } from "node:fs";
import type { Command } from "commander";
import { yargsOptions } from "jest-cli";
import { terraformArguments } from "../../cli/deploy/options";
import { program as packageProgram } from "../../cli/package/program";
import { program } from "../../cli/program";
import { testFiles } from "./test-files";

const manifest: { bin: Record<string, string>; scripts: Record<string, string> } = JSON.parse(
  readFileSync("package.json", "utf8"),
);
/** npm's own commands that pages name. */
const NPM = ["ci", "install", "pkg", "publish", "version"];
/** Programs of packages that a page says how to install. */
const ELSEWHERE = ["cdktn"];
const NPM_OPTIONS = ["--silent", "--no-git-tag-version"];

/** What is wrong with a call of npm or npx; undefined where it can be called so. `whole`: nothing that it needs is left out. */
export function problemOf(text: string, whole: boolean): string | undefined {
  const [tool, ...words] = text.split(/\s+/).map((word) => word.replaceAll(/['"]/g, ""));
  if (tool === "npx") return problemOfBinary(words, whole);
  const [command = "", ...rest] = words.filter((word) => !NPM_OPTIONS.includes(word));
  if (NPM.includes(command)) return undefined;
  const isRun = command === "run";
  const [script = "", ...args] = isRun ? rest : [command, ...rest];
  if (!isRun && !["start", "test"].includes(command)) return `npm has no command ${command}, or no page should name it`;
  if (!Object.hasOwn(manifest.scripts, script)) return `package.json has no script ${script}`;
  if (args.length > 0 && args[0] !== "--") return `npm takes ${args[0]} for itself: -- is missing in front of it`;
  return problemOfScript(manifest.scripts[script] ?? "", args.slice(1), whole);
}

function problemOfBinary([binary = "", ...args]: readonly string[], whole: boolean): string | undefined {
  if (Object.hasOwn(manifest.bin, binary)) return problemOfCommand(packageProgram, args, whole);
  if (ELSEWHERE.includes(binary)) return undefined;
  if (!existsSync(`node_modules/.bin/${binary}`)) return `there is no program ${binary}`;
  return binary === "jest" ? problemOfJest(args) : undefined;
}

function problemOfScript(script: string, args: readonly string[], whole: boolean): string | undefined {
  const [, file = "", command] = /^(?:exec )?node cli\/run\.mjs (\S+)(?: (\w+))?$/.exec(script) ?? [];
  if (file === "cli/main.ts") return problemOfCommand(program, [command ?? "", ...args], whole);
  if (/(?:^| )jest\b/.test(script)) return problemOfJest(args);
  const options = args.filter((arg) => arg.startsWith("-")).map(nameOf);
  if (file === "") return args.length > 0 ? `it takes no arguments: ${args.join(" ")}` : undefined;
  // The others read their options in the file that the script names.
  const source = readFileSync(file, "utf8");
  const unknown = options.find((option) => !source.includes(`${option} `) && !source.includes(`${option}"`));
  return unknown && `${file} has no option ${unknown}`;
}

function problemOfJest(args: readonly string[]): string | undefined {
  for (const [index, arg] of args.entries()) {
    if (!arg.startsWith("-")) continue;
    const option = nameOf(arg).slice(2);
    if (!Object.hasOwn(yargsOptions, option)) return `jest has no option ${arg}`;
    const value = args[index + 1] ?? "";
    if (option === "testPathPatterns" && !testFiles().some((file) => new RegExp(value).test(file))) {
      return `no test file is called ${value}`;
    }
  }
  return undefined;
}

/** Checks a call against a program's definition: its commands, options, and how many arguments it takes. */
function problemOfCommand(command: Command, args: readonly string[], whole: boolean): string | undefined {
  if (command.commands.length > 0) {
    const [name, ...rest] = args;
    if (name === undefined) return whole ? `${command.name()} needs one of its commands` : undefined;
    if (name === "--help") return undefined;
    const child = command.commands.find((one) => one.name() === name);
    return child ? problemOfCommand(child, rest, whole) : `${command.name()} has no command ${name}`;
  }
  if (args.includes("--help")) return undefined;
  const { operands, options, problem } = sorted(command, args);
  if (problem !== undefined) return problem;
  const expected = command.registeredArguments;
  const most = expected.some(({ variadic }) => variadic) ? Number.POSITIVE_INFINITY : expected.length;
  if (operands.length > most) return `${command.name()} takes ${most} arguments, not ${operands.length}`;
  if (!whole) return undefined;
  const least = expected.filter(({ required }) => required).length;
  if (operands.length < least) return `${command.name()} needs ${least} arguments, not ${operands.length}`;
  const missing = command.options.find(({ mandatory, long }) => mandatory && !options.includes(long ?? ""));
  return missing && `${command.name()} needs ${missing.long}`;
}

interface Sorted {
  readonly operands: string[];
  readonly options: string[];
  readonly problem?: string;
}

function sorted(command: Command, args: readonly string[]): Sorted {
  const operands: string[] = [];
  const options: string[] = [];
  const foreign: string[] = [];
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const option = command.options.find(({ long, hidden }) => !hidden && long === nameOf(arg ?? ""));
    if (!arg.startsWith("-")) operands.push(arg);
    else if (option) {
      options.push(nameOf(arg));
      if (!option.required) continue;
      const value = arg.includes("=") ? arg.slice(arg.indexOf("=") + 1) : rest.shift();
      if (value === undefined || value.startsWith("-")) return { operands, options, problem: `${arg} needs a value` };
      const isOpen = option.argChoices === undefined || /^[‹…]/.test(value);
      if (!isOpen && !option.argChoices?.includes(value))
        return { operands, options, problem: `${arg} is never ${value}` };
    } else foreign.push(arg);
  }
  return { operands, options, ...foreignProblem(command, foreign) };
}

/** Options that the definition does not name are Terraform's, where a command takes those. */
function foreignProblem(command: Command, args: readonly string[]): { problem?: string } {
  if (args.length === 0) return {};
  const takesTerraforms = command.registeredArguments.some(({ description }) => /terraform plan/.test(description));
  if (!takesTerraforms) return { problem: `${command.name()} has no option ${args[0]}` };
  try {
    terraformArguments(command.name() === "plan" ? "plan" : "deploy", args);
    return {};
  } catch (error) {
    return { problem: String(error) };
  }
}

function nameOf(option: string): string {
  return option.replace(/=.*/s, "");
}

import { BLOCKS } from "./blocks";
import { type Body, body, entriesOf } from "./body";

/*
 * What Terraform does because of a configuration although no plan shows it: the JSON of a plan has neither the provisioners
 * of `removed` blocks nor `ephemeral` resources, which are opened while the plan is made. A review of the plan cannot find
 * them, so a configuration that has them is not planned, and a saved plan that holds one is not read.
 */

/** A file of a configuration: its name, without a folder, and its text. */
export interface ConfigurationFile {
  readonly name: string;
  readonly text: string;
}

/** Kinds of blocks that a plan shows, so that the review judges them: what a folder of a pull request may not have. */
const SHOWN = new Set(["module", "check"]);

/** What runs commands. In a resource, a plan shows it. */
const COMMANDS = ["provisioner", "connection"];

/**
 * Terraform reads it, or OpenTofu, which takes x.tofu instead of x.tf; a name that begins with a dot, or that an editor gives to a
 * copy, neither reads.
 */
const READ = /^(?![.#]).*\.(?:tf|tofu)(?:\.json)?$/;

export function isConfiguration(name: string): boolean {
  return READ.test(name);
}

/** Synthesis's file, those that are merged over it, and those that commands of this project write beside it. */
const EXPECTED = /^(?:cdk|(?:.*_)?override|recovery|bootstrap_import)\.tf\.json$/;

/** Why the files of a stack's folder, or of a saved plan, must not be planned or applied: a sentence each. */
export function unseenProblems(files: readonly ConfigurationFile[], types: readonly string[] = []): string[] {
  return files.filter(({ name }) => isConfiguration(name)).flatMap((file) => fileProblems(file, types));
}

function fileProblems({ name, text }: ConfigurationFile, types: readonly string[]): string[] {
  if (!name.endsWith(".json")) return [`${name}: a plan does not show what is written in Terraform's own language.`];
  if (!EXPECTED.test(name)) {
    return [`${name}: Terraform would read this file; beside cdk.tf.json are only files called *_override.tf.json.`];
  }
  const config = parsed(text);
  if (config === undefined) return [`${name}: it is not JSON, or says a name twice.`];
  return blocksOf(config).flatMap((block) => blockProblems(block, types).map((problem) => `${name}: ${problem}`));
}

function blockProblems(config: Body, types: readonly string[]): string[] {
  return [
    ...Object.keys(config)
      .filter((kind) => !BLOCKS.has(kind) && !SHOWN.has(kind) && kind !== "ephemeral")
      .map((kind) => `a plan does not show what a block ${JSON.stringify(kind)} does.`),
    ...blocksOf(config.ephemeral).flatMap((all) =>
      Object.entries(all)
        .filter(([type]) => type !== "//" && !types.includes(type))
        .map(
          ([type, resources]) =>
            `ephemeral.${[type, ...entriesOf(resources).map(([name]) => name)].slice(0, 2).join(".")} is opened while` +
            ` the plan is made, and no plan shows it. If it is meant, add the line ${type} to review-types.txt.`,
        ),
    ),
    ...blocksOf(config.removed)
      .filter((block) => COMMANDS.some((name) => Object.hasOwn(block, name)))
      .map(({ from }) => `removed ${String(from)} has a provisioner: it runs a command that no plan shows.`),
  ];
}

/** Blocks, which JSON syntax takes one by one, in a list, and in lists of lists. */
function blocksOf(value: unknown): Body[] {
  if (Array.isArray(value)) return value.flatMap(blocksOf);
  return typeof value === "object" && value !== null ? [body(value)] : [];
}

/** The parsed text; undefined if Terraform would read it in another way: it reads both values of a repeated name, JSON.parse only the last. */
function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    const members = text.replaceAll(/"(?:[^"\\]|\\.)*"/g, "").split(":").length - 1;
    return members === membersOf(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function membersOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const inner = Object.values(value).reduce((sum: number, one) => sum + membersOf(one), 0);
  return inner + (Array.isArray(value) ? 0 : Object.keys(value).length);
}

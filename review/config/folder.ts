import { blockProblems } from "./blocks";
import { expressionProblems } from "./expressions";
import { isProvider, KNOWN_PROVIDERS, PROVIDERS } from "./providers";

/**
 * What is looked at before `terraform init` and `terraform plan` run in a stack's folder. Both run what the folder says:
 * they install providers, read data sources and evaluate functions, and all that before anybody has approved it. A plan's
 * review comes later, so what a folder may hold at all is decided here.
 */
export interface StackFolder {
  /** Everything that is tracked in it, by path, with Git's mode. */
  readonly files: readonly TrackedFile[];
  /** The text of cdk.tf.json. */
  readonly config: string;
  /** The text of .terraform.lock.hcl. */
  readonly lock: string;
}

export interface TrackedFile {
  readonly path: string;
  readonly mode: string;
}

/** What has been approved: the same on the branch that the pull request goes to. */
export interface Approved {
  /** The text of cdk.tf.json; none where the stack is new. */
  readonly config?: string | undefined;
  /** Types of data sources that the project's own stacks do not have. */
  readonly types?: readonly string[];
}

export const CONFIG_FILE = "cdk.tf.json";
export const LOCK_FILE = ".terraform.lock.hcl";

const EXPECTED = /^(?:cdk\.tf\.json|\.terraform\.lock\.hcl|assets\/[\w-]+\/[0-9A-F]{32}\/index\.js)$/;
const REGULAR_FILE = "100644";

const LOCK_ENTRY =
  /^provider "([^"\\\n]+)" \{\n(?: {2}(?:version|constraints) *= "[^"\n]*"\n)+ {2}hashes = \[\n(?: {4}"[\w:+/=]+",\n)+ {2}\]\n\}$/gm;
/** A lock file names each provider that an `init -lockfile=readonly` can install. */
const isLocked = (address: string) => [...PROVIDERS.keys()].some((name) => isProvider(name, address));

/** Why Terraform must not be run in a folder: a sentence each; none where it may. */
export function folderProblems(folder: StackFolder, approved: Approved = {}): string[] {
  const files = fileProblems(folder.files);
  if (files.length > 0) return files;
  return [...lockProblems(folder.lock), ...configProblems(folder.config, approved)];
}

function lockProblems(text: string): string[] {
  const form = [...text.matchAll(LOCK_ENTRY)];
  if (text.replace(LOCK_ENTRY, "").replace(/^#.*$/gm, "").trim() !== "") {
    return [`${LOCK_FILE} is not in the form that Terraform writes.`];
  }
  return form
    .map(([, address = ""]) => address)
    .filter((address) => !isLocked(address))
    .map((address) => `${LOCK_FILE} names the provider ${address}; the stacks use none but ${KNOWN_PROVIDERS}.`);
}

function fileProblems(files: readonly TrackedFile[]): string[] {
  const missing = [CONFIG_FILE, LOCK_FILE].filter((name) => !files.some(({ path }) => path === name));
  return [
    ...missing.map((name) => `There is no ${name} in it.`),
    ...files.flatMap(({ path, mode }) => {
      if (!EXPECTED.test(path))
        return [`${JSON.stringify(path)} does not belong there: \`npm run generate\` writes no such file.`];
      return mode === REGULAR_FILE ? [] : [`${path} is not a regular file (mode ${mode}).`];
    }),
  ];
}

function configProblems(text: string, approved: Approved): string[] {
  const config = parsed(text);
  if (config === undefined) return [`${CONFIG_FILE} is not JSON in the form that synthesis writes.`];
  const before = approved.config === undefined ? undefined : parsed(approved.config);
  return [...blockProblems(config, before, approved.types ?? []), ...expressionProblems(config, before)];
}

/**
 * Terraform merges what is written under the same name twice; JSON.parse keeps the last of them. So that both read the
 * same, a text that is not exactly what writing it again gives is not read.
 */
function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const same = (form: string) => form.trim().replaceAll(/([{[])\s*([\]}])/g, "$1$2");
    if (same(JSON.stringify(value, null, 2)) !== same(text)) return undefined;
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

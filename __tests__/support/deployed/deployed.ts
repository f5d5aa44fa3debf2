import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { EnvironmentSettings, ProjectSettings } from "../../../settings/schema";
import { ProjectCopy } from "../project-copy";
import type { Block } from "../stack";

/** An earlier version of this project, which environments are still deployed from. */
export const COMMIT = "53e31bd";

const PRODUCTION: EnvironmentSettings = { production: true, applicationUrls: ["https://app.example.com"] };

const FULL: EnvironmentSettings = {
  migrateFrom: { userPoolId: "eu-west-1_OldPool01", clientId: "1example23456789" },
  kmsKeyArn: "arn:aws:kms:eu-west-1:000000000000:key/00000000-0000-0000-0000-000000000001",
  alarmTopicArn: "arn:aws:sns:eu-west-1:000000000000:on-call",
  dashboard: true,
};

/** What is deployed from it. */
export const SETTINGS: ProjectSettings = {
  project: "upgrade",
  region: "eu-west-1",
  environments: {
    dev: {},
    "dev-full": FULL,
    prod: PRODUCTION,
    "prod-full": { ...PRODUCTION, ...FULL },
    "prod-directory": { ...PRODUCTION, uniqueness: "directory" },
  },
};

export const STACKS: readonly string[] = [...Object.keys(SETTINGS.environments), "state"];

const FILE = "cdk.tf.json";
const kept = (stack: string) => path.join("__tests__/support/deployed", COMMIT, stack, FILE);

/** What it synthesized for a stack. */
export async function deployed(stack: string): Promise<Block> {
  return JSON.parse(await readFile(kept(stack), "utf8"));
}

/** Files that its functions' zips are made of; what is in them does not matter. */
export async function writeFunctions({ data }: Block, folder: string): Promise<void> {
  for (const { source_file } of Object.values<Block>(data.archive_file ?? {})) {
    const file = path.join(folder, source_file);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, "exports.handler = async (event) => event;\n");
  }
}

/** A stack without what cdktf notes for itself. */
export function withoutNotes(document: Block): Block {
  return JSON.parse(JSON.stringify(document, (key, value) => (key === "//" ? undefined : value)));
}

/** Keeps what the code of the commit synthesizes. */
export async function keepDeployed(): Promise<void> {
  const copy = await ProjectCopy.make(SETTINGS, { commit: COMMIT });
  try {
    const { code, stderr } = await copy.run(process.execPath, ["cli/run.mjs", "main.ts"]);
    if (code !== 0) throw new Error(stderr);
    for (const stack of STACKS) {
      const document = withoutNotes(JSON.parse(await readFile(path.join(copy.stack(stack), FILE), "utf8")));
      await mkdir(path.dirname(kept(stack)), { recursive: true });
      await writeFile(kept(stack), `${JSON.stringify(document, null, 2)}\n`);
    }
  } finally {
    await copy.remove();
  }
}

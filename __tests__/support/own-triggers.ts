import { cp, mkdir } from "node:fs/promises";
import path from "node:path";
import type { EnvironmentSettings } from "../../settings/schema";

const FOLDER = "__tests__/support/own-triggers";

/** Triggers of an environment's own: the files of docs/triggers.md. */
export const OWN_TRIGGERS = {
  preSignUp: { file: `${FOLDER}/only-acme.ts` },
  postConfirmation: { file: `${FOLDER}/welcome.ts`, variables: { TEAM: "acme" }, memorySize: 256 },
  preTokenGeneration: { file: `${FOLDER}/roles.ts`, lambdaVersion: "V2_0" },
} as const satisfies EnvironmentSettings["triggers"];

/** Puts the files into a copy of the project. */
export async function writeTriggerFiles(folder: string): Promise<void> {
  await mkdir(path.join(folder, FOLDER), { recursive: true });
  await cp(FOLDER, path.join(folder, FOLDER), { recursive: true });
}

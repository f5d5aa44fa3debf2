import { cp, mkdir } from "node:fs/promises";
import path from "node:path";
import type { EnvironmentSettings } from "../../settings/schema";
import { FULL } from "./examples";

const FOLDER = "examples/full/triggers";

const { preAuthentication, ...ofFiles } = FULL.triggers ?? {};

/** Triggers of an environment's own: the files of docs/triggers.md, and of the example `full`. */
export const OWN_TRIGGERS = ofFiles;

export const SENDER_KEY = "arn:aws:kms:eu-west-1:111122223333:key/0000abcd-12ab-34cd-56ef-1234567890ab";

/** What the triggers need beside them: a key for the senders, and a client whose users answer challenges. */
export const WITH_OWN_TRIGGERS = {
  triggers: OWN_TRIGGERS,
  senderKeyArn: SENDER_KEY,
  authFlows: ["ALLOW_CUSTOM_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
} satisfies EnvironmentSettings;

/** Puts the files into a copy of the project. */
export async function writeTriggerFiles(folder: string): Promise<void> {
  await mkdir(path.join(folder, FOLDER), { recursive: true });
  await cp(FOLDER, path.join(folder, FOLDER), { recursive: true });
}

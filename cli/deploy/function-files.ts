import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { Failure } from "../failure";
import type { PlanJson } from "./plan-json";

/**
 * A plan names the functions' zips and has their hashes, but not the zips: what is in the files when it is applied is
 * what is deployed. Throws a {@link Failure} where that is not what was planned.
 */
export async function checkFunctionFiles({ resource_changes = [] }: PlanJson, folder: string): Promise<void> {
  for (const { address, type, mode, change } of resource_changes) {
    if (type !== "aws_lambda_function" || mode !== "managed") continue;
    if (!change.actions.includes("create") && !change.actions.includes("update")) continue;
    const { filename, source_code_hash: planned } = change.after ?? {};
    if (typeof filename !== "string") continue;
    const found = await hashOf(path.resolve(folder, filename));
    if (found === planned) continue;
    throw new Failure(
      `Nothing was changed: ${address} is to get the file ${filename}, which ` +
        (found === undefined
          ? `is not in ${folder} any more`
          : "is not the one that the plan was made of (its SHA-256 is another)") +
        ". Make a new plan.",
    );
  }
}

async function hashOf(file: string): Promise<string | undefined> {
  const content = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  return content && createHash("sha256").update(content).digest("base64");
}

import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { Failure } from "../failure";
import type { PlanJson } from "./plan-json";

/**
 * A plan names the functions' zips and has their hashes, but not the zips: what is in the files when it is applied is
 * what is deployed. Throws a {@link Failure} where that is not what was planned.
 */
export async function checkFunctionFiles(plan: PlanJson, folder: string): Promise<void> {
  for (const { address, filename, planned } of deployedFiles(plan)) {
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

/**
 * The provider reads the zips after that check. Throws a {@link Failure} where the code that AWS runs now, as the state of
 * after the apply has it, is not what was planned.
 */
export function checkDeployedCode(plan: PlanJson, state: unknown): void {
  const resources = resourcesOf((state as StateJson).values?.root_module ?? {});
  const wrong = deployedFiles(plan).flatMap(({ address, planned }) => {
    const runs = resources.find((resource) => resource.address === address)?.values?.code_sha256;
    return runs === planned ? [] : [`${address} (SHA-256 ${runs ?? "unknown"}, reviewed was ${planned})`];
  });
  if (wrong.length === 0) return;
  throw new Failure(
    `Deployed, but other code runs than what was reviewed: ${wrong.join(", ")}. The zip was changed while it was deployed:` +
      " find out by whom. To deploy again says how the reviewed code comes back.",
  );
}

/** Whether a plan gives code to a function, so that the state of after the apply is to be looked at. */
export function deploysCode(plan: PlanJson): boolean {
  return deployedFiles(plan).length > 0;
}

/** What `terraform show -json` says of a state, as far as it is read here. */
interface StateJson {
  readonly values?: { readonly root_module?: StateModule };
}

interface StateModule {
  readonly resources?: ReadonlyArray<{ readonly address: string; readonly values?: { readonly code_sha256?: string } }>;
  readonly child_modules?: readonly StateModule[];
}

function resourcesOf({ resources = [], child_modules = [] }: StateModule): NonNullable<StateModule["resources"]> {
  return [...resources, ...child_modules.flatMap(resourcesOf)];
}

interface DeployedFile {
  readonly address: string;
  readonly filename: string;
  readonly planned: unknown;
}

function deployedFiles({ resource_changes = [] }: PlanJson): DeployedFile[] {
  return resource_changes.flatMap(({ address, type, mode, change }) => {
    if (type !== "aws_lambda_function" || mode !== "managed") return [];
    if (!change.actions.includes("create") && !change.actions.includes("update")) return [];
    const { filename, source_code_hash: planned } = change.after ?? {};
    return typeof filename === "string" ? [{ address, filename, planned }] : [];
  });
}

async function hashOf(file: string): Promise<string | undefined> {
  const content = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  return content && createHash("sha256").update(content).digest("base64");
}

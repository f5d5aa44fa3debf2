import { accessSync, constants, statSync } from "node:fs";
import path from "node:path";
import { typedPath } from "./files";
import { note } from "./print";

/**
 * The program that commands run as Terraform: what the environment variable TERRAFORM names, a program on PATH or a path from
 * where the command was called. Without it, `terraform`; where only `tofu` is on PATH, that, which is said once.
 */
export function terraformProgram(): string {
  const named = process.env.TERRAFORM?.trim();
  if (named) return named.includes("/") ? typedPath(named) : named;
  if (isOnPath("terraform") || !isOnPath("tofu")) return "terraform";
  if (!saidOfTofu) note("terraform is not on PATH, but tofu is: running OpenTofu. TERRAFORM=tofu says so beforehand.");
  saidOfTofu = true;
  return "tofu";
}

let saidOfTofu = false;

/** The same, as messages and commands to copy call it. */
export function terraformName(): string {
  return path.basename(terraformProgram());
}

/** What to do where that program cannot be run. */
export function missingProgram(): string {
  const named = process.env.TERRAFORM?.trim();
  if (named) return `TERRAFORM names ${JSON.stringify(named)}, which is not there or cannot be run.`;
  return (
    "Terraform is not installed, or not on PATH: install the version in .terraform-version" +
    " from https://developer.hashicorp.com/terraform/install, or OpenTofu (docs/opentofu.md)."
  );
}

function isOnPath(program: string): boolean {
  return (process.env.PATH ?? "").split(path.delimiter).some((folder) => {
    const file = path.join(folder, program);
    try {
      accessSync(file, constants.X_OK);
      return folder !== "" && statSync(file).isFile();
    } catch {
      return false;
    }
  });
}

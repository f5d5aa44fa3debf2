import { chmod } from "node:fs/promises";
import path from "node:path";
import { withStack } from "../stack";
import { savedTo } from "./options";

/** Shows what Terraform would change, and saves it where that is asked for; answers Terraform's exit code. */
export function showPlan(stack: string, options: readonly string[]): Promise<number> {
  return withStack(stack, "plan", async (terraform) => {
    const file = savedTo(options);
    // A plan holds secrets. Terraform keeps the mode of a file that is there.
    if (file !== undefined) await chmod(path.resolve(terraform.folder, file), 0o600).catch(() => {});
    return terraform.show(["plan", "-input=false", ...options]);
  });
}

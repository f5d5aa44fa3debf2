import { chmod } from "node:fs/promises";
import path from "node:path";
import { quoted } from "../../review/render/words";
import { writableFile } from "../files";
import { note } from "../print";
import { currentProject, requireStack, stackFolder } from "../project";
import { withStack } from "../stack";
import { savedTo } from "./options";

/** Shows what Terraform would change, and saves it where that is asked for; answers Terraform's exit code. */
export async function showPlan(stack: string, options: readonly string[]): Promise<number> {
  requireStack(currentProject(), stack);
  const named = savedTo(options);
  const file = named === undefined ? undefined : target(named, path.resolve(stackFolder(stack)));
  return withStack(stack, "plan", async (terraform) => {
    // A plan holds secrets. Terraform keeps the mode of a file that is there.
    if (file !== undefined) await chmod(file, 0o600).catch(() => {});
    const code = await terraform.show(["plan", "-input=false", ...options]);
    if (file !== undefined && named !== undefined) {
      note(`The plan is in ${path.relative(".", file)}. To apply it: npm run deploy -- ${stack} ${quoted(named)}`);
    }
    return code;
  });
}

/** Where a plan is saved: Terraform takes a relative path from the stack's folder, which may not be there yet. */
function target(named: string, folder: string): string {
  const file = path.resolve(folder, named);
  return path.dirname(file) === folder ? file : writableFile(file);
}

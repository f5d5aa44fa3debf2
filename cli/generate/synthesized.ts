import path from "node:path";
import type { Project } from "../../settings/project";
import { inTemporaryFolder } from "../cleanup";
import { GOLDEN } from "../golden-folder";
import { synthesizeProject } from "../project";
import { type Files, filesUnder } from "./files";

/** What `cdktf.out/stacks/<stack>` gets of every stack, as files of `synthesized/<stack>`. */
export function synthesizedFiles(project: Project): Promise<Files> {
  return inTemporaryFolder("synthesized", async (outdir) => {
    await synthesizeProject(project, outdir);
    const stacks = path.join(outdir, "stacks");
    const files = await filesUnder(stacks);
    return new Map([...files].map(([file, content]) => [`${GOLDEN}/${path.relative(stacks, file)}`, content]));
  });
}

import { build } from "esbuild";

/** The reviewer in one file, which runs where there is Node.js and nothing of this project. */
export const REVIEWER = ".build/one-account-review";

/** Builds the reviewer; answers its size in bytes. The same sources give the same bytes, on any machine. */
export async function buildReviewer(outfile = REVIEWER): Promise<number> {
  const { metafile } = await build({
    entryPoints: ["cli/reviewer/main.ts"],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    banner: { js: "#!/usr/bin/env node" },
    legalComments: "none",
    logLevel: "error",
    metafile: true,
  });
  return Object.values(metafile.outputs)[0]?.bytes ?? 0;
}

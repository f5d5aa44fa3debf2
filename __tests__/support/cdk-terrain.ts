import { spawnSync } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { mkdir, readdir, rm, symlink } from "node:fs/promises";
import path from "node:path";
import type { ProjectCopy } from "./project-copy";

const PAGE = "docs/cdk-terrain.md";

/** Packages that take the place of cdktf's, as the page says to install them: name → npm alias. */
export function cdkTerrainPackages(): Record<string, string> {
  const named = readFileSync(PAGE, "utf8").matchAll(/"devDependencies\.([^=\s]+)=(npm:[^"\s]+)"/g);
  return Object.fromEntries([...named].map(([, name = "", alias = ""]) => [name, alias]));
}

/**
 * The folder in which CDK Terrain's packages are installed, once for these versions; or why they cannot be, where the npm registry
 * is not reached. Where the variable CI is set, that is an error.
 */
export function cdkTerrain(): { readonly folder: string; readonly missing?: string } {
  const { constructs } = JSON.parse(readFileSync("package.json", "utf8")).devDependencies as { constructs: string };
  const manifest = JSON.stringify({ private: true, dependencies: { ...cdkTerrainPackages(), constructs } });
  const digest = createHash("sha256").update(manifest).digest("hex").slice(0, 16);
  const folder = path.resolve("node_modules/.cache/cdk-terrain", digest);
  if (existsSync(folder)) return { folder };
  // Made aside and renamed, so that what is there is whole.
  const aside = `${folder}.${randomUUID()}`;
  try {
    mkdirSync(aside, { recursive: true });
    writeFileSync(path.join(aside, "package.json"), manifest);
    const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    const { status, stderr } = spawnSync("npm", ["install", ...options], { cwd: aside, encoding: "utf8" });
    if (status !== 0) {
      const missing = `npm cannot install CDK Terrain: ${stderr.trim().split("\n")[0]}`;
      if (process.env.CI) throw new Error(missing);
      return { folder, missing };
    }
    try {
      renameSync(aside, folder);
    } catch (error) {
      // Another test was as fast.
      if (!existsSync(folder)) throw error;
    }
    return { folder };
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** Gives a copy of the project CDK Terrain's packages in the place of cdktf's; the others stay as they are. */
export async function switchToCdkTerrain(copy: ProjectCopy, folder: string): Promise<void> {
  const target = path.join(copy.folder, "node_modules");
  const [ours, theirs] = [path.resolve("node_modules"), path.join(folder, "node_modules")];
  const installed = new Set((await readdir(theirs)).filter((name) => !name.startsWith(".")));
  const kept = (await readdir(ours)).filter(
    (name) => !installed.has(name) && name !== "cdktf-cli" && name !== ".cache",
  );
  await rm(target);
  await mkdir(target);
  for (const name of kept) await symlink(path.join(ours, name), path.join(target, name));
  for (const name of installed) await symlink(path.join(theirs, name), path.join(target, name));
}

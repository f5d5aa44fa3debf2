import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { outputOf } from "../../cli/child";

const CACHE = "node_modules/.cache/node";

/** The program of a version of Node.js for this machine; npm ships it, and it is fetched once. */
export async function nodeBinary(version: string): Promise<string> {
  const name = packageOf(process.platform, process.arch);
  const folder = path.resolve(CACHE, version);
  const binary = path.join(folder, "node_modules", name, "bin/node");
  if (existsSync(binary)) return binary;
  // Made aside and renamed, so that what is there is whole.
  const aside = `${folder}.${randomUUID()}`;
  try {
    await mkdir(aside, { recursive: true });
    await writeFile(path.join(aside, "package.json"), "{}");
    const options = ["--prefix", aside, "--no-audit", "--no-fund", "--ignore-scripts"];
    await outputOf("npm", ["install", ...options, `${name}@${version}`], { cwd: aside });
    await rm(folder, { recursive: true, force: true });
    await rename(aside, folder);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  return binary;
}

/** As the package `node` chooses it. */
function packageOf(platform: NodeJS.Platform, arch: string): string {
  return `${platform === "darwin" && arch === "arm64" ? "node-bin" : "node"}-${platform}-${arch}`;
}

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The folder in which the baselines are installed. npm ci deletes it. */
const CACHE = path.resolve("node_modules/.cache/bench");
const BOTO3 = "boto3==1.44.5";

/** A Python with boto3, in a virtual environment of its own. Throws if the installation fails. */
export async function python(note: (text: string) => void): Promise<string> {
  const folder = await installed("boto3", note, async (aside) => {
    await run("python3", ["-m", "venv", aside]);
    await run(path.join(aside, "bin/python"), ["-m", "pip", "install", "--quiet", BOTO3]);
  });
  return path.join(folder, "bin/python");
}

/**
 * cdktf's own TypeScript template with the packages that it would install, in the versions that this project uses where
 * it uses them, and `main.ts` of a baseline as its app; returns its folder. Throws if the installation fails.
 */
export async function officialTemplate(baseline: string, note: (text: string) => void): Promise<string> {
  const folder = await installed("official-template", note, async (aside) => {
    await cp("node_modules/cdktf-cli/bundle/templates/typescript", aside, { recursive: true });
    const settings = path.join(aside, "cdktf.json");
    const text = (await readFile(settings, "utf8")).replace("{{projectId}}", "bench").replace("{{futureFlags}}", "");
    await writeFile(settings, text.replace("{{sendCrashReports}}", "false"));
    await cp(path.join(baseline, "package.json"), path.join(aside, "package.json"));
    await run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: aside });
  });
  await cp(baseline, folder, { recursive: true });
  return folder;
}

/** A folder with a complete installation. */
async function installed(name: string, note: (text: string) => void, install: (aside: string) => Promise<void>) {
  const folder = path.join(CACHE, name);
  if (existsSync(folder)) return folder;
  const aside = `${folder}.part`;
  await rm(aside, { recursive: true, force: true });
  note(`Installing ${name} into ${path.relative(".", folder)} …`);
  await install(aside);
  await rename(aside, folder);
  return folder;
}

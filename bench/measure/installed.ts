import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Where the baselines are installed. npm ci takes it away. */
const CACHE = path.resolve("node_modules/.cache/bench");

/** boto3 in a virtual environment of its own; answers its Python. Throws an error that says what is missing. */
export async function python(boto3: string, note: (text: string) => void): Promise<string> {
  const folder = path.join(CACHE, `boto3-${boto3}`);
  const program = path.join(folder, "bin/python");
  if (existsSync(program)) return program;
  note(`Installing boto3 ${boto3} into ${path.relative(".", folder)} …`);
  return whole(folder, async () => {
    await run("python3", ["-m", "venv", folder]).catch(because("it needs Python 3 with venv"));
    const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", `boto3==${boto3}`];
    await run(program, install).catch(because(`boto3 ${boto3} cannot be installed from PyPI`));
    return program;
  });
}

/**
 * cdktf's own TypeScript template with the packages that it would install, in the versions that this project uses where
 * it uses them, and `main.ts` of `baseline` as its app; answers its folder. Throws an error that says what is missing.
 */
export async function officialTemplate(baseline: string, note: (text: string) => void): Promise<string> {
  const template = path.resolve("node_modules/cdktf-cli/bundle/templates/typescript");
  const manifest = await readFile(path.join(baseline, "package.json"), "utf8");
  const hash = createHash("sha256").update(manifest).digest("hex").slice(0, 8);
  const folder = path.join(CACHE, `official-template-${hash}`);
  if (!existsSync(folder)) {
    note(`Installing cdktf's template into ${path.relative(".", folder)} (1 GB) …`);
    const aside = `${folder}.part`;
    await rm(aside, { recursive: true, force: true });
    await whole(aside, async () => {
      await cp(template, aside, { recursive: true });
      const settings = await readFile(path.join(template, "cdktf.json"), "utf8");
      const filled = settings.replace("{{projectId}}", "bench").replace(/\{\{(sendCrashReports)\}\}/, "false");
      await writeFile(path.join(aside, "cdktf.json"), filled.replace("{{futureFlags}}", ""));
      await cp(path.join(baseline, "package.json"), path.join(aside, "package.json"));
      const install = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
      await run("npm", install, { cwd: aside, shell: process.platform === "win32" }).catch(
        because("its packages cannot be installed from npm"),
      );
      await rename(aside, folder);
    });
  }
  await cp(baseline, folder, { recursive: true });
  return folder;
}

/** Installs something as a whole or not at all. */
async function whole<T>(folder: string, install: () => Promise<T>): Promise<T> {
  await mkdir(CACHE, { recursive: true });
  try {
    return await install();
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

function because(what: string) {
  return (error: unknown): never => {
    const { stderr, message } = error as { stderr?: string; message: string };
    throw new Error(`${what} (${(stderr || message).trim().split("\n").at(-1)})`);
  };
}

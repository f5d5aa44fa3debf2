import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { outputOf } from "./child";
import { exclusively } from "./exclusive";
import { Failure } from "./failure";
import { note } from "./print";
import { Interrupted } from "./signals";

/**
 * A program from PyPI, in exactly this version: from a virtual environment of this project's own, or the one on PATH.
 * It is installed where neither is there. `distribution`: what PyPI calls it. Throws a {@link Failure} that says what is missing.
 */
export async function pythonProgram(name: string, version: string, distribution = name): Promise<string> {
  const venv = path.resolve(`node_modules/.cache/${distribution}-${version}`);
  const program = path.join(venv, "bin", name);
  const complete = path.join(venv, "complete");
  if (existsSync(complete)) return program;
  const onPath = await outputOf(name, ["--version"]).catch(() => undefined);
  if (onPath?.stdout.includes(version)) return name;

  await mkdir(path.dirname(venv), { recursive: true });
  return exclusively(`${venv}.lock`, `installing ${name}`, async () => {
    // What is there without the file at its end was interrupted.
    await rm(venv, { recursive: true, force: true });
    note(`Installing ${name} ${version} into ${path.relative(".", venv)} …`);
    await orFailure(outputOf("python3", ["-m", "venv", venv]), `${name} needs Python 3 with venv`);
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", `${distribution}==${version}`];
    const install = outputOf(path.join(venv, "bin/python"), pip);
    await orFailure(install, `${name} ${version} cannot be installed from PyPI`);
    await writeFile(complete, "");
    return program;
  });
}

async function orFailure(work: Promise<unknown>, what: string): Promise<void> {
  await work.catch((error: Error) => {
    throw error instanceof Interrupted ? error : new Failure(`${what} (${error.message})`);
  });
}

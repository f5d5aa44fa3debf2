import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { exclusively } from "./exclusive";
import { Failure } from "./failure";
import { note } from "./print";

const run = promisify(execFile);

/**
 * A program from PyPI, in exactly this version: from a virtual environment of this project's own, or the one on PATH.
 * It is installed where neither is there. Throws a {@link Failure} that says what is missing.
 */
export async function pythonProgram(name: string, version: string): Promise<string> {
  const venv = path.resolve(`node_modules/.cache/${name}-${version}`);
  const program = path.join(venv, "bin", name);
  const complete = path.join(venv, "complete");
  if (existsSync(complete)) return program;
  const onPath = await run(name, ["--version"]).catch(() => undefined);
  if (onPath?.stdout.includes(version)) return name;

  await mkdir(path.dirname(venv), { recursive: true });
  return exclusively(`${venv}.lock`, `installing ${name}`, async () => {
    // What is there without the file at its end was interrupted.
    await rm(venv, { recursive: true, force: true });
    note(`Installing ${name} ${version} into ${path.relative(".", venv)} …`);
    await run("python3", ["-m", "venv", venv]).catch((error: unknown) => {
      throw new Failure(`${name} needs Python 3 with venv (${lastLine(error)})`);
    });
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", `${name}==${version}`];
    await run(path.join(venv, "bin/python"), pip).catch((error: unknown) => {
      throw new Failure(`${name} ${version} cannot be installed from PyPI (${lastLine(error)})`);
    });
    await writeFile(complete, "");
    return program;
  });
}

function lastLine(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr || message).trim().split("\n").at(-1) ?? "";
}

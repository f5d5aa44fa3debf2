import { randomUUID } from "node:crypto";
import { cp, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";

/**
 * Makes the files of one folder those of another, each at once and only where it differs, so that a command which reads them
 * meanwhile reads the old or the new one. Folders that the source has none of, and files beside its own, stay.
 */
export async function synchronize(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) {
      await synchronize(source, target);
      // A bundle's folder is named after its content: what is left of earlier ones goes.
      if (path.basename(from) === "assets") await removeOthers(source, target);
    } else if (!(await sameContent(source, target))) {
      const aside = `${target}.${randomUUID()}`;
      await cp(source, aside);
      await rename(aside, target);
    }
  }
}

async function removeOthers(source: string, target: string): Promise<void> {
  const wanted = new Set(await readdir(source));
  for (const name of await readdir(target)) {
    if (!wanted.has(name)) await rm(path.join(target, name), { recursive: true, force: true });
  }
}

async function sameContent(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([readFile(one), readFile(other).catch(() => undefined)]);
  return b !== undefined && a.equals(b);
}

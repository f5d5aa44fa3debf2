import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** File contents by path. */
export type Files = ReadonlyMap<string, Buffer>;

/** What Terraform leaves in a folder that it runs in; none of it is tracked. */
const LEFT_BY_TERRAFORM = /(?:^|\/)\.terraform(?:\/|$)|\.tfplan$|\.zip$/;

/** Every file of a folder that can be tracked, by its path: `<folder>/…`. Empty for a folder that does not exist. */
export async function filesUnder(folder: string): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const names = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.join(entry.parentPath, entry.name).split(path.sep).join("/"))
    .filter((name) => !LEFT_BY_TERRAFORM.test(name));
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(name)] as const)));
}

import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

/** Writes the licences of the packages that these files are of. Throws an Error for a package without one. */
export async function writeThirdPartyLicences(inputs: readonly string[], target: string): Promise<void> {
  const folders = [...new Set(inputs.flatMap((input) => packageFolder(input) ?? []))].sort();
  const texts = await Promise.all(folders.map(licenceOf));
  await writeFile(target, `What the functions' bundles contain of other authors.\n\n${texts.join("\n")}`);
}

/** `node_modules/@smithy/signature-v4` of a file below it; undefined for this project's own. */
function packageFolder(file: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0];
}

async function licenceOf(folder: string): Promise<string> {
  const { name, version, license } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e(?:\.\w+)?$/i.test(entry));
  if (file === undefined) throw new Error(`${folder} has no file with its licence`);
  const text = await readFile(path.join(folder, file), "utf8");
  return `${"=".repeat(80)}\n${name} ${version} (${license})\n\n${text.trim()}\n`;
}

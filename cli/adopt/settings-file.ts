import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { Failure } from "../failure";
import type { WrittenSettings } from "./settings-of";

const WIDTH = 120;

/** The file of an environment's adopted settings, relative to the project's folder. */
export function settingsFile(environment: string): string {
  return `adopted/${environment}.ts`;
}

/** The content of that file. */
export function settingsText(settings: WrittenSettings, poolId: string): string {
  return `import type { EnvironmentSettings } from "#settings";

/**
 * The user pool ${poolId} as \`npm run adopt\` found it (docs/adopting-a-pool.md). What is under \`keep\` counts whatever the settings
 * say: take an argument out of it to let its setting decide. \`imports\` can be deleted once they are deployed.
 */
const settings: EnvironmentSettings = ${written(settings, "")};

export default settings;
`;
}

/** Writes a file of adopted/. Throws a {@link Failure} where another content is there, and it is not to be overwritten. */
export async function writeAdopted(file: string, text: string, overwrite: boolean): Promise<void> {
  const present = await readFile(file, "utf8").catch(() => undefined);
  if (present !== undefined && present !== text && !overwrite) {
    throw new Failure(`${file} is there, and holds something else: --overwrite writes it anew.`, 64);
  }
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** A value as TypeScript, on one line where it fits. */
function written(value: unknown, indent: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const isList = Array.isArray(value);
  const items = isList
    ? value.map((item) => written(item, inner))
    : Object.entries(value).map(([name, field]) => `${key(name)}: ${written(field, inner)}`);
  const [open, close] = isList ? ["[", "]"] : ["{", "}"];
  const line = isList ? `[${items.join(", ")}]` : `{ ${items.join(", ")} }`;
  if (items.length === 0) return open + close;
  if (indent !== "" && !line.includes("\n") && indent.length + line.length < WIDTH - 40) return line;
  return `${open}\n${items.map((item) => `${inner}${item},\n`).join("")}${indent}${close}`;
}

function key(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
}

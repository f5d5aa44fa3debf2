import { existsSync } from "node:fs";
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { Failure } from "../failure";

/** A file of cognito-local: the clients of all pools, or a pool with its users. */
interface Kept {
  readonly file: string;
  readonly content: {
    readonly Users?: object;
    readonly Groups?: Readonly<Record<string, { members?: string[] }>>;
  };
}

/** Throws a {@link Failure} where what earlier starts have left is damaged: cognito-local would crash, or make another pool. */
export async function checkKept(folder: string): Promise<void> {
  await keptIn(folder);
}

/** Pool and clients keep their ids: they are in other files than the users, or beside them. Throws as {@link checkKept} does, and forgets nothing then. */
export async function forgetUsers(folder: string): Promise<void> {
  const kept = await keptIn(folder);
  await rm(path.join(folder, "tables"), { recursive: true, force: true });
  for (const { file, content } of kept) {
    if (content.Users === undefined) continue;
    for (const group of Object.values(content.Groups ?? {})) group.members = [];
    await writeFile(`${file}.next`, JSON.stringify({ ...content, Users: {} }));
    await rename(`${file}.next`, file);
  }
}

async function keptIn(folder: string): Promise<Kept[]> {
  const pools = path.join(folder, ".cognito/db");
  if (!existsSync(pools)) return [];
  const files = (await readdir(pools)).filter((name) => name.endsWith(".json")).map((name) => path.join(pools, name));
  return Promise.all(
    files.map(async (file) => ({ file, content: contentOf(file, await readFile(file, "utf8"), folder) })),
  );
}

function contentOf(file: string, text: string, folder: string): Kept["content"] {
  try {
    const content = JSON.parse(text);
    if (typeof content === "object" && content !== null) return content;
  } catch {
    // It is said below.
  }
  throw new Failure(
    `${file} is damaged. Delete ${folder}, and start again: the pool and its clients then have other ids and secrets, and no users.`,
  );
}

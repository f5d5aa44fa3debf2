import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";

/** Characters that are collected before they are written. */
const CHUNK = 1 << 16;

/** Writes a file from pieces of text, whole or not at all; only its owner can read it (mode 0600). */
export async function writeWhole(file: string, pieces: Iterable<string> | AsyncIterable<string>): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  const handle = await open(aside, "wx", 0o600);
  try {
    let text = "";
    for await (const piece of pieces) {
      text += piece;
      if (text.length < CHUNK) continue;
      await handle.appendFile(text);
      text = "";
    }
    await handle.appendFile(text);
    await handle.sync();
    await handle.close();
    await rename(aside, file);
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(aside, { force: true });
    throw error;
  }
}

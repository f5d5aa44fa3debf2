import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";

/** Characters that are buffered before they are written. */
const CHUNK = 1 << 16;

/** Writes a file from pieces of text atomically: to a temporary file that is then renamed. Only its owner can read it (mode 0600). */
export async function writeAtomically(file: string, pieces: Iterable<string> | AsyncIterable<string>): Promise<void> {
  const temporary = `${file}.${randomUUID()}`;
  const handle = await open(temporary, "wx", 0o600);
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
    await rename(temporary, file);
  } catch (error) {
    await handle.close().catch(() => {});
    await rm(temporary, { force: true });
    throw error;
  }
}

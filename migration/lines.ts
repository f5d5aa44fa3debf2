import { open } from "node:fs/promises";
import { bytesParsed } from "./garbage";

/** Bytes that are read at once. */
const CHUNK = 1 << 16;

/**
 * The lines of a file that end, as bytes without their ends, and then what comes after the last of them, if anything.
 * The bytes are good until the next line is asked for: all of the file is read into one buffer, as large as a chunk and the
 * longest line. A buffer a chunk would only be freed when V8 collects its old space, so that memory grew with the file.
 */
export async function* linesOf(file: string): AsyncGenerator<{ readonly line: Buffer; readonly ends: boolean }> {
  const handle = await open(file);
  try {
    let buffer = Buffer.allocUnsafeSlow(2 * CHUNK);
    let used = 0;
    for (;;) {
      if (buffer.length - used < CHUNK) buffer = Buffer.concat([buffer], 2 * buffer.length);
      const { bytesRead } = await handle.read(buffer, used, CHUNK);
      if (bytesRead === 0) break;
      let start = 0;
      // What was left of the last chunk has no end of a line in it.
      let end = buffer.indexOf(10, used);
      used += bytesRead;
      bytesParsed(bytesRead);
      for (; end >= 0 && end < used; end = buffer.indexOf(10, start)) {
        yield { line: buffer.subarray(start, end), ends: true };
        start = end + 1;
      }
      buffer.copyWithin(0, start, used);
      used -= start;
    }
    if (used > 0) yield { line: buffer.subarray(0, used), ends: false };
  } finally {
    await handle.close();
  }
}

/** The lines of a text file, ended as Unix or as Windows ends them, without a byte order mark; numbered from 1. */
export async function* textLinesOf(file: string): AsyncGenerator<{ readonly text: string; readonly number: number }> {
  let number = 0;
  for await (const { line } of linesOf(file)) {
    number++;
    const end = line.at(-1) === 13 ? line.length - 1 : line.length;
    const text = line.toString("utf8", 0, end);
    yield { text: number === 1 ? text.replace(/^\uFEFF/, "") : text, number };
  }
}

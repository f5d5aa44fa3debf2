import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { MigrationError } from "./migration-error";

/** Bytes per read. */
const CHUNK = 1 << 16;
/** Bytes. A longer line cannot become a text: V8's texts end at 512 MB. */
const LONGEST_LINE = 1 << 28;

/**
 * The lines of a file as bytes without their line ends. The last one has `ends: false` if it has no line end.
 * The bytes are valid until the next line is requested, because one buffer is reused for the whole file. It is as large as a
 * chunk and the longest line. Separate buffers would be freed only when V8 collects its old space: memory would grow with
 * the file.
 */
export async function* linesOf(file: string): AsyncGenerator<{ readonly line: Buffer; readonly ends: boolean }> {
  const handle = await open(file);
  try {
    let buffer = Buffer.allocUnsafeSlow(2 * CHUNK);
    let used = 0;
    for (;;) {
      if (used > LONGEST_LINE) throw new MigrationError(`${file}: a line of more than ${LONGEST_LINE} bytes.`);
      if (buffer.length - used < CHUNK) buffer = Buffer.concat([buffer], 2 * buffer.length);
      const { bytesRead } = await handle.read(buffer, used, CHUNK);
      if (bytesRead === 0) break;
      let start = 0;
      // The remainder of the last chunk contains no line end.
      let end = buffer.indexOf(10, used);
      used += bytesRead;
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

/**
 * The lines of a text file, numbered from 1, without line ends (LF or CRLF) and without a byte order mark. Throws a {@link MigrationError} that
 * names the line where one is not UTF-8: different bytes would become the same character.
 */
export async function* textLinesOf(file: string): AsyncGenerator<{ readonly text: string; readonly number: number }> {
  let number = 0;
  for await (const { line } of linesOf(file)) {
    number++;
    if (!isUtf8(line)) throw notUtf8(file, number);
    const end = line.at(-1) === 13 ? line.length - 1 : line.length;
    const text = line.toString("utf8", 0, end);
    yield { text: number === 1 ? text.replace(/^\uFEFF/, "") : text, number };
  }
}

/** A text file in pieces, without a byte order mark. Throws as {@link textLinesOf} does. */
export async function* textOf(file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decoded = async (bytes?: Buffer) => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch {
      let number = 0;
      for await (const _ of textLinesOf(file)) number++;
      throw notUtf8(file, number);
    }
  };
  for await (const bytes of createReadStream(file)) yield decoded(bytes);
  yield decoded();
}

function notUtf8(file: string, line: number): MigrationError {
  return new MigrationError(`${file}, line ${line}: this is not UTF-8; save the file in UTF-8.`);
}

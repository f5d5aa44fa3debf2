import { createReadStream } from "node:fs";

/** Bytes that are read at once. */
const CHUNK = 1 << 16;

/** The lines of a file that end, as bytes without their ends, and then what comes after the last of them, if anything. */
export async function* linesOf(file: string): AsyncGenerator<{ readonly line: Buffer; readonly ends: boolean }> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK })) {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk as Buffer]) : (chunk as Buffer);
    let start = 0;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10, start)) {
      yield { line: rest.subarray(start, end), ends: true };
      start = end + 1;
    }
    rest = rest.subarray(start);
  }
  if (rest.length > 0) yield { line: rest, ends: false };
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

import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import path from "node:path";

/** Runs `work` with a temporary folder. Only its owner can read the folder; it is deleted afterwards. */
export async function inScratchFolder<T>(parent: string, work: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(path.join(parent, "scratch-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Bytes that are buffered for a part before they are written. */
const CHUNK = 1 << 12;

interface Part {
  /** Bytes in the part's buffer. */
  waiting: number;
  /** Bytes in its file. */
  written: number;
  file: number | undefined;
}

/** Records in several files (parts). In memory are one buffer for each part, and the part that is read. */
export class Parts {
  private readonly parts: readonly Part[];
  private readonly chunks: Buffer;
  private whole = Buffer.alloc(0);

  constructor(
    private readonly folder: string,
    private readonly name: string,
    count: number,
  ) {
    this.parts = Array.from({ length: count }, () => ({ waiting: 0, written: 0, file: undefined }));
    this.chunks = Buffer.alloc(count * CHUNK);
  }

  add(number: number, record: Buffer): void {
    const part = this.part(number);
    if (part.waiting + record.length > CHUNK) this.flush(number);
    if (record.length > CHUNK) this.write(number, record);
    else part.waiting += record.copy(this.chunks, number * CHUNK + part.waiting);
  }

  /** The records of a part, in their order. The buffer is valid until the next part is read. */
  read(number: number): Buffer {
    this.flush(number);
    const { file, written } = this.part(number);
    if (file === undefined) return this.whole.subarray(0, 0);
    if (this.whole.length < written) this.whole = Buffer.allocUnsafeSlow(2 * written);
    for (let at = 0; at < written; ) at += readSync(file, this.whole, at, written - at, at);
    return this.whole.subarray(0, written);
  }

  close(): void {
    for (const { file } of this.parts) if (file !== undefined) closeSync(file);
  }

  private part(number: number): Part {
    const part = this.parts[number];
    if (!part) throw new RangeError(`There is no part ${number}.`);
    return part;
  }

  private flush(number: number): void {
    const part = this.part(number);
    this.write(number, this.chunks.subarray(number * CHUNK, number * CHUNK + part.waiting));
    part.waiting = 0;
  }

  private write(number: number, bytes: Buffer): void {
    if (bytes.length === 0) return;
    const part = this.part(number);
    part.file ??= openSync(path.join(this.folder, `${this.name}-${number}`), "wx+", 0o600);
    for (let from = 0; from < bytes.length; ) from += writeSync(part.file, bytes, from);
    part.written += bytes.length;
  }
}

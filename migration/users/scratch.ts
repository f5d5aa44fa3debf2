import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import path from "node:path";

/** Runs something that needs a folder for files of its own, which nobody else can read, and which goes afterwards. */
export async function inScratchFolder<T>(parent: string, work: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(path.join(parent, "scratch-"));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Bytes that are collected for a part before they are written. */
const CHUNK = 1 << 12;

interface Part {
  readonly chunk: Buffer;
  used: number;
  file: number | undefined;
}

/** Records spread over files, so that a part of them at a time is in memory. */
export class Parts {
  private readonly parts = new Map<number, Part>();

  constructor(
    private readonly folder: string,
    private readonly name: string,
    readonly count: number,
  ) {}

  add(number: number, record: Buffer): void {
    const part: Part = this.parts.get(number) ?? { chunk: Buffer.alloc(CHUNK), used: 0, file: undefined };
    this.parts.set(number, part);
    if (part.used + record.length > CHUNK) this.flush(number);
    if (record.length > CHUNK) writeSync(this.fileFor(number, part), record);
    else part.used += record.copy(part.chunk, part.used);
  }

  /** Ends the writing; the parts can be read from now on. */
  finish(): void {
    for (const number of this.parts.keys()) {
      this.flush(number);
      const { file } = this.parts.get(number) ?? {};
      if (file !== undefined) closeSync(file);
      this.parts.set(number, { chunk: Buffer.alloc(0), used: 0, file: undefined });
    }
  }

  /** What was added to a part, in its order. */
  read(number: number): Buffer {
    return this.parts.has(number) ? readFileSync(this.fileOf(number)) : Buffer.alloc(0);
  }

  private flush(number: number): void {
    const part = this.parts.get(number);
    if (!part) return;
    writeSync(this.fileFor(number, part), part.chunk.subarray(0, part.used));
    part.used = 0;
  }

  private fileFor(number: number, part: Part): number {
    part.file ??= openSync(this.fileOf(number), "wx", 0o600);
    return part.file;
  }

  private fileOf(number: number): string {
    return path.join(this.folder, `${this.name}-${number}`);
  }
}

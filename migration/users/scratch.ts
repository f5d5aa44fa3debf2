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

/** Records spread over files, so that a part of them at a time is in memory. */
export class Parts {
  private readonly files: number[] = [];
  private readonly chunks: Buffer[] = [];
  private readonly used: number[] = [];

  constructor(
    private readonly folder: string,
    private readonly name: string,
    readonly count: number,
  ) {
    for (let part = 0; part < count; part++) {
      this.files.push(openSync(this.file(part), "wx", 0o600));
      this.chunks.push(Buffer.alloc(CHUNK));
      this.used.push(0);
    }
  }

  add(part: number, record: Buffer): void {
    const used = this.used[part] ?? 0;
    if (used + record.length > CHUNK) this.flush(part);
    const start = this.used[part] ?? 0;
    if (record.length > CHUNK) writeSync(this.files[part] ?? -1, record);
    else this.used[part] = start + record.copy(this.chunks[part] ?? record, start);
  }

  /** Ends the writing; the parts can be read from now on. */
  finish(): void {
    for (let part = 0; part < this.count; part++) {
      this.flush(part);
      closeSync(this.files[part] ?? -1);
    }
    this.chunks.length = 0;
  }

  /** What was added to a part, in its order. */
  read(part: number): Buffer {
    return readFileSync(this.file(part));
  }

  private flush(part: number): void {
    const chunk = this.chunks[part]?.subarray(0, this.used[part]);
    if (chunk?.length) writeSync(this.files[part] ?? -1, chunk);
    this.used[part] = 0;
  }

  private file(part: number): string {
    return path.join(this.folder, `${this.name}-${part}`);
  }
}

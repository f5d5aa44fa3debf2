import { randomUUID } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { fileProblem } from "./file-problem";
import { MigrationError } from "./migration-error";

/** Characters that are buffered before they are written. */
const CHUNK = 1 << 16;

/**
 * A file that is written whole or not at all: to a temporary file that is then renamed. Only its owner can read it (mode 0600). The temporary file is
 * removed when the process ends before that. Every method throws a {@link MigrationError} that names the file where it cannot be written.
 */
export class AtomicFile {
  private readonly temporary: string;
  private readonly descriptor: number;
  private buffered = "";
  private readonly remove = () => rmSync(this.temporary, { force: true });

  constructor(private readonly file: string) {
    this.temporary = `${file}.${randomUUID()}`;
    this.descriptor = this.translated(() => openSync(this.temporary, "wx", 0o600));
    process.on("exit", this.remove);
  }

  write(text: string): void {
    this.buffered += text;
    if (this.buffered.length >= CHUNK) this.flush();
  }

  /** The file has what was written, on disk, when this returns. */
  commit(): void {
    this.flush();
    this.translated(() => {
      fsyncSync(this.descriptor);
      closeSync(this.descriptor);
      renameSync(this.temporary, this.file);
    });
    process.off("exit", this.remove);
  }

  /** The file stays as it was. */
  discard(): void {
    try {
      closeSync(this.descriptor);
    } catch {
      // commit() has closed it.
    }
    this.remove();
    process.off("exit", this.remove);
  }

  private flush(): void {
    // writeSync may write a part only.
    this.translated(() => writeFileSync(this.descriptor, this.buffered));
    this.buffered = "";
  }

  private translated<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      const problem = fileProblem(error);
      throw problem === undefined ? error : new MigrationError(`${this.file} cannot be written: ${problem}.`);
    }
  }
}

/** Writes an {@link AtomicFile} from pieces of text. */
export async function writeAtomically(file: string, pieces: Iterable<string> | AsyncIterable<string>): Promise<void> {
  const written = new AtomicFile(file);
  try {
    for await (const piece of pieces) written.write(piece);
    written.commit();
  } catch (error) {
    written.discard();
    throw error;
  }
}

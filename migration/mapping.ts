import { writeAtomically } from "./atomic-file";
import { csvLine, readCsv } from "./csv";
import { MigrationError } from "./migration-error";

/** An old id and the new id that replaces it. Several old ids have the same new id if their accounts were merged. */
export interface Mapped {
  readonly oldId: string;
  readonly newId: string;
}

const COLUMNS = ["old_id", "new_id"] as const;

/** Writes a CSV file with the columns old_id and new_id, atomically and with mode 0600. Returns the number of rows. */
export async function writeMapping(file: string, mapped: Iterable<Mapped> | AsyncIterable<Mapped>): Promise<number> {
  let rows = 0;
  async function* lines() {
    yield csvLine(COLUMNS);
    for await (const { oldId, newId } of mapped) {
      rows++;
      yield csvLine([oldId, newId]);
    }
  }
  await writeAtomically(file, lines());
  return rows;
}

/**
 * Reads a mapping, row by row, in the order of the file. Throws a {@link MigrationError} that names the line if an id is
 * missing, or if the old and the new id are the same. {@link loadMapping} checks that no old id occurs twice.
 */
export async function* readMapping(file: string): AsyncGenerator<Mapped & { readonly line: number }> {
  for await (const { line, cells } of readCsv(file)) {
    const [oldId, newId] = COLUMNS.map((column) => cells[column]);
    if (oldId === undefined || newId === undefined) {
      throw new MigrationError(`${file}: its first line must name the columns ${COLUMNS.join(" and ")}.`);
    }
    if (oldId === "" || newId === "") throw new MigrationError(`${file}, line ${line}: an id is missing.`);
    if (oldId === newId)
      throw new MigrationError(`${file}, line ${line}: the old and the new id are the same, ${oldId}.`);
    yield { oldId, newId, line };
  }
}

/**
 * A mapping in memory: old id → new id. Throws a {@link MigrationError} if an old id has two new ids, or if the new id of one
 * row is the old id of another: a second run would replace it again.
 */
export async function loadMapping(file: string): Promise<Map<string, string>> {
  const mapping = new Map<string, string>();
  for await (const { oldId, newId, line } of readMapping(file)) {
    const before = mapping.get(oldId);
    if (before !== undefined && before !== newId) {
      throw new MigrationError(
        `${file}, line ${line}: ${oldId} has the new id ${newId} here and ${before} in an earlier line.`,
      );
    }
    mapping.set(oldId, newId);
  }
  for (const newId of mapping.values()) {
    if (mapping.has(newId)) throw new MigrationError(`${file}: ${newId} is both an old and a new id.`);
  }
  return mapping;
}

import { csvLine, readCsv } from "./csv";
import { MigrationError } from "./migration-error";
import { writeWhole } from "./whole-file";

/** Whose ids become which: several old ones become one new one where accounts were merged. */
export interface Mapped {
  readonly oldId: string;
  readonly newId: string;
}

const COLUMNS = ["old_id", "new_id"] as const;

/** Writes a CSV file with the columns old_id and new_id, whole or not at all, mode 0600; answers how many rows it has. */
export async function writeMapping(file: string, mapped: Iterable<Mapped> | AsyncIterable<Mapped>): Promise<number> {
  let rows = 0;
  async function* lines() {
    yield csvLine(COLUMNS);
    for await (const { oldId, newId } of mapped) {
      rows++;
      yield csvLine([oldId, newId]);
    }
  }
  await writeWhole(file, lines());
  return rows;
}

/**
 * Reads a mapping, row by row, in the order of the file. Throws a {@link MigrationError} that names the line where an id is
 * missing or is its own successor. That no old id is there twice is for {@link loadMapping} to see.
 */
export async function* readMapping(file: string): AsyncGenerator<Mapped & { readonly line: number }> {
  for await (const { line, cells } of readCsv(file)) {
    const [oldId, newId] = COLUMNS.map((column) => cells[column]);
    if (oldId === undefined || newId === undefined) {
      throw new MigrationError(`${file}: its first line must name the columns ${COLUMNS.join(" and ")}.`);
    }
    if (oldId === "" || newId === "") throw new MigrationError(`${file}, line ${line}: an id is missing.`);
    if (oldId === newId) throw new MigrationError(`${file}, line ${line}: ${oldId} would become itself.`);
    yield { oldId, newId, line };
  }
}

/**
 * A mapping in memory: old id → new id. Throws a {@link MigrationError} where one id would become two, or where the new id of
 * one row is the old id of another: a second run would change it again.
 */
export async function loadMapping(file: string): Promise<Map<string, string>> {
  const mapping = new Map<string, string>();
  for await (const { oldId, newId, line } of readMapping(file)) {
    const before = mapping.get(oldId);
    if (before !== undefined && before !== newId) {
      throw new MigrationError(
        `${file}, line ${line}: ${oldId} would become ${newId}, and ${before} in a line before.`,
      );
    }
    mapping.set(oldId, newId);
  }
  for (const newId of mapping.values()) {
    if (mapping.has(newId)) throw new MigrationError(`${file}: ${newId} is both an old and a new id.`);
  }
  return mapping;
}

import { textLinesOf } from "./lines";
import { MigrationError } from "./migration-error";

/** A row of a CSV file. `cells` has a value for each column that the first line names; `line` is where the row starts. */
export interface Row {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** A CSV line in the format of RFC 4180. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")}\n`;
}

/** Reads a CSV file (RFC 4180, also with quoted line ends), row by row; the first line names the columns. */
export async function* readCsv(file: string): AsyncGenerator<Row> {
  let columns: readonly string[] | undefined;
  for await (const { line, cells } of records(file)) {
    if (!columns) columns = cells;
    else if (cells.length === columns.length) {
      yield { line, cells: Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ""])) };
    } else {
      const found = `${cells.length} values where the first line names ${columns.length} columns`;
      throw new MigrationError(`${file}, line ${line}: ${found}; this is not a valid CSV file.`);
    }
  }
}

async function* records(file: string): AsyncGenerator<{ line: number; cells: string[] }> {
  let start = 0;
  let record: string | undefined;
  for await (const { text, number } of textLinesOf(file)) {
    if (record === undefined) start = number;
    record = record === undefined ? text : `${record}\n${text}`;
    // An odd number of quotes: the line ends inside a cell.
    if ((record.split('"').length - 1) % 2 === 1) continue;
    if (record !== "") yield { line: start, cells: cellsOf(record) };
    record = undefined;
  }
  if (record !== undefined) {
    throw new MigrationError(`${file}, line ${start}: a quotation mark is never closed.`);
  }
}

function cellsOf(record: string): string[] {
  // With a leading comma every cell starts with a comma, the first cell and empty cells too.
  return [...`,${record}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain = ""]) =>
    quoted === undefined ? plain : quoted.replaceAll('""', '"'),
  );
}

import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { MigrationError } from "./migration-error";

/** A row of a CSV file, by the names in its first line, and the line where it begins. */
export interface Row {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** A line as RFC 4180 has it. */
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
      throw new MigrationError(`${file}, line ${line}: ${found}; it is no CSV file that can be read.`);
    }
  }
}

async function* records(file: string): AsyncGenerator<{ line: number; cells: string[] }> {
  let number = 0;
  let start = 0;
  let text: string | undefined;
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    if (text === undefined) start = number;
    text = text === undefined ? line.replace(/^\uFEFF/, "") : `${text}\n${line}`;
    // An odd number of quotes: the line ends inside of a cell.
    if ((text.split('"').length - 1) % 2 === 1) continue;
    if (text !== "") yield { line: start, cells: cellsOf(text) };
    text = undefined;
  }
  if (text !== undefined)
    throw new MigrationError(`${file}, line ${start}: a quotation mark is opened and never closed.`);
}

function cellsOf(text: string): string[] {
  const cells: string[] = [];
  for (const [, quoted, plain = ""] of text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) {
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
  }
  return cells;
}

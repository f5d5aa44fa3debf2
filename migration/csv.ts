import { Readable } from "node:stream";
import { CsvError, type Options, parse } from "csv-parse";
import { textOf } from "./lines";
import { MigrationError } from "./migration-error";

/** A row of a CSV file. `cells` has a value for each column that the first line names; `line` is where the row starts. */
export interface Row {
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** The cells of a record, in their order, and the line where it starts. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A CSV line in the format of RFC 4180. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",")}\n`;
}

/** Reads a CSV file (RFC 4180, also with quoted line ends), row by row; the first line names the columns. */
export function readCsv(file: string): AsyncGenerator<Row> {
  return rowsOf(file, csvRecords(file));
}

/** The rows that records make. Throws a {@link MigrationError} where a row has not as many cells as there are columns. */
export async function* rowsOf(file: string, records: AsyncIterable<CsvRecord>): AsyncGenerator<Row> {
  let columns: readonly string[] | undefined;
  for await (const { line, cells } of records) {
    if (!columns) columns = columnsOf(file, cells);
    else {
      checkLength(file, line, cells, columns);
      yield { line, cells: Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ""])) };
    }
  }
  if (!columns) throw new MigrationError(`${file}: the file is empty.`);
}

function columnsOf(file: string, columns: readonly string[]): readonly string[] {
  if (columns.some((column) => column.includes("\r"))) {
    throw new MigrationError(`${file}: its lines end in CR alone; save it with LF or CRLF.`);
  }
  const twice = columns.find((column, index) => columns.indexOf(column) !== index);
  if (twice === undefined) return columns;
  throw new MigrationError(`${file}, line 1: the column ${JSON.stringify(twice)} is there twice.`);
}

function checkLength(file: string, line: number, cells: readonly string[], columns: readonly string[]): void {
  if (cells.length === columns.length) return;
  const found = `${cells.length} values where the first line names ${columns.length} columns`;
  throw new MigrationError(`${file}, line ${line}: ${found}; this is not a valid CSV file.`);
}

/** Bytes. A quotation mark that is never closed would otherwise take the rest of the file into memory. */
const LONGEST_RECORD = 1 << 20;

export interface RecordOptions {
  /** Whether a cell may look as if it had swallowed other rows. @default it is refused */
  readonly mayHoldRows?: boolean;
  /** How an operator says so. */
  readonly sayBy?: string;
}

/** Reads the records of a CSV file (RFC 4180), without empty lines. */
export async function* csvRecords(file: string, options: RecordOptions = {}): AsyncGenerator<CsvRecord> {
  let line = 1;
  let columns = 0;
  try {
    for await (const cells of parsed(file)) {
      columns ||= cells.length;
      const ends = lineEnds(cells);
      if (ends > 0 && !options.mayHoldRows) checkSwallowed(file, line, cells, columns, options.sayBy);
      if (cells.length > 1 || cells[0] !== "") yield { line, cells };
      line += 1 + ends;
    }
  } catch (error) {
    throw error instanceof CsvError ? await explained(file, error) : error;
  }
}

async function* parsed(file: string, options: Options = {}): AsyncGenerator<string[]> {
  const source = Readable.from(textOf(file));
  const parser = parse({
    record_delimiter: ["\r\n", "\n"],
    relax_column_count: true,
    max_record_size: LONGEST_RECORD,
    ...options,
  });
  source.on("error", (error) => parser.destroy(error)).pipe(parser);
  try {
    yield* parser as AsyncIterable<string[]>;
  } finally {
    source.destroy();
  }
}

function lineEnds(cells: readonly string[]): number {
  return cells.reduce((ends, cell) => (cell.includes("\n") ? ends + cell.split("\n").length - 1 : ends), 0);
}

/**
 * A stray quotation mark joins all rows up to the next one to one cell, and the file is still valid. Such a cell has as many commas as a row,
 * or more.
 */
function checkSwallowed(file: string, line: number, cells: readonly string[], columns: number, sayBy?: string): void {
  const swallowing = cells.find((cell) => cell.includes("\n") && cell.split(",").length >= columns);
  if (swallowing === undefined) return;
  const or = sayBy === undefined ? "" : `, or say with ${sayBy} that it is one value`;
  const last = line + swallowing.split("\n").length - 1;
  throw new MigrationError(
    `${file}, line ${line}: a quoted cell goes on to line ${last} and seems to hold other rows; remove or double the stray quotation mark${or}.`,
  );
}

const REASONS: Readonly<Record<string, string>> = {
  INVALID_OPENING_QUOTE:
    "a quotation mark in the middle of a cell; put the cell in quotation marks and double those in it",
  CSV_INVALID_CLOSING_QUOTE: "text after a closing quotation mark; double the quotation marks that belong to the cell",
  CSV_QUOTE_NOT_CLOSED: "a quotation mark is never closed",
  CSV_MAX_RECORD_SIZE: `a row of more than ${LONGEST_RECORD} bytes; a quotation mark is probably never closed`,
};

async function explained(file: string, error: CsvError): Promise<MigrationError> {
  const reason = REASONS[error.code] ?? error.message;
  return new MigrationError(`${file}, line ${await lineOfRecord(file, Number(error.records))}: ${reason}.`);
}

/** The line where a record starts that cannot be read: those before it can. */
async function lineOfRecord(file: string, before: number): Promise<number> {
  if (before === 0) return 1;
  let line = 1;
  for await (const cells of parsed(file, { to: before })) line += 1 + lineEnds(cells);
  return line;
}

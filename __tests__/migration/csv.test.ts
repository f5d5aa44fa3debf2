import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { csvLine, readCsv } from "../../migration/csv";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "csv-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(text: string) {
  const file = path.join(folder, "file.csv");
  await writeFile(file, text);
  const rows: Array<[number, Record<string, string>]> = [];
  for await (const { line, cells } of readCsv(file)) rows.push([line, cells]);
  return rows;
}

it("reads quoted cells, with commas, quotes and line ends in them, and says in which line a row begins", async () => {
  expect(await read('a,b\n1,"x, ""y"""\n"two\nlines",\n3,4')).toEqual([
    [2, { a: "1", b: 'x, "y"' }],
    [3, { a: "two\nlines", b: "" }],
    [5, { a: "3", b: "4" }],
  ]);
});

it("reads what it writes", async () => {
  const cell = fc.string({ unit: "grapheme" }).map((text) => text.replaceAll("\r", ""));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell, fc.constant("end")), { maxLength: 5 }), async (rows) => {
      const text = csvLine(["a", "b", "c"]) + rows.map(csvLine).join("");
      expect((await read(text)).map(([, { a, b, c }]) => [a, b, c])).toEqual(rows);
    }),
  );
});

it("reads lines longer than what is read at once", async () => {
  const long = "é".repeat(100_000);
  expect(await read(`a,b\n${long},1\n2,${long}\n`)).toEqual([
    [2, { a: long, b: "1" }],
    [3, { a: "2", b: long }],
  ]);
});

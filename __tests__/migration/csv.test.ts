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

it("quoted cells may contain commas, quotes and line ends, and a row has the number of its first line", async () => {
  expect(await read('a,b\n1,"x, ""y"""\n"two\nlines",\n3,4')).toEqual([
    [2, { a: "1", b: 'x, "y"' }],
    [3, { a: "two\nlines", b: "" }],
    [5, { a: "3", b: "4" }],
  ]);
});

it("written rows are read again unchanged", async () => {
  const cell = fc.string({ unit: "grapheme" }).map((text) => text.replaceAll("\r", ""));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell, fc.constant("end")), { maxLength: 5 }), async (rows) => {
      const text = csvLine(["a", "b", "c"]) + rows.map(csvLine).join("");
      expect((await read(text)).map(([, { a, b, c }]) => [a, b, c])).toEqual(rows);
    }),
  );
});

it("lines may be longer than a chunk", async () => {
  const long = "é".repeat(100_000);
  expect(await read(`a,b\n${long},1\n2,${long}\n`)).toEqual([
    [2, { a: long, b: "1" }],
    [3, { a: "2", b: long }],
  ]);
});

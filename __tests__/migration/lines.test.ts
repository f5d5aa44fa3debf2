import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { linesOf } from "../../migration/lines";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "lines-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function linesIn(text: string): Promise<Array<{ line: string; ends: boolean }>> {
  const file = path.join(folder, "file");
  await writeFile(file, text);
  const lines: Array<{ line: string; ends: boolean }> = [];
  for await (const { line, ends } of linesOf(file)) lines.push({ line: line.toString(), ends });
  return lines;
}

it("linesOf returns the lines and the text after the last line end", async () => {
  expect(await linesIn("a\n\nb")).toEqual([
    { line: "a", ends: true },
    { line: "", ends: true },
    { line: "b", ends: false },
  ]);
  expect(await linesIn("a\n")).toEqual([{ line: "a", ends: true }]);
  expect(await linesIn("")).toEqual([]);
});

it("lines of any length are found, wherever a chunk of 64 KiB ends", async () => {
  const length = fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 65_500, max: 65_600 }), fc.nat(300_000));
  await fc.assert(
    fc.asyncProperty(fc.array(length, { maxLength: 8 }), fc.boolean(), async (lengths, ends) => {
      const lines = lengths.map((length, number) => String(number).repeat(length).slice(0, length));
      const text = lines.map((line) => `${line}\n`).join("");
      const expected = lines.map((line) => ({ line, ends: true }));
      expect(await linesIn(ends ? text : `${text}rest`)).toEqual(
        ends ? expected : [...expected, { line: "rest", ends: false }],
      );
    }),
    { numRuns: 60 },
  );
});

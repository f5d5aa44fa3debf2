import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type JournalOf, readJournal } from "../../migration/former-journal";
import { formerJournal } from "../support/former-journal";

const OF: JournalOf = { kind: "move", parameters: { from: "eu-west-1_A", tables: ["a", "b"] } };
const ENTRIES = Array.from({ length: 4 }, (_, n) => ({ n, text: '","entry":{}}\n{"sum":"\u2028é' }));
const TEXT = formerJournal(OF, ENTRIES);

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "journal-"));
  file = path.join(folder, "move.jsonl");
});
afterEach(() => rm(folder, { recursive: true }));

async function read(text: string, of = OF): Promise<object[]> {
  await writeFile(file, text);
  const entries: object[] = [];
  for await (const entry of readJournal(file, of)) entries.push(entry);
  return entries;
}

it("every entry is read, whatever its text", async () => {
  expect(await read(TEXT)).toEqual(ENTRIES);
});

it("an incomplete last line is left out, wherever it was cut; a missing file has no entries", async () => {
  const lastLine = TEXT.trimEnd().lastIndexOf("\n") + 1;
  for (let length = lastLine; length < TEXT.length; length += 7) {
    expect(await read(TEXT.slice(0, length))).toEqual(ENTRIES.slice(0, 3));
  }
  await rm(file);
  for await (const entry of readJournal(file, OF)) throw new Error(`an entry: ${entry}`);
});

const EDITS: Array<[string, (lines: string[]) => string[], number]> = [
  ["a changed line", (lines) => lines.with(2, lines[2]?.replace('"n":1', '"n":7') ?? ""), 3],
  ["a removed line", (lines) => lines.toSpliced(2, 1), 3],
  ["a removed first line", (lines) => lines.toSpliced(0, 1), 1],
  ["two lines that changed places", (lines) => lines.with(1, lines[2] ?? "").with(2, lines[1] ?? ""), 2],
  ["a line twice", (lines) => lines.toSpliced(2, 0, lines[1] ?? ""), 3],
  ["an empty line", (lines) => lines.toSpliced(3, 0, ""), 4],
  ["a blank in a line", (lines) => lines.with(1, `${lines[1]} `), 2],
];
it.each(EDITS)("an edited journal is refused, with the line: %s", async (_, edit, line) => {
  await expect(read(edit(TEXT.split("\n")).join("\n"))).rejects.toThrow(
    `${file}, line ${line}: this line was changed, or a line was removed or moved here; restore the original file`,
  );
});

it("a journal of another operation is refused, with the difference", async () => {
  await expect(read(TEXT, { ...OF, kind: "rewrite" })).rejects.toThrow("is the journal of move, not of rewrite");
  await expect(read(TEXT, { ...OF, parameters: { ...OF.parameters, from: "eu-west-1_B" } })).rejects.toThrow(
    'is the journal of a move with from "eu-west-1_A", not "eu-west-1_B": use the parameters of the first run',
  );
  await expect(read(TEXT, { ...OF, parameters: { from: "eu-west-1_A" } })).rejects.toThrow('with tables ["a","b"]');
});

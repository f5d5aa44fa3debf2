import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { loadMapping, writeMapping } from "../../migration/mapping";

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "mapping-"));
  file = path.join(folder, "mapping.csv");
});
afterEach(() => rm(folder, { recursive: true }));

it("a mapping is a CSV file of mode 0600 that can be read again", async () => {
  const mapped = [
    { oldId: "a", newId: "1" },
    { oldId: 'b,"', newId: "1" },
  ];
  expect(await writeMapping(file, mapped)).toBe(2);
  expect(await readFile(file, "utf8")).toBe('old_id,new_id\na,1\n"b,""",1\n');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await loadMapping(file)).toEqual(
    new Map([
      ["a", "1"],
      ['b,"', "1"],
    ]),
  );
});

it("a mapping is written atomically", async () => {
  await writeMapping(file, [{ oldId: "a", newId: "1" }]);
  async function* breaks() {
    yield { oldId: "b", newId: "2" };
    throw new Error("broken");
  }
  await expect(writeMapping(file, breaks())).rejects.toThrow("broken");
  expect(await readdir(folder)).toEqual(["mapping.csv"]);
  expect(await readFile(file, "utf8")).toBe("old_id,new_id\na,1\n");
});

it.each([
  ["old,new\na,1\n", "its first line must name the columns old_id and new_id"],
  ["old_id,new_id\na,1\nb,\n", "line 3: an id is missing"],
  ["old_id,new_id\na,1,2\n", "line 2: 3 values where the first line names 2 columns"],
  ['old_id,new_id\n"a,1\n', "line 2: a quotation mark is never closed"],
  ["old_id,new_id\na,a\n", "line 2: the old and the new id are the same, a."],
  ["old_id,new_id\na,1\na,2\n", "line 3: a has the new id 2 here and 1 in an earlier line"],
  ["old_id,new_id\na,b\nb,c\n", "b is both an old and a new id"],
])("an invalid mapping is refused: %j", async (text, refusal) => {
  await writeFile(file, text);
  await expect(loadMapping(file)).rejects.toThrow(refusal);
});

it("a mapping may have a byte order mark, CRLF line ends and duplicate rows", async () => {
  await writeFile(file, "\uFEFFold_id,new_id\r\na,1\r\na,1\r\n");
  expect(await loadMapping(file)).toEqual(new Map([["a", "1"]]));
});

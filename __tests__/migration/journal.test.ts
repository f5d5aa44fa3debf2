import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdtemp, open, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { entryAt, Journal, type JournalOf, type Place, readJournal, readPlaces } from "../../migration/journal";

interface Entry {
  readonly n: number;
}

const OF: JournalOf = { kind: "move", parameters: { from: "eu-west-1_A", tables: ["a", "b"] } };

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "journal-"));
  file = path.join(folder, "move.jsonl");
});
afterEach(() => rm(folder, { recursive: true }));

async function write(from: number, to: number): Promise<number[]> {
  const before: number[] = [];
  const journal = await Journal.open<Entry>(file, OF, ({ n }) => before.push(n));
  for (let n = from; n < to; n++) await journal.append({ n });
  await journal.close();
  return before;
}

async function read(of = OF): Promise<number[]> {
  const entries: number[] = [];
  for await (const { n } of readJournal<Entry>(file, of)) entries.push(n);
  return entries;
}

it("a journal continues where an earlier run stopped", async () => {
  expect(await write(0, 3)).toEqual([]);
  expect(await write(3, 5)).toEqual([0, 1, 2]);
  expect(await read()).toEqual([0, 1, 2, 3, 4]);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it("concurrent entries are written in their order, each before its promise resolves", async () => {
  const journal = await Journal.open<Entry>(file, OF);
  await Promise.all(
    Array.from({ length: 500 }, async (_, n) => {
      await journal.append({ n });
      expect(await readFile(file, "utf8")).toContain(`"entry":{"n":${n}}`);
    }),
  );
  await journal.close();
  expect(await read()).toEqual(Array.from({ length: 500 }, (_, n) => n));
});

describe("an incomplete last line", () => {
  it("is removed, wherever it was cut", async () => {
    await write(0, 3);
    const whole = await readFile(file, "utf8");
    const lastLine = whole.trimEnd().lastIndexOf("\n") + 1;
    for (let length = lastLine; length < whole.length; length += 7) {
      await writeFile(file, whole.slice(0, length));
      expect(await read()).toEqual([0, 1]);
      expect(await write(2, 3)).toEqual([0, 1]);
      expect(await readFile(file, "utf8")).toBe(whole);
    }
  });

  it("may be the first line", async () => {
    await writeFile(file, '{"sum":"x');
    expect(await write(0, 1)).toEqual([]);
    expect(await read()).toEqual([0]);
  });
});

describe("an edited journal", () => {
  const cases: Array<[string, (lines: string[]) => string[], number]> = [
    ["a changed line", (lines) => lines.with(2, lines[2]?.replace('"n":1', '"n":7') ?? ""), 3],
    ["a removed line", (lines) => lines.toSpliced(2, 1), 3],
    ["a removed first line", (lines) => lines.toSpliced(0, 1), 1],
    ["two lines that changed places", (lines) => lines.with(1, lines[2] ?? "").with(2, lines[1] ?? ""), 2],
    ["a line twice", (lines) => lines.toSpliced(2, 0, lines[1] ?? ""), 3],
    ["an empty line", (lines) => lines.toSpliced(3, 0, ""), 4],
    ["a blank in a line", (lines) => lines.with(1, `${lines[1]} `), 2],
  ];
  it.each(cases)("is refused and not changed: %s", async (_, edit, line) => {
    await write(0, 4);
    const edited = edit((await readFile(file, "utf8")).split("\n")).join("\n");
    await writeFile(file, edited);
    const refusal = `${file}, line ${line}: this line was changed, or a line was removed or moved here; restore the original file`;
    await expect(write(4, 5)).rejects.toThrow(refusal);
    await expect(read()).rejects.toThrow(refusal);
    expect(await readFile(file, "utf8")).toBe(edited);
  });
});

it("a journal of another operation is refused, with the difference", async () => {
  await write(0, 1);
  await expect(read({ ...OF, kind: "rewrite" })).rejects.toThrow("is the journal of move, not of rewrite");
  await expect(read({ ...OF, parameters: { ...OF.parameters, from: "eu-west-1_B" } })).rejects.toThrow(
    'is the journal of a move with from "eu-west-1_A", not "eu-west-1_B": use the parameters of the first run',
  );
  await expect(read({ ...OF, parameters: { from: "eu-west-1_A" } })).rejects.toThrow('with tables ["a","b"]');
  await expect(Journal.open(file, { ...OF, kind: "rewrite" })).rejects.toThrow("is the journal of move");
  // A refusal does not keep the journal locked.
  expect(await write(1, 2)).toEqual([0]);
});

describe("a journal in use", () => {
  /** A process that holds the lock as this code writes it. */
  async function holder(): Promise<{ pid: number; kill(): Promise<void> }> {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    await once(child, "spawn");
    return {
      pid: child.pid ?? 0,
      async kill() {
        child.kill("SIGKILL");
        await once(child, "exit");
      },
    };
  }

  it("is refused while its process runs, and taken over after the process was killed", async () => {
    const journal = await Journal.open<Entry>(file, OF);
    const lock = JSON.parse(await readFile(`${file}.lock`, "utf8"));
    await journal.close();
    const other = await holder();
    await writeFile(`${file}.lock`, JSON.stringify({ ...lock, pid: other.pid }));
    await expect(write(0, 1)).rejects.toThrow(new RegExp(`has been in use since .* by process ${other.pid}: wait`));
    await other.kill();
    expect(await write(0, 1)).toEqual([]);
  });

  it("is refused to the same process too", async () => {
    const journal = await Journal.open<Entry>(file, OF);
    await expect(write(0, 1)).rejects.toThrow(`by process ${process.pid}: wait`);
    await journal.close();
    expect(await write(0, 1)).toEqual([]);
  });

  it("is refused if the process is on another machine: its state cannot be known", async () => {
    await writeFile(`${file}.lock`, JSON.stringify({ pid: 1, host: "elsewhere", since: "today" }));
    await expect(write(0, 1)).rejects.toThrow(`by process 1 on elsewhere: wait for it to end, or delete ${file}.lock`);
  });

  it("is unlocked when it is closed", async () => {
    await write(0, 1);
    await expect(stat(`${file}.lock`)).rejects.toThrow("ENOENT");
  });
});

it("a failed write rejects every waiting entry", async () => {
  const journal = await Journal.open<Entry>(file, OF);
  const { handle } = journal as unknown as { handle: { close(): Promise<void> } };
  await handle.close();
  const results = await Promise.allSettled([journal.append({ n: 1 }), journal.append({ n: 2 })]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  await expect(journal.append({ n: 3 })).rejects.toThrow();
});

it("an entry may contain the text of other lines", async () => {
  const journal = await Journal.open<{ text: string }>(file, OF);
  const text = '","entry":{}}\n{"sum":"\u2028é';
  await journal.append({ text });
  await journal.close();
  await appendFile(file, '{"sum":"torn');
  const found: string[] = [];
  for await (const entry of readJournal<{ text: string }>(file, OF)) found.push(entry.text);
  expect(found).toEqual([text]);
});

it("a journal can be read backwards", async () => {
  await write(0, 20);
  const places: Place[] = [];
  for await (const { place } of readPlaces<Entry>(file, OF)) places.push(place);
  const handle = await open(file);
  const entries = await Promise.all(places.reverse().map((place) => entryAt<Entry>(handle, place)));
  await handle.close();
  expect(entries.map(({ n }) => n)).toEqual(Array.from({ length: 20 }, (_, n) => 19 - n));
});

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Store } from "../../../migration/store/store";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "store-"));
  file = path.join(folder, "move.db");
});
afterEach(() => rmSync(folder, { recursive: true }));

const INSERT = "INSERT INTO setting VALUES (?, ?)";

it("keeps what was committed, for its owner only", () => {
  const store = Store.open(file);
  store.change(INSERT, "from", "a");
  store.changeMany("INSERT INTO setting SELECT value->>0, value->>1 FROM rows", [
    ["to", "b"],
    ["quoted", `"'\n\té`],
  ]);
  store.close();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const again = Store.open(file);
  expect(again.all("SELECT name, value FROM setting ORDER BY name")).toEqual([
    { name: "from", value: "a" },
    { name: "quoted", value: `"'\n\té` },
    { name: "to", value: "b" },
  ]);
  expect(again.get("SELECT value FROM setting WHERE name = ?", "none")).toBeUndefined();
  expect([...again.each("SELECT name FROM setting ORDER BY name")]).toHaveLength(3);
  again.close();
});

it("writes more rows than one change has, and counts them", () => {
  const store = Store.open(file);
  store.transaction(() =>
    store.changeMany(
      "INSERT INTO setting SELECT value->>0, value->>1 FROM rows",
      Array.from({ length: 2500 }, (_, number) => [`name ${number}`, `${number}`]),
    ),
  );
  expect([store.count("setting"), store.count("setting WHERE value = ?", "2499")]).toEqual([2500, 1]);
  store.set("name 1", "another");
  expect([store.setting("name 1"), store.setting("name 2"), store.count("setting")]).toEqual(["another", "2", 2500]);
  store.unset("name 1", "name 2", "none");
  expect([store.setting("name 1"), store.count("setting")]).toEqual([undefined, 2498]);
  store.close();
});

it("a transaction that fails changes nothing", () => {
  const store = Store.open(file);
  expect(() =>
    store.transaction(() => {
      store.change(INSERT, "from", "a");
      throw new Error("stopped");
    }),
  ).toThrow("stopped");
  expect(store.all("SELECT * FROM setting")).toEqual([]);
  store.close();
});

it("two iterations of one statement are independent", () => {
  const store = Store.open(file);
  store.changeMany("INSERT INTO setting SELECT value->>0, value->>1 FROM rows", [
    ["a", "1"],
    ["b", "2"],
  ]);
  const [one, other] = [store.each("SELECT name FROM setting"), store.each("SELECT name FROM setting")];
  expect([one.next().value, other.next().value, one.next().value]).toEqual([
    { name: "a" },
    { name: "a" },
    { name: "b" },
  ]);
  for (const _ of store.each("SELECT name FROM setting")) break;
  one.return(undefined);
  other.return(undefined);
  store.close();
  Store.open(file).close();
});

it("rows can be read while the event loop turns and the garbage collector runs", () => {
  const script = `
    import { setImmediate } from "node:timers/promises";
    import { Store } from "./migration/store/store";
    async function main() {
      const store = Store.open(${JSON.stringify(file)});
      store.changeMany("INSERT INTO setting SELECT value->>0, '' FROM rows", [["a"], ["b"], ["c"]]);
      let read = "";
      for (const { name } of store.each("SELECT name FROM setting ORDER BY name")) {
        (globalThis as any).gc();
        await setImmediate();
        read += name;
      }
      store.close();
      process.stdout.write(read);
    }
    main();`;
  const entry = path.join(folder, "reading.ts");
  writeFileSync(entry, script.replace("./migration", path.join(process.cwd(), "migration")));
  const { stdout, status, signal } = spawnSync(process.execPath, ["--expose-gc", "cli/run.mjs", entry]);
  expect({ stdout: String(stdout), status, signal }).toEqual({ stdout: "abc", status: 0, signal: null });
});

it("one process at a time uses it; a killed process holds nothing", () => {
  const hold = (then: string) =>
    spawnSync(process.execPath, [
      "-e",
      `const { DatabaseSync } = require("@photostructure/sqlite");
       const database = new DatabaseSync(${JSON.stringify(file)});
       database.exec("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; BEGIN EXCLUSIVE; INSERT INTO setting VALUES ('killed', ''); COMMIT");
       ${then}`,
    ]);
  const store = Store.open(file);
  expect(String(hold("").stderr)).toContain("database is locked");
  store.close();
  expect(hold("process.kill(process.pid, 'SIGKILL')").signal).toBe("SIGKILL");
  const again = Store.open(file);
  expect(again.all("SELECT name FROM setting")).toEqual([{ name: "killed" }]);
  expect(() => Store.open(file)).toThrow(`${file}: another command is using this file: wait for it to end.`);
  again.close();
});

it("what is no store is refused in one sentence, and is not changed", () => {
  writeFileSync(file, "sub,email\n".repeat(100));
  expect(() => Store.open(file)).toThrow(`${file}: the file is not a store of this project.`);
  expect(() => Store.open(folder)).toThrow(`${folder}: this is a folder, not a file.`);
  expect(() => Store.open(path.join(folder, "none", "move.db"))).toThrow("there is no such file or folder.");
});

it("a file of another program, and of another version, are refused", () => {
  const store = Store.open(file);
  store.change("PRAGMA user_version=2");
  store.close();
  expect(() => Store.open(file)).toThrow("was written by another version of this project (store 2, not 1)");
  const other = Store.open(path.join(folder, "other.db"));
  other.change("PRAGMA application_id=7");
  other.close();
  expect(() => Store.open(path.join(folder, "other.db"))).toThrow("is an SQLite file of another program");
});

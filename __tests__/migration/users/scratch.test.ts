import { readdir, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { inScratchFolder, Parts } from "../../../migration/users/scratch";

it("records of each part keep their order, even if they are longer than the buffer", async () => {
  const records = [1, 4095, 4096, 4097, 20_000, 3].map((length, number) => Buffer.alloc(length, number));
  await inScratchFolder(tmpdir(), async (folder) => {
    const parts = new Parts(folder, "part", 3);
    for (const record of records) {
      parts.add(0, record);
      parts.add(2, Buffer.from("x"));
    }
    expect(parts.read(0).equals(Buffer.concat(records))).toBe(true);
    expect(parts.read(1).toString()).toBe("");
    expect(parts.read(2).toString()).toBe("xxxxxx");
    expect(parts.read(0).length).toBe(32_292);
    parts.close();
    expect((await readdir(folder)).sort()).toEqual(["part-0", "part-2"]);
    expect((await stat(path.join(folder, "part-0"))).mode & 0o777).toBe(0o600);
  });
});

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { finished } from "../support/command";

it("npm run api writes the reference: every link leads somewhere, every type has a name, every setting its text", async () => {
  const out = await mkdtemp(path.join(tmpdir(), "api-"));
  try {
    const { code, stdout, stderr } = await finished("npm", ["run", "api", "--", "--out", out]);
    expect(`${stdout}${stderr}`).not.toMatch(/warning|error/i);
    expect(code).toBe(0);
    const page = await readFile(
      path.join(out, "interfaces/modules_unique-user-pool_unique-user-pool.UniqueUserPoolProps.html"),
      "utf8",
    );
    expect(page).toContain("AWS refuses to delete the pool and the table of reservations");
    expect(page).toMatch(/Default: <code>true<\/code>/);
  } finally {
    await rm(out, { recursive: true });
  }
});

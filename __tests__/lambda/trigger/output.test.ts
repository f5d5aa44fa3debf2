import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "output-"));
  const entryPoints = ["lambda/trigger/output.ts"];
  await build({ entryPoints, outfile: path.join(folder, "output.js"), platform: "node", format: "cjs" });
});
afterAll(() => rm(folder, { recursive: true }));

const LINES = 5_000;
const line = (number: number) => `${number} ${"é".repeat(500)}`;

/** The output of a process whose pipe was not read for a while. */
async function written(): Promise<string> {
  const script = [
    'const { write } = require("./output.js");',
    `for (let number = 0; number < ${LINES}; number++) write(number + " " + "é".repeat(500) + "\\n");`,
  ];
  await writeFile(path.join(folder, "script.js"), script.join("\n"));
  // A pipe of the shell, because Lambda uses a pipe too. Node.js itself connects its processes with a socket.
  const child = spawn("sh", ["-c", `"${process.execPath}" script.js | (sleep 0.3; cat)`], { cwd: folder });
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

const inOrder = Array.from({ length: LINES }, (_, number) => `${line(number)}\n`).join("");

it("every line arrives complete and in order, even if the pipe is full", async () => {
  expect((await written()) === inOrder).toBe(true);
});

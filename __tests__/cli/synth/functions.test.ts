import { readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { ProjectCopy } from "../../support/project-copy";
import { PROJECT } from "../../support/settings";

let copy: ProjectCopy;
const BUNDLE = ".build/lambda/pre-sign-up/index.js";
const SOURCE = "lambda/trigger/refusal.ts";
const file = (name: string) => path.join(copy.folder, name);

/** Synthesizes; answers the bundle and when it was written. */
async function synth(): Promise<{ content: string; written: number }> {
  expect(await copy.script("synth")).toMatchObject({ code: 0 });
  return { content: await readFile(file(BUNDLE), "utf8"), written: (await stat(file(BUNDLE))).mtimeMs };
}

/** What was changed within the last second is not trusted. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 1_200));

beforeAll(async () => {
  copy = await ProjectCopy.make(PROJECT);
  await settled();
});
afterAll(() => copy.remove());

it("a function is bundled again when something that it is made of has changed, and only then", async () => {
  const first = await synth();
  expect(await synth()).toEqual(first);

  const text = await readFile(file(SOURCE), "utf8");
  await writeFile(file(SOURCE), `${text}\nprocess.env.CHANGED = "changed";\n`);
  expect((await synth()).content).toContain("changed");

  await writeFile(file(SOURCE), text);
  await settled();
  const back = await synth();
  expect(back.content).toBe(first.content);
  expect(await synth()).toEqual(back);
});

it.each([
  ["was removed", () => rm(file(BUNDLE))],
  ["was written by somebody else", () => writeFile(file(BUNDLE), "exports.handler = () => {};")],
])("a bundle that %s is made anew", async (_, disturb) => {
  const { content } = await synth();
  await disturb();
  expect((await synth()).content).toBe(content);
});

it("a note that broke off is no note", async () => {
  const { content } = await synth();
  await writeFile(file(".build/lambda/pre-sign-up.json"), '{ "lambda/bun');
  expect((await synth()).content).toBe(content);
});

it("a source that changed while it was bundled is bundled again", async () => {
  const text = await readFile(file(SOURCE), "utf8");
  await writeFile(file(SOURCE), `${text}\n`);
  const first = await synth();
  const second = await synth();
  expect(second.content).toBe(first.content);
  expect(second.written).not.toBe(first.written);
});

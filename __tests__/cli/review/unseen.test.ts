import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { requireSeenFolder, requireSeenPlan } from "../../../cli/review/unseen";
import { zipEntries } from "../../../cli/review/zip";
import { zip } from "../../support/zip";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "unseen-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const EPHEMERAL = JSON.stringify({ ephemeral: { aws_lambda_invocation: { x: {} } } });
const REMOVED = JSON.stringify({ removed: [{ from: "a.b", provisioner: [{ "local-exec": { command: "id" } }] }] });

function planWith(content: Buffer): string {
  const file = path.join(folder, "tfplan");
  writeFileSync(file, content);
  return file;
}

it("a folder with what no plan shows is not planned", () => {
  writeFileSync(path.join(folder, "cdk.tf.json"), "{}");
  mkdirSync(path.join(folder, "folder.tf"));
  expect(() => requireSeenFolder(folder)).not.toThrow();
  writeFileSync(path.join(folder, "x_override.tf.json"), REMOVED);
  expect(() => requireSeenFolder(folder)).toThrow(
    expect.objectContaining({
      exitCode: 3,
      message: `Terraform was not run in ${folder}. No allowance helps:\n  x_override.tf.json: removed a.b has a provisioner: it runs a command that no plan shows.`,
    }),
  );
});

it.each([
  ["cdk.tf.json", EPHEMERAL, "ephemeral.aws_lambda_invocation.x"],
  ["cdk.tf.json", REMOVED, "removed a.b has a provisioner"],
  ["main.tf", "", "Terraform's own language"],
])("a saved plan with %s %s is refused", (name, text, problem) => {
  const file = planWith(zip({ tfplan: "x", [`tfconfig/m-/${name}`]: text }));
  expect(() => requireSeenPlan(file)).toThrow(
    expect.objectContaining({ exitCode: 3, message: expect.stringContaining(problem) }),
  );
});

it("a saved plan of what synthesis writes passes, whatever language a module is in", () => {
  requireSeenPlan(planWith(zip({ "tfconfig/m-/cdk.tf.json": "{}", "tfconfig/m-other/main.tf": "" })));
});

it.each<[string, Buffer]>([
  ["without its configuration", zip({ tfplan: "x" })],
  ["with something behind it", Buffer.concat([zip({ "tfconfig/m-/cdk.tf.json": "{}" }), Buffer.from("x")])],
  ["with something before it", Buffer.concat([Buffer.from("x"), zip({ "tfconfig/m-/cdk.tf.json": "{}" })])],
  ["that broke off", zip({ "tfconfig/m-/cdk.tf.json": "{}" }).subarray(0, 40)],
  ["that is no archive", Buffer.from("PK")],
])("a saved plan %s is not read", (_, content) => {
  expect(() => requireSeenPlan(planWith(content))).toThrow("does not hold the configuration that it was made of");
});

it("a saved plan whose content cannot be inflated is not read", () => {
  const archive = zip({ "tfconfig/m-/cdk.tf.json": "{}" });
  archive.fill(0xff, 53, 55);
  expect(() => requireSeenPlan(planWith(archive))).toThrow("does not hold the configuration");
});

it("an archive's numbers that lead out of it are an archive in another form", () => {
  const archive = zip({ a: "b" });
  archive.writeUInt32LE(0xffffff, archive.length - 22 - 47 + 42);
  expect(zipEntries(archive, "")).toBeUndefined();
});

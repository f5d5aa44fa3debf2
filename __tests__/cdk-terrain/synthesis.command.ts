import { cp, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import environments from "../../environments";
import type { ProjectSettings } from "../../settings/schema";
import { cdkTerrain, cdkTerrainPackages, switchToCdkTerrain } from "../support/cdk-terrain";
import { EXAMPLES } from "../support/examples";
import { ProjectCopy } from "../support/project-copy";

const PROJECTS: Readonly<Record<string, ProjectSettings>> = { ...EXAMPLES, "environments.ts": environments };

/**
 * Every difference between what CDKTF and CDK Terrain write, with its reason: what is in the text of the one, and in that of the
 * other. docs/cdk-terrain.md has the same list. Anything else fails.
 */
const DIFFERENCES: ReadonlyArray<readonly [reason: string, cdktf: RegExp, cdktn: string]> = [
  [
    'the version of the library, in a comment ("//") that Terraform does not read',
    /"version": "0\.21\.0"/g,
    '"version": "0.24.0"',
  ],
  ["a block without arguments is on one line", /\{\s+\}/g, "{}"],
];

const { folder, missing } = cdkTerrain();

(missing ? describe.skip : describe)(
  `the same source with CDK Terrain${missing ? ` (skipped: ${missing})` : ""}`,
  () => {
    let copy: ProjectCopy;
    let cdktf: Map<string, Map<string, string>>;
    let cdktn: Map<string, Map<string, string>>;

    /** What each project is synthesized to: project → file below stacks/ → text. */
    async function synthesized(outdir: string): Promise<Map<string, Map<string, string>>> {
      const all = new Map<string, Map<string, string>>();
      for (const [name, settings] of Object.entries(PROJECTS)) {
        await copy.configure(settings);
        const target = path.join(copy.folder, outdir, name);
        const env = { ...process.env, NODE_ENV: undefined, INIT_CWD: undefined, CDKTF_OUTDIR: target };
        const { code, stdout, stderr } = await copy.scriptWith(env, "synth");
        expect({ name, code, said: code ? stdout + stderr : "" }).toEqual({ name, code: 0, said: "" });
        all.set(name, await textsUnder(path.join(target, "stacks")));
      }
      return all;
    }

    beforeAll(async () => {
      copy = await ProjectCopy.make({ project: "acme", region: "eu-west-1", environments: { dev: {} } });
      for (const file of ["examples", "tsconfig.json"]) {
        await cp(file, path.join(copy.folder, file), { recursive: true });
      }
      cdktf = await synthesized("cdktf");
      await switchToCdkTerrain(copy, folder);
      cdktn = await synthesized("cdktn");
    });
    afterAll(() => copy?.remove());

    it("is really run by CDK Terrain, in the versions that the page names", async () => {
      for (const [name, alias] of Object.entries(cdkTerrainPackages())) {
        const manifest = await readFile(path.join(copy.folder, "node_modules", name, "package.json"), "utf8");
        const installed = JSON.parse(manifest) as { name: string; version: string };
        expect(`npm:${installed.name}@${installed.version}`).toBe(alias);
      }
      for (const document of stacksOf(cdktn)) expect(document.text).toContain('"version": "0.24.0"');
    });

    it.each(Object.keys(PROJECTS))("%s: the same addresses and bodies", (name) => {
      const [before, after] = [documentsOf(cdktf.get(name)), documentsOf(cdktn.get(name))];
      expect(addressesOf(after)).toEqual(addressesOf(before));
      expect(after).toEqual(before);
    });

    it.each(Object.keys(PROJECTS))(
      "%s: the same files, byte by byte, but for the differences that are explained",
      (name) => {
        const explained = new Map(
          [...(cdktf.get(name) ?? [])].map(([file, text]) => [
            file,
            file.endsWith("cdk.tf.json")
              ? DIFFERENCES.reduce((all, [, old, replacement]) => all.replaceAll(old, replacement), text)
              : text,
          ]),
        );
        expect(Object.fromEntries(cdktn.get(name) ?? [])).toEqual(Object.fromEntries(explained));
      },
    );

    it.each(DIFFERENCES)("a difference that is there: %s", (reason, cdktfs, cdktns) => {
      expect(stacksOf(cdktf).some(({ text }) => text.search(cdktfs) >= 0)).toBe(true);
      expect(stacksOf(cdktn).some(({ text }) => text.includes(cdktns))).toBe(true);
      expect(reason).not.toBe("");
    });

    it("passes the compiler's check of types", async () => {
      const { code, stdout } = await copy.run(process.execPath, ["node_modules/typescript/bin/tsc", "--noEmit"]);
      expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    });
  },
);

type Json = Readonly<Record<string, Record<string, Record<string, unknown>>>>;

/** Each stack's JSON without the comments. */
function documentsOf(files: ReadonlyMap<string, string> = new Map()): Record<string, Json> {
  const documents = [...files].filter(([file]) => file.endsWith("cdk.tf.json"));
  expect(documents.length).toBeGreaterThan(0);
  return Object.fromEntries(
    documents.map(([file, text]) => [file, JSON.parse(text, (key, value) => (key === "//" ? undefined : value))]),
  );
}

/** Addresses of everything that Terraform knows by its address. */
function addressesOf(documents: Readonly<Record<string, Json>>): string[] {
  return Object.entries(documents).flatMap(([file, document]) =>
    ["resource", "data", "output", "variable"].flatMap((kind) =>
      Object.entries(document[kind] ?? {}).flatMap(([type, blocks]) =>
        kind === "output" || kind === "variable"
          ? [`${file}: ${kind}.${type}`]
          : Object.keys(blocks).map((name) => `${file}: ${kind}.${type}.${name}`),
      ),
    ),
  );
}

function stacksOf(projects: ReadonlyMap<string, ReadonlyMap<string, string>>): { readonly text: string }[] {
  return [...projects.values()].flatMap((files) =>
    [...files].filter(([file]) => file.endsWith("cdk.tf.json")).map(([, text]) => ({ text })),
  );
}

async function textsUnder(root: string): Promise<Map<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
  return new Map(
    await Promise.all(
      files.sort().map(async (file) => [path.relative(root, file), await readFile(file, "utf8")] as const),
    ),
  );
}

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { cdkTerrainPackages } from "../support/cdk-terrain";
import { codeBlock } from "../support/code-block";
import { type Finished, finished } from "../support/command";
import { EMULATOR_OVERRIDE, emulated, ProjectCopy } from "../support/project-copy";
import { PROJECT } from "../support/settings";
import { describeE2e, story } from "./support/describe-e2e";
import { plannedHash } from "./support/planned-hash";

const PAGE = "docs/package.md";

/** Without the paths of constructs, which cdktf writes beside what it synthesizes. */
const withoutMetadata = (part: unknown) =>
  JSON.parse(JSON.stringify(part, (key, value) => (key === "//" ? undefined : value)));

describeE2e("the package, alone in a repository of another team", () => {
  const step = story();
  let folder: string;
  let tarball: string;
  const times: string[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "consumer-"));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
    process.stderr.write(`the package: ${times.join(", ")}\n`);
  });

  async function run(program: string, ...args: string[]): Promise<Finished> {
    const start = performance.now();
    const done = await finished(program, args, { cwd: folder, env: emulated() });
    times.push(`${[program, ...args].slice(0, 3).join(" ")} ${((performance.now() - start) / 1000).toFixed(1)} s`);
    return done;
  }
  const stack = "cdktf.out/stacks/accounts";
  const terraform = (...args: string[]) => run("terraform", `-chdir=${stack}`, ...args);

  step("is packed, with no tests, no sources and nothing to install first", async () => {
    const packed = await finished("npm", ["run", "--silent", "package", "--", "--json", "--pack-destination", folder]);
    expect(packed).toMatchObject({ code: 0 });
    const [{ filename, files }] = JSON.parse(packed.stdout) as [{ filename: string; files: Array<{ path: string }> }];
    tarball = path.join(folder, filename);
    const paths = files.map((file) => file.path);
    expect(paths.filter((file) => !file.startsWith("dist/")).sort()).toEqual(["LICENSE", "README.md", "package.json"]);
    expect(paths.filter((file) => /test|environments|(?<!\.d)\.ts$/.test(file))).toEqual([]);
  });

  step("is installed with a clean cache, beside the oldest peers that it allows", async () => {
    await writeFile(path.join(folder, "package.json"), '{ "name": "consumer", "private": true }\n');
    const peers = [
      "cdktf@0.21.0",
      "constructs@10.4.2",
      "@cdktf/provider-aws@21.22.1",
      "@cdktf/provider-archive@11.0.1",
    ];
    const cache = ["--cache", path.join(folder, "cache"), "--no-audit", "--no-fund", "--ignore-scripts"];
    expect(
      await run("npm", "install", ...cache, tarball, ...peers, "typescript@5.9.3", "@types/node@20"),
    ).toMatchObject({ code: 0 });
  });

  step("type-checks under strict, with the types of the package checked too", async () => {
    await writeFile(path.join(folder, "app.ts"), await codeBlock(PAGE, "// app.ts"));
    await writeFile(path.join(folder, "bundle.ts"), await codeBlock(PAGE, "// bundle.ts"));
    await writeFile(
      path.join(folder, "welcome.ts"),
      "export const handler = async (event: unknown): Promise<unknown> => event;\n",
    );
    const compilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      module: "node16",
      target: "ES2022",
      types: ["node"],
    };
    await writeFile(path.join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
    expect(await run("npx", "tsc")).toMatchObject({ code: 0, stdout: "" });
  });

  step("type-checks in a project of CDKTF's own template, whose TypeScript does not read exports", async () => {
    const template = path.resolve("node_modules/@cdktf/cli-core/templates/typescript/tsconfig.json");
    const { compilerOptions } = JSON.parse(await readFile(template, "utf8"));
    const options = { ...compilerOptions, types: ["node"], noEmit: true, incremental: false };
    const modules = (await readdir(path.resolve("modules"))).filter((name) =>
      existsSync(path.resolve("modules", name, `${name}.ts`)),
    );
    const imports = [...modules, "bundle", "terraform/remote-state"].map(
      (name, index) => `export * as m${index} from "one-person-one-account/${name}";`,
    );
    await writeFile(path.join(folder, "all.ts"), `${imports.join("\n")}\n`);
    await writeFile(
      path.join(folder, "tsconfig.template.json"),
      JSON.stringify({ compilerOptions: options, files: ["app.ts", "bundle.ts", "all.ts"] }),
    );
    expect(await run("npx", "tsc", "--project", "tsconfig.template.json")).toMatchObject({ code: 0, stdout: "" });
    await rm(path.join(folder, "all.ts"));
  });

  step("bundles a trigger of the app's own, and synthesizes", async () => {
    expect(await run(process.execPath, "bundle.js")).toMatchObject({ code: 0, stderr: "" });
    expect(await readFile(path.join(folder, ".build/lambda/post-confirmation/welcome.ts/index.js"), "utf8")).toContain(
      "handler",
    );
    expect(await run(process.execPath, "app.js")).toMatchObject({ code: 0, stderr: "" });
  });

  step("is valid, and its function is the zip that this repository deploys", async () => {
    const backend = { terraform: { backend: { local: { path: "accounts.tfstate" } } } };
    for (const [file, override] of Object.entries({ emulator: EMULATOR_OVERRIDE, backend })) {
      await writeFile(path.join(folder, stack, `${file}_override.tf.json`), JSON.stringify(override));
    }
    expect(await terraform("init", "-input=false")).toMatchObject({ code: 0 });
    expect(await terraform("validate")).toMatchObject({ code: 0 });
    expect(await terraform("plan", "-input=false", "-out=plan.tfplan")).toMatchObject({ code: 0 });
    const { stdout } = await terraform("show", "-json", "plan.tfplan");
    await writeFile(path.join(folder, "plan.json"), stdout);
    const here = await ProjectCopy.make(PROJECT);
    try {
      await here.keepStateLocally("dev");
      expect(await here.script("plan", "dev", "-out=plan.tfplan")).toMatchObject({ code: 0 });
      const own = await here.terraform("dev", "show", "-json", "plan.tfplan");
      expect(plannedHash(JSON.parse(stdout), "acme-accounts-pre-sign-up")).toBe(
        plannedHash(JSON.parse(own.stdout), `${PROJECT.project}-dev-pre-sign-up`),
      );
    } finally {
      await here.remove();
    }
  });

  step("synthesizes the same under CDK Terrain, with its packages under the names of CDKTF's", async () => {
    const jsonIn = async (outdir: string) =>
      JSON.parse(await readFile(path.join(folder, outdir, "stacks/accounts/cdk.tf.json"), "utf8"));
    const before = await jsonIn("cdktf.out");
    const aliases = Object.entries(cdkTerrainPackages()).map(([name, alias]) => `${name}@${alias}`);
    const options = ["--cache", path.join(folder, "cache"), "--no-audit", "--no-fund", "--ignore-scripts"];
    expect(await run("npm", "install", ...options, ...aliases, "constructs@10.6.0")).toMatchObject({ code: 0 });
    expect(await run("npx", "tsc")).toMatchObject({ code: 0, stdout: "" });
    expect(await run(process.execPath, "app.js")).toMatchObject({ code: 0, stderr: "" });
    const after = await jsonIn("cdktf.out");
    for (const kind of ["resource", "data", "output"])
      expect(withoutMetadata(after[kind])).toEqual(withoutMetadata(before[kind]));
  });

  step("says where its functions come from", async () => {
    const bundled = path.join(folder, "node_modules/one-person-one-account/dist/lambda/bundled");
    const { functions, esbuild, sourceRevision } = JSON.parse(
      await readFile(path.join(bundled, "provenance.json"), "utf8"),
    );
    const own = await readFile(path.join(bundled, "pre-sign-up/index.js"));
    expect(functions["pre-sign-up"]).toEqual({
      sha256: createHash("sha256").update(own).digest("hex"),
      bytes: own.length,
    });
    expect(esbuild).toMatch(/^\d+\.\d+\.\d+$/);
    expect(sourceRevision).toMatch(/^[0-9a-f]{40}(?:-modified)?$/);
    const licences = await readFile(path.join(bundled, "THIRD-PARTY-LICENCES.txt"), "utf8");
    expect(licences).toContain("@smithy/signature-v4");
  });

  step("reviews a plan, and audits users, of any origin", async () => {
    const { version } = JSON.parse(await readFile("package.json", "utf8"));
    expect(await run("npx", "one-person-one-account", "--version")).toMatchObject({ code: 0, stdout: `${version}\n` });
    const reviewed = await run("npx", "one-person-one-account", "review", "plan.json");
    expect(reviewed).toMatchObject({ code: 2, stderr: "" });
    expect(reviewed.stdout).toContain("to create");
    await writeFile(path.join(folder, "users.jsonl"), ['{"Username":"ana"}', '{"Username":"Ana"}', ""].join("\n"));
    const audited = await run("npx", "one-person-one-account", "users", "audit", "--file", "users.jsonl");
    expect(audited).toMatchObject({ code: 2 });
    expect(audited.stdout).toContain("2 accounts");
  });
});

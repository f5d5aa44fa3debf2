import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { App, TerraformStack } from "cdktf";
import { Providers } from "../../modules/terraform/providers";
import { ProjectStack } from "../../stacks/project-stack";

/** One block of Terraform JSON. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into documents of many shapes
export type Block = Record<string, any>;

/** A synthesized stack. */
export interface Document {
  readonly text: string;
  readonly terraform: Block;
  readonly provider: Block;
  readonly variable: Block;
  readonly output: Block;
  readonly import?: readonly Block[];
  readonly data: Record<string, Record<string, Block>>;
  readonly resource: Record<string, Record<string, Block>>;
}

class TestStack extends ProjectStack {}

type Build = (stack: TerraformStack, bundle: string) => void;

/** The Terraform JSON of a stack that holds what `build` puts into it. */
export function stackOf(build: Build): Document {
  return documentOf(TestStack, build);
}

/** The same of a stack of another project, whose addresses cdktf makes. */
export function foreignStackOf(build: Build): Document {
  return documentOf(TerraformStack, build);
}

function documentOf(Stack: new (scope: App, id: string) => TerraformStack, build: Build): Document {
  return inFolder((outdir, bundle) => {
    const app = new App({ outdir, stackTraces: false });
    const stack = new Stack(app, "test");
    new Providers(stack, "providers", { region: "eu-west-1", tags: {}, archive: true });
    build(stack, bundle);
    app.synth();
    return read(outdir, "test");
  });
}

/** A test file's folder: one for every synth in it, since making and removing folders takes longer than synthesizing. */
const folder = mkdtempSync(path.join(tmpdir(), "synth-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs what synthesizes with a folder to write to and a function's bundle. */
export function inFolder<T>(work: (outdir: string, bundle: string) => T): T {
  const bundle = path.join(folder, "index.js");
  writeFileSync(bundle, "exports.handler = async (event) => event;\n");
  const outdir = path.join(folder, "cdktf.out");
  mkdirSync(outdir, { recursive: true });
  return work(outdir, bundle);
}

/** A stack that was synthesized into a folder just now. */
export function read(outdir: string, stack: string): Document {
  const { stacks } = JSON.parse(readFileSync(path.join(outdir, "manifest.json"), "utf8"));
  const text = readFileSync(path.join(outdir, stacks[stack].synthesizedStackPath), "utf8");
  return { data: {}, resource: {}, output: {}, variable: {}, ...JSON.parse(text), text };
}

/** The statements of a resource's policy, which is JSON text. */
export function statementsOf(block: Block | undefined, attribute = "policy"): Block[] {
  return JSON.parse(block?.[attribute]).Statement;
}

/** The only resource, or data source, of a type. */
export function only(blocks: Record<string, Record<string, Block>>, type: string): Block {
  const found = Object.values(blocks[type] ?? {});
  if (found.length !== 1) throw new Error(`${found.length} of ${type}`);
  return found[0] as Block;
}

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { App } from "cdktf";
import { Providers } from "../../modules/providers/providers";
import { loadProject } from "../../settings/project";
import type { EnvironmentSettings, ProjectSettings } from "../../settings/schema";
import { ProjectStack } from "../../stacks/project-stack";
import { synthesize } from "../../stacks/synthesize";

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
  readonly data: Record<string, Record<string, Block>>;
  readonly resource: Record<string, Record<string, Block>>;
}

export const PROJECT: ProjectSettings = {
  project: "acme",
  region: "eu-west-1",
  environments: { dev: {}, staging: {}, prod: {} },
};

/** The Terraform JSON of every stack of a project. */
export function synthesized(settings: ProjectSettings = PROJECT): Record<string, Document> {
  return inFolder((outdir, bundle) => {
    const project = loadProject(settings);
    synthesize(project, { preSignUp: bundle, userMigration: bundle }, { outdir });
    const names = [...project.stateBuckets.map(({ stack }) => stack), ...project.environments.map(({ name }) => name)];
    return Object.fromEntries(names.map((name) => [name, read(outdir, name)]));
  });
}

/** The Terraform JSON of one environment with these settings. */
export function environment(settings: EnvironmentSettings = {}, name = "dev"): Document {
  const document = synthesized({ ...PROJECT, environments: { [name]: settings } })[name];
  if (!document) throw new Error(`no stack ${name}`);
  return document;
}

class TestStack extends ProjectStack {}

/** The Terraform JSON of a stack that holds what `build` puts into it. */
export function stackOf(build: (stack: ProjectStack, bundle: string) => void): Document {
  return inFolder((outdir, bundle) => {
    const app = new App({ outdir, stackTraces: false });
    const stack = new TestStack(app, "test");
    new Providers(stack, "providers", { region: "eu-west-1", tags: {}, archive: true });
    build(stack, bundle);
    app.synth();
    return read(outdir, "test");
  });
}

function inFolder<T>(work: (outdir: string, bundle: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), "synth-"));
  try {
    const bundle = path.join(folder, "index.js");
    writeFileSync(bundle, "exports.handler = async (event) => event;\n");
    const outdir = path.join(folder, "cdktf.out");
    mkdirSync(outdir);
    return work(outdir, bundle);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function read(outdir: string, stack: string): Document {
  const text = readFileSync(path.join(outdir, "stacks", stack, "cdk.tf.json"), "utf8");
  return { data: {}, resource: {}, output: {}, variable: {}, ...JSON.parse(text), text };
}

/** The only resource, or data source, of a type. */
export function only(blocks: Record<string, Record<string, Block>>, type: string): Block {
  const found = Object.values(blocks[type] ?? {});
  if (found.length !== 1) throw new Error(`${found.length} of ${type}`);
  return found[0] as Block;
}

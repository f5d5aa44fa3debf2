import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { LOCK_FILE } from "../../../cli/project";
import { ARCHIVE, AWS } from "../../../modules/terraform/providers";
import type { EnvironmentSettings, ProjectSettings } from "../../../settings/schema";
import { finished } from "../../support/command";
import { testedLockFile } from "../../support/project-copy";
import { synthesized } from "../../support/synth";

/** What Terraform or the provider refuses, and the settings that it was made of. */
export interface Refused {
  readonly problem: string;
  readonly settings: string | undefined;
}

interface Diagnostic {
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
  readonly range?: { readonly filename: string };
}

/** An environment's name is that of the workspace it is valid in; Terraform validates in one. */
const WORKSPACE = "dev";

/**
 * What the real provider refuses of these environments. Each is a module of one configuration: a run of Terraform for each would take seconds. What
 * needs a newer provider than the tests install is left out.
 */
export async function refusedByProvider(
  environments: ReadonlyArray<readonly [project: Omit<ProjectSettings, "environments">, settings: EnvironmentSettings]>,
): Promise<Refused[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "validate-"));
  try {
    const modules: Record<string, unknown> = {};
    const terraform = { required_providers: { aws: AWS, archive: ARCHIVE } };
    for (const [index, [project, settings]] of environments.entries()) {
      const document = synthesized({ ...project, environments: { [WORKSPACE]: settings } })[WORKSPACE];
      if (document?.terraform.required_providers.aws.version !== AWS.version) continue;
      // A module has neither a backend nor imports nor, so that one process serves all, providers of its own.
      const { text: _, provider: __, import: ___, ...module } = document;
      for (const block of Object.values(document.resource).flatMap(Object.values)) delete block.provider;
      await mkdir(path.join(folder, `${index}`));
      await writeFile(path.join(folder, `${index}`, "cdk.tf.json"), JSON.stringify({ ...module, terraform }));
      modules[`_${index}`] = { source: `./${index}` };
    }
    const root = { terraform, provider: { aws: { region: "eu-west-1" } }, module: modules };
    await writeFile(path.join(folder, "main.tf.json"), JSON.stringify(root));
    await copyFile(testedLockFile(), path.join(folder, LOCK_FILE));
    return (await diagnosticsOf(folder)).map(({ summary, detail, address, range }) => {
      const index = /^(?:module\._)?(\d+)/.exec(address ?? range?.filename ?? "")?.[1];
      const problem = [address, summary, detail].filter(Boolean).join(": ");
      return { problem, settings: index && JSON.stringify(environments[Number(index)]) };
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function diagnosticsOf(folder: string): Promise<Diagnostic[]> {
  // Much memory for a few seconds: collecting it less often makes them fewer.
  const env = { ...process.env, TF_WORKSPACE: WORKSPACE, GOGC: "400" };
  const run = (...args: string[]) => finished("terraform", [`-chdir=${folder}`, ...args], { env });
  const { code, stderr } = await run("init", "-backend=false", "-input=false", "-no-color");
  if (code !== 0) throw new Error(stderr);
  return JSON.parse((await run("validate", "-json")).stdout).diagnostics;
}

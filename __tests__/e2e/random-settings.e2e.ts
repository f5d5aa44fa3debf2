import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { LOCK_FILE } from "../../cli/project";
import { ARCHIVE, AWS } from "../../modules/terraform/providers";
import { environmentSettings } from "../../settings/schema";
import { finished } from "../support/command";
import { type Drawn, draw, ENVIRONMENT, PLACE } from "../support/drawn/draw";
import { testedLockFile } from "../support/project-copy";
import { synthesized } from "../support/synth";
import { describeE2e, story } from "./support/describe-e2e";

/** More of them, and others every time, with `npm run test:settings`; its seed draws the same ones again. */
const COUNT = Number(process.env.SETTINGS_DRAWN ?? 500);
const SEED = Number(process.env.SETTINGS_SEED ?? (process.env.SETTINGS_DRAWN ? Date.now() % 2 ** 31 : 1));
const BATCH = 100;

describeE2e(`${COUNT} settings drawn with SETTINGS_SEED=${SEED}`, () => {
  const step = story();
  let drawn: readonly Drawn[];
  const minutes = 2 + COUNT / 100;

  step("are admitted, or refused with the field that stands in the way", async () => {
    drawn = draw(SEED, COUNT);
    const problems = drawn.flatMap(({ refusals }) => refusals);
    expect(
      problems.filter(
        (problem) => !PLACE.test(problem) || !/: (?:it is missing|.* is not allowed); allowed: /s.test(problem),
      ),
    ).toEqual([]);
    // Taking away what is named leaves settings that are admitted, unless something is missing.
    const stuck = drawn.filter(
      ({ admitted, refusals }) => !admitted && !refusals.some((one) => one.includes(": it is missing; ")),
    );
    expect(stuck).toEqual([]);
  });

  step("leave enough to look at: most are admitted in the end, and every setting is among them", async () => {
    const admitted = drawn.flatMap(({ admitted }) => admitted ?? []);
    expect(admitted.length).toBeGreaterThan(COUNT * 0.6);
    const used = new Set(admitted.flatMap(({ environments }) => Object.keys(environments[ENVIRONMENT] ?? {})));
    const unused = Object.keys(environmentSettings).filter((name) => name !== "customize" && !used.has(name));
    expect(unused).toEqual([]);
  });

  step(
    "are valid for the real provider where they are admitted",
    async () => {
      const folder = await mkdtemp(path.join(tmpdir(), "drawn-"));
      try {
        for (let first = 0; first < drawn.length; first += BATCH) {
          expect(await invalid(path.join(folder, `${first}`), drawn.slice(first, first + BATCH))).toEqual([]);
        }
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    minutes * 60,
  );
});

/** What Terraform and the provider refuse, beside the settings: each environment is a module, because a run of Terraform takes a second to start. */
async function invalid(folder: string, batch: readonly Drawn[]): Promise<unknown[]> {
  const modules: Record<string, unknown> = {};
  const terraform = { required_providers: { aws: AWS, archive: ARCHIVE } };
  for (const [index, { admitted }] of batch.entries()) {
    const document = admitted && synthesized(admitted)[ENVIRONMENT];
    // What needs a newer provider than the tests install cannot be validated.
    if (document?.terraform.required_providers.aws.version !== AWS.version) continue;
    const { text: _, provider: __, ...rest } = document;
    const module = path.join(folder, `${index}`);
    await mkdir(module, { recursive: true });
    await writeFile(path.join(module, "cdk.tf.json"), JSON.stringify({ ...rest, terraform }));
    modules[`_${index}`] = { source: `./${index}` };
  }
  const root = { terraform, provider: { aws: { region: "eu-west-1" } }, module: modules };
  await writeFile(path.join(folder, "main.tf.json"), JSON.stringify(root));
  await copyFile(testedLockFile(), path.join(folder, LOCK_FILE));
  // The workspace is the only one that the environment's stack is valid in. Terraform's memory is large, and collected less often.
  const env = { ...process.env, TF_WORKSPACE: ENVIRONMENT, GOGC: "400" };
  const run = (...args: string[]) => finished("terraform", [`-chdir=${folder}`, ...args], { env });
  const { code, stderr } = await run("init", "-backend=false", "-input=false", "-no-color");
  if (code !== 0) throw new Error(stderr);
  const { diagnostics } = JSON.parse((await run("validate", "-json")).stdout);
  return diagnostics.map(({ summary, detail, address, range }: Diagnostic) => {
    const index = /^(?:module\._)?(\d+)/.exec(address ?? range?.filename ?? "")?.[1];
    return { summary, detail, address, settings: index && JSON.stringify(batch[Number(index)]?.admitted) };
  });
}

interface Diagnostic {
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
  readonly range?: { readonly filename: string };
}

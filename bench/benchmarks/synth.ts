import { mkdtemp, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { version } from "cdktf/package.json";
import type { Benchmark, Subject } from "../measure/benchmark";
import { officialTemplate } from "../measure/installed";
import { timed, versionOf } from "../measure/process";
import { change, copyOfProject, remove } from "../measure/project-copy";
import type { Skipped } from "../measure/result";

const NAMES = {
  template: "the official template: npx cdktf synth",
  nothing: "npx cdktf synth of an app that does nothing",
  cdktf: "npx cdktf synth",
  npm: "npm run synth",
  function: "npm run synth, the function changed too",
} as const;

/** Without the look-ups of newer versions, which would measure the network. */
const env = { ...process.env, CI: "1", CHECKPOINT_DISABLE: "1", DISABLE_VERSION_CHECK: "1", NO_COLOR: "1" };
const windows = process.platform === "win32";

export const benchmark: Benchmark = {
  title: "Synth",
  how:
    "Three environments, with a source that has changed since the last time. The template's app makes the article's stacks, which have less in them " +
    "than this project's, and bundles nothing. The CLI that runs an app that does nothing is the floor of everything typed as `cdktf synth`.",
  rounds: 9,
  goals: [
    { what: "against the official template", subject: NAMES.npm, baseline: NAMES.template, unit: "s", atMost: 0.1 },
    { what: "against the floor", subject: NAMES.cdktf, baseline: NAMES.nothing, unit: "s", atMost: 1.15 },
    { what: "against the official template", subject: NAMES.function, baseline: NAMES.template, unit: "s" },
    { what: "against the official template", subject: NAMES.cdktf, baseline: NAMES.template, unit: "s" },
  ],
  async prepare(note) {
    // What a function's change leaves to be done is not for the others to do.
    const [project, functions] = [await copyOfProject(), await copyOfProject()];
    const nothing = await appThatDoesNothing();
    const settings = "environments.ts";
    const npmRunSynth = ["npm", "run", "--silent", "synth"];
    const subjects: Subject[] = [
      synth(NAMES.npm, project, [settings], npmRunSynth),
      synth(NAMES.function, functions, [settings, "lambda/pre-sign-up/handler.ts"], npmRunSynth),
    ];
    const skipped: Skipped[] = [];
    const terraform = await versionOf("terraform", "version");
    if (terraform) {
      const cdktfSynth = ["npx", "cdktf", "synth"];
      subjects.push(synth(NAMES.cdktf, project, [settings], cdktfSynth));
      subjects.push(synth(NAMES.nothing, nothing, ["app.mjs"], cdktfSynth));
      try {
        const template = await officialTemplate("bench/baselines/official-template", note);
        subjects.push(synth(NAMES.template, template, ["main.ts"], cdktfSynth));
      } catch (error) {
        skipped.push({ subject: NAMES.template, why: (error as Error).message });
      }
    } else {
      const why = "cdktf's CLI needs Terraform";
      skipped.push(...[NAMES.cdktf, NAMES.nothing, NAMES.template].map((subject) => ({ subject, why })));
    }
    const npm = (await versionOf(windows ? "npm.cmd" : "npm", "--version")) ?? "unknown";
    return {
      subjects,
      skipped,
      versions: { npm, ...(terraform && { Terraform: terraform.replace("Terraform v", "") }) },
      close: () => remove(project, functions, nothing),
    };
  },
};

function synth(name: string, cwd: string, sources: readonly string[], command: readonly string[]): Subject {
  const [program = "", ...args] = command;
  return {
    name,
    async measure(round) {
      for (const source of sources) await change(cwd, source, round);
      const { ms } = await timed(windows ? `${program}.cmd` : program, args, { cwd, env });
      return { s: ms / 1000 };
    },
  };
}

/** The least that the CLI takes for an app: a manifest without stacks. */
async function appThatDoesNothing(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "bench-nothing-"));
  const manifest = JSON.stringify({ version, stacks: {} });
  const app = [
    'import { mkdirSync, writeFileSync } from "node:fs";',
    "const { CDKTF_OUTDIR } = process.env;",
    "mkdirSync(CDKTF_OUTDIR, { recursive: true });",
    `writeFileSync(\`\${CDKTF_OUTDIR}/manifest.json\`, ${JSON.stringify(manifest)});`,
    "",
  ];
  await writeFile(path.join(folder, "app.mjs"), app.join("\n"));
  const settings = { language: "typescript", app: "node app.mjs", projectId: "bench", sendCrashReports: "false" };
  await writeFile(path.join(folder, "cdktf.json"), JSON.stringify(settings));
  await writeFile(path.join(folder, "package.json"), "{}");
  await symlink(path.resolve("node_modules"), path.join(folder, "node_modules"), "junction");
  return folder;
}

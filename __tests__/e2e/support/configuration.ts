import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { LOCK_FILE } from "../../../cli/project";
import { ARCHIVE, AWS } from "../../../modules/terraform/providers";
import { finished } from "../../support/command";
import { EMULATOR_OVERRIDE, emulated, testedLockFile } from "../../support/project-copy";
import type { Block } from "../../support/stack";

/** A configuration of many modules, so that one run of Terraform serves them all. Its workspace is `dev`, its state is kept in its folder. */
export class Configuration {
  private constructor(readonly folder: string) {}

  /** `modules` are the contents of the modules, by name; `root` is what the root has beside them. */
  static async make(modules: Readonly<Record<string, object>>, root: object = {}): Promise<Configuration> {
    const configuration = new Configuration(await mkdtemp(path.join(tmpdir(), "configuration-")));
    const terraform = { required_providers: { aws: AWS, archive: ARCHIVE } };
    for (const [name, content] of Object.entries(modules)) {
      await mkdir(path.join(configuration.folder, name));
      await configuration.write(path.join(name, "main.tf.json"), { terraform, ...content });
    }
    const module = Object.fromEntries(Object.keys(modules).map((name) => [name, { source: `./${name}` }]));
    const provider = { aws: [{ region: "eu-west-1" }] };
    await configuration.write("main.tf.json", { terraform, provider, module, ...root });
    await configuration.write("emulator_override.tf.json", EMULATOR_OVERRIDE);
    await copyFile(testedLockFile(), path.join(configuration.folder, LOCK_FILE));
    await configuration.terraform("init", "-input=false");
    return configuration;
  }

  /** Answers what Terraform prints. Throws an Error with all that it says if it fails. */
  async terraform(...args: string[]): Promise<string> {
    const env = { ...emulated(), TF_WORKSPACE: "dev" };
    const { code, stdout, stderr } = await finished("terraform", [`-chdir=${this.folder}`, ...args], { env });
    if (code !== 0) throw new Error(`terraform ${args.join(" ")}: ${code}\n${stderr || stdout}`);
    return stdout;
  }

  /** The plan as JSON, saved as `tfplan`. */
  async plan(): Promise<Block> {
    await this.terraform("plan", "-input=false", "-out=tfplan");
    return JSON.parse(await this.terraform("show", "-json", "tfplan"));
  }

  private async write(name: string, content: object): Promise<void> {
    await writeFile(path.join(this.folder, name), JSON.stringify(content, null, 2));
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

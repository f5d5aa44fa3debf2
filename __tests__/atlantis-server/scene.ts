import { randomBytes } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ProjectSettings } from "../../settings/schema";
import { makeBucket } from "../e2e/support/s3";
import { makeCertificate } from "./certificate";
import { GitHub, type PullRequest } from "./github";
import { Project } from "./project";
import { Repository } from "./repository";
import { Atlantis, buildAtlantis } from "./server";

type Change = () => Promise<void> | void;
type Environment = ProjectSettings["environments"][string];

/** A project in a repository on GitHub, with a server that plans its pull requests. */
export class Scene {
  /** The pull request that was opened last. */
  pull!: PullRequest;

  private constructor(
    private readonly folder: string,
    private readonly settings: ProjectSettings,
    private readonly work: Project,
    readonly repository: Repository,
    readonly github: GitHub,
    readonly atlantis: Atlantis,
  ) {}

  static async make(): Promise<Scene> {
    const folder = mkdtempSync(path.join(tmpdir(), "atlantis-server-"));
    const project = `e2e-${randomBytes(4).toString("hex")}`;
    const settings: ProjectSettings = {
      project,
      region: "eu-west-1",
      environments: { dev: {}, staging: {}, prod: {} },
    };
    const work = new Project(path.join(folder, "work"), settings);
    await Promise.all([buildAtlantis(), makeBucket(`${project}-terraform-state`), work.generate()]);
    const certificate = makeCertificate(folder);
    const repository = new Repository(folder, work.folder);
    const github = new GitHub(repository, certificate);
    await github.start();
    github.teams.set("operators", ["ana", "bob"]);
    github.teams.set("developers", ["dev"]);
    const atlantis = await Atlantis.start({ folder, project: work, github, repository, tls: certificate });
    return new Scene(folder, settings, work, repository, github, atlantis);
  }

  async remove(): Promise<void> {
    await this.atlantis.stop();
    this.github.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  /** Opens a pull request of what `change` does to main; answers what Atlantis writes. */
  async opened(branch: string, change: Change): Promise<string> {
    this.repository.branch(branch);
    await change();
    this.repository.commit(branch);
    const pull = this.github.open(branch);
    this.pull = pull;
    return this.atlantis.after(pull, () => this.github.opened(pull));
  }

  /** Pushes another commit to it; answers what Atlantis writes. */
  async pushed(change: Change): Promise<string> {
    this.repository.checkout(this.pull.branch);
    await change();
    this.repository.commit("Another commit");
    return this.atlantis.after(this.pull, () => this.github.pushed(this.pull));
  }

  /** What Atlantis answers to a comment. */
  says(comment: string, user = "ana"): Promise<string> {
    return this.atlantis.after(this.pull, () => this.github.comment(this.pull, user, comment));
  }

  hasPlan(environment: string): boolean {
    return this.atlantis.hasPlan(this.pull, environment);
  }

  /** Changes environments, and writes what follows from that. */
  async configure(environments: Readonly<Record<string, Environment>>): Promise<void> {
    this.work.configure({ ...this.settings, environments: { ...this.settings.environments, ...environments } });
    await this.work.generate();
  }

  /** Changes a stack's JSON by hand. */
  edit(environment: string, change: (config: Config) => void): void {
    const file = `synthesized/${environment}/cdk.tf.json`;
    const config = JSON.parse(this.repository.read(file));
    change(config);
    this.repository.write(file, JSON.stringify(config, null, 2));
  }
}

// biome-ignore lint/suspicious/noExplicitAny: a stack's JSON, as an attacker edits it
type Config = any;

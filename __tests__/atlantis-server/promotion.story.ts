import { randomBytes } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ProjectSettings } from "../../settings/schema";
import { describeE2e, story } from "../e2e/support/describe-e2e";
import { makeBucket } from "../e2e/support/s3";
import { makeCertificate } from "./certificate";
import { GitHub } from "./github";
import { Project } from "./project";
import { Repository } from "./repository";
import { Atlantis, buildAtlantis } from "./server";

const project = `e2e-${randomBytes(4).toString("hex")}`;
const settings: ProjectSettings = {
  project,
  region: "eu-west-1",
  environments: { dev: {}, staging: {}, prod: { deletionProtection: false } },
};

describeE2e("a real Atlantis server", () => {
  const step = story();
  const folder = mkdtempSync(path.join(tmpdir(), "atlantis-server-"));
  let work: Project;
  let repository: Repository;
  let github: GitHub;
  let atlantis: Atlantis;

  beforeAll(async () => {
    await Promise.all([buildAtlantis(), makeBucket(`${project}-terraform-state`)]);
    work = new Project(path.join(folder, "work"), settings);
    await work.generate();
    const certificate = makeCertificate(folder);
    repository = new Repository(folder, work.folder);
    github = new GitHub(repository, certificate);
    await github.start();
    github.teams.set("operators", ["ana"]);
    github.teams.set("developers", ["dev"]);
    atlantis = await Atlantis.start(folder, github, repository, certificate);
  }, 900_000);
  afterAll(async () => {
    await atlantis?.stop();
    await github?.close();
    if (!process.env.KEEP) await rm(folder, { recursive: true, force: true });
    else process.stderr.write(`${folder}\n`);
  }, 60_000);

  step(
    "plans every environment of a pull request, and its comment begins with the verdict",
    async () => {
      repository.branch("first");
      repository.write("review-allow.txt", "# Nothing.\n");
      repository.commit("Nothing that changes");
      const pull = github.open("first");
      const said = await atlantis.after(pull, () => github.opened(pull));
      process.stderr.write(said);
    },
    600,
  );
});

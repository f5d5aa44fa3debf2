import type { ProjectSettings } from "#settings";

/** The least that a team can write: every setting is at its default. */
const project: ProjectSettings = {
  project: "acme-notes",
  region: "eu-west-1",
  environments: { dev: {} },
};

export default project;

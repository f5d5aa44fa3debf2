import type { ProjectSettings } from "#settings";

/**
 * The one file to edit. Every field of an environment has a default, listed in the README under "Settings";
 * a value that cannot work is refused before anything is planned.
 */
const project: ProjectSettings = {
  project: "one-account",
  region: "eu-west-1",
  environments: {
    dev: {},
    staging: {},
    prod: {},
  },
};

export default project;

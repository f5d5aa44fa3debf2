import type { ProjectSettings } from "../../settings/schema";

export const PROJECT: ProjectSettings = {
  project: "acme",
  region: "eu-west-1",
  environments: { dev: {}, staging: {}, prod: {} },
};

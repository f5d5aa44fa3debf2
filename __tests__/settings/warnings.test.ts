import { loadProject } from "../../settings/project";
import type { EnvironmentSettings } from "../../settings/schema";
import { warnings } from "../../settings/warnings";

const warned = (name: string, settings: EnvironmentSettings) =>
  loadProject({ project: "acme", region: "eu-west-1", environments: { [name]: settings } }).environments.flatMap(
    warnings,
  );

it("a production environment that sends people to localhost is warned about", () => {
  expect(warned("prod", {})).toEqual([
    'environment "prod" sends people who sign in to http://localhost:3000/auth: set applicationUrls to where the application runs.',
  ]);
});

it("others are not", () => {
  expect(warned("dev", {})).toEqual([]);
  expect(warned("prod", { applicationUrls: ["https://a.example"] })).toEqual([]);
});

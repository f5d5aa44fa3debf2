import { environmentToShow } from "../../cli/project";
import { loadProject } from "../../settings/project";

const projectOf = (...names: string[]) =>
  loadProject({
    project: "acme",
    region: "eu-west-1",
    environments: Object.fromEntries(names.map((name) => [name, {}])),
  });

it("a command that may leave out the environment is of dev, and names one where there is no dev", () => {
  expect(environmentToShow(projectOf("prod", "dev"), undefined, "npm start")).toBe("dev");
  expect(environmentToShow(projectOf("prod", "dev"), "prod", "npm start")).toBe("prod");
  expect(() => environmentToShow(projectOf("live", "test"), undefined, "npm start")).toThrow(
    "There is no environment dev in environments.ts: name one, such as `npm start -- live`. There are: live, test.",
  );
});

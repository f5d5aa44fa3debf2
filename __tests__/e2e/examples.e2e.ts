import type { EnvironmentSettings } from "../../settings/schema";
import { EXAMPLES, environmentOf } from "../support/examples";
import { ProjectCopy } from "../support/project-copy";
import { describeE2e, story } from "./support/describe-e2e";

/** What the emulator does not keep, or asks for, is left out. */
const EMULATED: Readonly<Record<string, Partial<EnvironmentSettings>>> = {
  full: {
    // It forgets a client's rotation.
    refreshTokenRotation: undefined,
    // It looks for the role of a group, and there is no provider of this name.
    groups: { administrators: { description: "All", precedence: 1 } },
    identityProviders: undefined,
    federated: undefined,
    // There is no such layer, pool and key.
    lambdaLayer: undefined,
    migrateFrom: undefined,
    kmsKeyArn: undefined,
  },
  spa: { refreshTokenRotation: undefined },
  mobile: { refreshTokenRotation: undefined },
  passwordless: { refreshTokenRotation: undefined },
};

/** The last environment of each example, which is the one for production where there is one. */
const environments = Object.fromEntries(
  Object.entries(EXAMPLES).map(([name, project]) => {
    const last = Object.keys(project.environments).at(-1) ?? "";
    return [name, { production: last === "prod", ...environmentOf(project, last) }];
  }),
);

describeE2e("the examples", () => {
  const step = story();
  let copy: ProjectCopy;
  beforeAll(async () => {
    copy = await ProjectCopy.make({ project: "examples", region: "eu-west-1", environments });
    for (const name of Object.keys(environments)) await copy.keepStateLocally(name);
  });
  afterAll(() => copy?.remove());

  async function done(name: string, ...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await copy.terraform(name, ...args);
    expect({ code, said: code ? stdout + stderr : "" }).toEqual({ code: 0, said: "" });
    return stdout;
  }

  step("are valid for the real provider", async () => {
    expect(await copy.script("synth")).toMatchObject({ code: 0 });
    for (const name of Object.keys(environments)) {
      await done(name, "init", "-input=false");
      await done(name, "workspace", "select", "-or-create=true", name);
      expect(await done(name, "validate")).toContain("The configuration is valid");
    }
  });

  step("are synthesized without what the emulator cannot do", async () => {
    const emulated = Object.entries(environments).map(([name, all]) => [name, { ...all, ...EMULATED[name] }]);
    await copy.configure({ project: "examples", region: "eu-west-1", environments: Object.fromEntries(emulated) });
    expect(await copy.script("synth")).toMatchObject({ code: 0 });
  });

  for (const name of Object.keys(environments)) {
    step(`${name} is deployed, and a second plan says no changes`, async () => {
      await done(name, "apply", "-input=false", "-auto-approve");
      expect(await done(name, "plan", "-input=false", "-detailed-exitcode")).toContain("No changes.");
    });
  }
});

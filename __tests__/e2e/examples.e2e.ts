import { providersToMake } from "../../modules/identity-provider/settings";
import type { EnvironmentSettings, ProjectSettings } from "../../settings/schema";
import { EXAMPLES, environmentOf, NEED_NEWER_PROVIDER } from "../support/examples";
import { writeTriggerFiles } from "../support/own-triggers";
import { ProjectCopy } from "../support/project-copy";
import { cognito } from "./support/cognito";
import { describeE2e, story } from "./support/describe-e2e";
import { storeSecrets } from "./support/secrets";
import { refusedByProvider } from "./support/validate";

/** What only a newer provider has than the one that the tests install. */
const NEWER: EnvironmentSettings = Object.fromEntries(NEED_NEWER_PROVIDER.map((name) => [name, undefined]));
/** What the emulator forgets. */
const FORGOTTEN: EnvironmentSettings = { refreshTokenRotation: undefined, alarmTopicArn: undefined };
/** What it looks for and does not have: the layer, the old pool, the key, a group's role, a hosted zone; and it knows no risk configuration. */
const MISSING: EnvironmentSettings = {
  // The classic pages take the place of managed login.
  uiCustomization: { css: ".label-customizable { color: #336699; }" },
  riskConfiguration: undefined,
  lambdaLayer: undefined,
  migrateFrom: undefined,
  kmsKeyArn: undefined,
  customDomain: {
    name: "auth.acme.com",
    certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000",
  },
  groups: { administrators: { description: "All", precedence: 1 } },
};

interface Made {
  readonly UserPool: { readonly Id: string };
}

/** The last environment of each example, which is the one for production where there is one. */
const environments: Record<string, EnvironmentSettings> = Object.fromEntries(
  Object.entries<ProjectSettings>(EXAMPLES).map(([name, project]) => {
    const last = Object.keys(project.environments).at(-1) ?? "";
    const written = { production: last === "prod", ...environmentOf(project, last), ...NEWER, ...FORGOTTEN };
    return [name, name === "full" ? { ...written, ...MISSING } : written];
  }),
);

describeE2e("the examples", () => {
  const step = story();
  let copy: ProjectCopy;
  beforeAll(async () => {
    const { UserPool } = (await cognito("CreateUserPool", { PoolName: "kept", AliasAttributes: ["email"] })) as Made;
    const { preSignUp } = environments["existing-pool"]?.existingPool ?? {};
    environments["existing-pool"] = {
      ...environments["existing-pool"],
      existingPool: { userPoolId: UserPool.Id, preSignUp },
    };
    copy = await ProjectCopy.make({ project: "examples", region: "eu-west-1", environments });
    await writeTriggerFiles(copy.folder);
    for (const name of Object.keys(environments)) await copy.keepStateLocally(name);
  });
  afterAll(() => copy?.remove());

  async function done(name: string, ...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await copy.terraform(name, ...args);
    expect({ code, said: code ? stdout + stderr : "" }).toEqual({ code: 0, said: "" });
    return stdout;
  }

  step("are valid for the real provider, every environment", async () => {
    const every = Object.values(EXAMPLES).flatMap((project: ProjectSettings) =>
      Object.entries(project.environments).map(
        ([name, settings]) => [project, { production: name === "prod", ...settings, ...NEWER }] as const,
      ),
    );
    expect(await refusedByProvider(every)).toEqual([]);
  });

  step("are synthesized, but for what the emulator cannot do", async () => {
    const { code, stderr } = await copy.script("synth");
    expect({ code, said: code ? stderr : "" }).toEqual({ code: 0, said: "" });
  });

  for (const name of Object.keys(environments)) {
    step(`${name} is deployed, and a second plan says no changes`, async () => {
      await done(name, "init", "-input=false");
      await done(name, "workspace", "select", "-or-create=true", name);
      await storeSecrets(providersToMake(environments[name]?.identityProviders ?? []));
      await done(name, "apply", "-input=false", "-auto-approve");
      expect(await done(name, "plan", "-input=false", "-detailed-exitcode")).toContain("No changes.");
    });
  }
});

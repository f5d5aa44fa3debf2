import { providersToMake } from "../../modules/identity-provider/settings";
import type { EnvironmentSettings } from "../../settings/schema";
import { writeTriggerFiles } from "../support/own-triggers";
import { ProjectCopy } from "../support/project-copy";
import { WHOLE_POOL } from "../support/whole-pool";
import { describeE2e, story } from "./support/describe-e2e";
import { storeSecrets } from "./support/secrets";

/** Without logs and the branding of managed login, which need a later provider than the one that is tested with. */
const { logDelivery, managedLogin, ...validated } = WHOLE_POOL;
/**
 * Without what the emulator does not keep, does not know, or asks for: it forgets a client's rotation, has no risk configuration, and looks for a
 * group's role and for a hosted zone.
 */
const { refreshTokenRotation, riskConfiguration, customDomain, ...settings } = validated;
const certificateArn = "arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000";
const full: EnvironmentSettings = {
  ...settings,
  groups: { administrators: { description: "All", precedence: 1 } },
  customDomain: { name: "auth.acme.com", certificateArn },
  uiCustomization: { css: ".label-customizable { color: #336699; }" },
};

describeE2e("a pool with every setting", () => {
  const step = story();
  let copy: ProjectCopy;
  beforeAll(async () => {
    copy = await ProjectCopy.make({ project: "whole", region: "eu-west-1", environments: { full, validated } });
    await writeTriggerFiles(copy.folder);
    await copy.keepStateLocally("full");
    await copy.keepStateLocally("validated");
  });
  afterAll(() => copy?.remove());

  async function done(...args: string[]): Promise<string> {
    return doneIn("full", ...args);
  }

  async function doneIn(stack: string, ...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await copy.terraform(stack, ...args);
    expect({ code, said: code ? stdout + stderr : "" }).toEqual({ code: 0, said: "" });
    return stdout;
  }

  step("is valid for the real provider", async () => {
    expect(await copy.script("synth")).toMatchObject({ code: 0 });
    await done("init", "-input=false");
    await done("workspace", "select", "-or-create=true", "full");
    expect(await done("validate")).toContain("The configuration is valid");
  });

  step("is valid with what the emulator does not have", async () => {
    await doneIn("validated", "init", "-input=false");
    await doneIn("validated", "workspace", "select", "-or-create=true", "validated");
    expect(await doneIn("validated", "validate")).toContain("The configuration is valid");
  });

  step("is deployed, and a second plan says no changes", async () => {
    await storeSecrets(providersToMake(settings.identityProviders ?? []));
    await done("apply", "-input=false", "-auto-approve");
    expect(await done("plan", "-input=false", "-detailed-exitcode")).toContain("No changes.");
  });
});

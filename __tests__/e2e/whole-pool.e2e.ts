import { writeTriggerFiles } from "../support/own-triggers";
import { ProjectCopy } from "../support/project-copy";
import { WHOLE_POOL } from "../support/whole-pool";
import { describeE2e, story } from "./support/describe-e2e";

/** Without what the emulator does not keep, or asks for: it forgets a client's rotation, and looks for a group's role. */
const { refreshTokenRotation, ...settings } = WHOLE_POOL;
const full = { ...settings, groups: { administrators: { description: "All", precedence: 1 } } };

describeE2e("a pool with every setting", () => {
  const step = story();
  let copy: ProjectCopy;
  beforeAll(async () => {
    copy = await ProjectCopy.make({ project: "whole", region: "eu-west-1", environments: { full } });
    await writeTriggerFiles(copy.folder);
    await copy.keepStateLocally("full");
  });
  afterAll(() => copy?.remove());

  async function done(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await copy.terraform("full", ...args);
    expect({ code, said: code ? stdout + stderr : "" }).toEqual({ code: 0, said: "" });
    return stdout;
  }

  step("is valid for the real provider", async () => {
    expect(await copy.script("synth")).toMatchObject({ code: 0 });
    await done("init", "-input=false");
    await done("workspace", "select", "-or-create=true", "full");
    expect(await done("validate")).toContain("The configuration is valid");
  });

  step("is deployed, and a second plan says no changes", async () => {
    await done("apply", "-input=false", "-auto-approve");
    expect(await done("plan", "-input=false", "-detailed-exitcode")).toContain("No changes.");
  });
});

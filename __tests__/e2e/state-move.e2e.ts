import { randomBytes } from "node:crypto";
import type { ProjectSettings } from "../../settings/schema";
import { HoldingProxy } from "../support/holding-proxy";
import { interrupted } from "../support/interrupt";
import { killTree } from "../support/process-tree";
import { ProjectCopy } from "../support/project-copy";
import { describeE2e, story } from "./support/describe-e2e";
import { keysOf, makeBucket, putObject, textOf } from "./support/s3";

/** The last commit whose states have no project in their keys. */
const EARLIER = "53e31bd";

const id = randomBytes(4).toString("hex");
const [bucket, project, other] = [`move-${id}-states`, `move-${id}`, `other-${id}`];
const settings = (name: string): ProjectSettings => ({
  project: name,
  region: "eu-west-1",
  state: { bucket },
  environments: { dev: {} },
});
const LEGACY = "env:/dev/terraform.tfstate";
const KEY = `env:/dev/${project}/terraform.tfstate`;
const OTHERS = `env:/dev/${other}/terraform.tfstate`;

describeE2e("two projects with one state bucket, one of which was deployed before the project was in the key", () => {
  const step = story();
  const copies: ProjectCopy[] = [];
  let ours: ProjectCopy;
  let theirs: ProjectCopy;
  let deployed: string;
  beforeAll(async () => {
    const earlier = await ProjectCopy.make(settings(project), { commit: EARLIER });
    ours = await ProjectCopy.make(settings(project));
    theirs = await ProjectCopy.make(settings(other));
    copies.push(earlier, ours, theirs);
    await makeBucket(bucket);
    expect(await earlier.script("deploy", "dev", "--auto-approve")).toMatchObject({ code: 0 });
    deployed = await textOf(bucket, LEGACY);
  });
  afterAll(async () => {
    for (const copy of copies) await copy.remove();
  });

  step("a command refuses to begin with no state, and says how the present one moves", async () => {
    for (const command of ["plan", "recover"]) {
      expect(await ours.script(command, "dev")).toMatchObject({
        code: 1,
        stderr: expect.stringContaining(
          `The state of dev is still at ${LEGACY} in ${bucket}: move it with \`npm run state -- move dev\`.`,
        ),
      });
    }
    expect(await keysOf(bucket)).toEqual([LEGACY]);
  });

  step("the other project deploys its own dev, and cannot move what is not its own", async () => {
    expect(await theirs.script("deploy", "dev", "--auto-approve")).toMatchObject({ code: 0 });
    expect(await theirs.script("state", "move", "dev", "--apply")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`is that of the project ${project}, not of ${other}: it was not moved.`),
    });
    expect(await keysOf(bucket)).toEqual([OTHERS, LEGACY].sort());
    expect(await textOf(bucket, LEGACY)).toBe(deployed);
  });

  step("a dry run moves nothing; a killed move is finished by the next one", async () => {
    const dryRun = await ours.script("state", "move", "dev");
    expect(dryRun).toMatchObject({ code: 0, stdout: expect.stringContaining("Nothing was written: add --apply") });
    expect(await keysOf(bucket)).toEqual([OTHERS, LEGACY].sort());

    const proxy = await HoldingProxy.start(process.env.E2E_ENDPOINT ?? "");
    await interrupted({
      copy: ours,
      proxy,
      tmp: ours.folder,
      command: ["state", "move", "dev", "--apply"],
      at: /^DELETE .*\.tfstate(\?|$)/,
      by: ({ pid }) => killTree(pid as number),
    });
    await proxy.stop();
    expect(await keysOf(bucket)).toEqual([OTHERS, LEGACY, KEY, `${LEGACY}.tflock`, `${KEY}.tflock`].sort());
    const moved = await ours.script("state", "move", "dev", "--apply");
    expect(moved).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Moved already, and still to be deleted: lineage "),
    });
    expect(moved.stdout).toContain("nothing is to be deleted or replaced");
    expect(moved.stdout).toContain("Its earlier versions stay restorable");
    expect(await keysOf(bucket)).toEqual([KEY, OTHERS].sort());
    expect(await textOf(bucket, KEY)).toBe(deployed);
    expect(await ours.script("state", "move", "dev", "--apply")).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("nothing is to be moved"),
    });
    const { serial } = JSON.parse(deployed) as { serial: number };
    expect((await ours.script("state", "versions", "dev")).stdout).toMatch(
      new RegExp(`│ before the move │ .* ${serial} │ +12 │`),
    );
  });

  step("the plan that follows destroys and replaces nothing, and the other project's plan is empty", async () => {
    expect(await ours.script("plan", "dev", "-out=moved.tfplan")).toMatchObject({ code: 0 });
    const { stdout } = await ours.terraform("dev", "show", "-json", "moved.tfplan");
    const { resource_changes } = JSON.parse(stdout) as {
      resource_changes: Array<{ address: string; mode: string; change: { actions: string[] } }>;
    };
    const actions = resource_changes
      .filter(({ change }) => change.actions.join() !== "no-op")
      .map(({ address, change }) => `${change.actions.join()} ${address}`);
    if (process.env.SHOW) process.stderr.write(`${actions.join("\n")}\n`);
    expect(actions.filter((action) => !action.startsWith("update "))).toEqual([]);
    expect(await theirs.script("plan", "dev", "-detailed-exitcode")).toMatchObject({ code: 0 });
  });

  step("a state that another project has written to this one's key is refused", async () => {
    await putObject(bucket, KEY, await textOf(bucket, OTHERS));
    expect(await ours.script("plan", "dev")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`has resources of the project ${other}: nothing was changed.`),
    });
  });
});

import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { DriftReport } from "../../review/drift";
import type { EnvironmentSettings } from "../../settings/schema";
import { ProjectCopy } from "../support/project-copy";
import { describeE2e, story } from "./support/describe-e2e";

const settings = (dev: EnvironmentSettings) => ({ project: "drifting", region: "eu-west-1", environments: { dev } });
const LOGS = "aws_cloudwatch_log_group.pre_sign_up_logs";

type Attributes = Record<string, unknown>;

describeE2e("drift", () => {
  const step = story();
  let copy: ProjectCopy;
  beforeAll(async () => {
    copy = await ProjectCopy.make(settings({ tags: { team: "a" } }));
    await copy.keepStateLocally("dev");
    expect(await copy.script("deploy", "dev", "--auto-approve")).toMatchObject({ code: 0 });
  });
  afterAll(() => copy?.remove());

  /** What drift says: an attribute of a resource a line, and what was not compared. */
  async function drift() {
    const { code, stdout } = await copy.script("drift", "dev", "--format", "json");
    const report = JSON.parse(stdout) as DriftReport;
    const changes = report.drift.flatMap(({ address, attributes }) =>
      attributes.map(({ path }) => `${address} ${path}`),
    );
    return { code, changes, added: report.added };
  }

  /** Changes what the state says of the function's log. */
  async function editState(edit: (logs: Attributes) => void): Promise<void> {
    const file = path.join(copy.stack("dev"), "states/dev/terraform.tfstate");
    const state = JSON.parse(await readFile(file, "utf8")) as {
      resources: Array<{ type: string; instances: Array<{ attributes: Attributes }> }>;
    };
    edit(state.resources.find(({ type }) => type === "aws_cloudwatch_log_group")?.instances[0]?.attributes ?? {});
    await writeFile(file, JSON.stringify(state));
  }

  step("is not what is written in environments.ts, and not deployed: a tag taken out, a grant given up", async () => {
    await copy.configure(settings({ tracing: false }));
    expect(await drift()).toEqual({ code: 0, changes: [], added: [] });
  });

  step("is not what Terraform itself has removed", async () => {
    expect(await copy.script("deploy", "dev", "--auto-approve")).toMatchObject({ code: 0 });
    expect(await drift()).toEqual({ code: 0, changes: [], added: [] });
  });

  step("is not what only the provider has learned to read, beside which a change is still seen", async () => {
    // The state as an earlier provider would have written it, which had no such attribute.
    await editState((logs) => delete logs.log_group_class);
    expect(await drift()).toEqual({ code: 0, changes: [], added: ["log_group_class"] });
    await editState((logs) => {
      logs.retention_in_days = 30;
    });
    expect(await drift()).toEqual({ code: 2, changes: [`${LOGS} retention_in_days`], added: ["log_group_class"] });
    const { stdout } = await copy.script("drift", "dev");
    expect(stdout).toContain("dev: changed outside of Terraform");
    expect(stdout).toContain("so they were not compared: log_group_class.");
  });
});

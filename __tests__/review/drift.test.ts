import { driftReport } from "../../review/drift";
import { readPlan } from "../../review/plan";
import { recordedAttributes } from "../../review/recorded";
import { renderDriftMarkdown } from "../../review/render/markdown";
import { renderDriftText } from "../../review/render/text";
import { planJson } from "../support/plans/fixture";

type Values = Record<string, unknown>;

interface Changed {
  readonly address: string;
  readonly before: Values;
  readonly after: Values;
}

/** A plan of `-refresh-only` in which these resources differ, and these are in the state. */
function drift(changed: readonly Changed[], resources: readonly { type: string; values: Values }[] = []) {
  return readPlan({
    ...planJson("drift-of-nothing"),
    resource_drift: changed.map(({ address, before, after }) => ({
      address,
      type: address.split(".")[0],
      change: { actions: ["update"], before, after },
    })),
    prior_state: { values: { root_module: { resources } } },
  });
}

const LOGS = "aws_cloudwatch_log_group.pre_sign_up_logs";
const ROLE = "aws_iam_role.pre_sign_up_role";

/** What `terraform state pull` says of one resource. */
const state = (address: string, attributes: Values) => {
  const [type, name] = address.split(".");
  return recordedAttributes({ resources: [{ mode: "managed", type, name, instances: [{ attributes }] }] });
};

describe("an attribute that the provider has learned to read", () => {
  const before = { name: "logs", retention_in_days: 1, region: null, log_group_class: null };
  const after = { ...before, region: "eu-west-1", log_group_class: "STANDARD" };
  const recorded = state(LOGS, { name: "logs", retention_in_days: 1 });

  it("is no change, and is named", () => {
    const report = driftReport(drift([{ address: LOGS, before, after }]), "prod", recorded);
    expect(report).toMatchObject({ verdict: "none", exitCode: 0, drift: [], added: ["log_group_class", "region"] });
    const note =
      "The provider did not read these when the environment was last deployed, so they were not compared: log_group_class, region.";
    expect(renderDriftText(report, { colour: false })).toBe(
      `prod: nothing was changed outside of Terraform\n\n${note}`,
    );
    expect(renderDriftMarkdown(report)).toContain(note);
  });

  it("hides no change of another one", () => {
    const changed = { address: LOGS, before, after: { ...after, retention_in_days: 30 } };
    const report = driftReport(drift([changed]), "prod", recorded);
    expect(report.exitCode).toBe(2);
    expect(report.drift.map(({ attributes }) => attributes.map(({ path }) => path))).toEqual([["retention_in_days"]]);
  });

  it("is told from one that was recorded without a value", () => {
    const report = driftReport(
      drift([{ address: LOGS, before, after }]),
      "prod",
      state(LOGS, { ...before, region: undefined }),
    );
    expect(report.drift[0]?.attributes.map(({ path }) => path)).toEqual(["log_group_class"]);
  });

  it("is found inside of blocks, where a key of a map is a value", () => {
    const pool = "aws_cognito_user_pool.user_pool";
    const old = { password_policy: [{ minimum_length: 8 }], tags_all: { project: "acme" } };
    const now = {
      password_policy: [{ minimum_length: 8, password_history_size: 4 }],
      tags_all: { project: "acme", owner: "ana" },
    };
    const report = driftReport(drift([{ address: pool, before: old, after: now }]), "prod", state(pool, old));
    expect(report.added).toEqual(["password_policy.password_history_size"]);
    expect(report.drift[0]?.attributes.map(({ path }) => path)).toEqual(["tags_all.owner"]);
  });

  it("is none of a block that was not there", () => {
    const table = "aws_dynamodb_table.reservations";
    const report = driftReport(
      drift([{ address: table, before: { ttl: [] }, after: { ttl: [{ enabled: true }] } }]),
      "prod",
      state(table, { ttl: [] }),
    );
    expect(report.drift[0]?.attributes.map(({ path }) => path)).toEqual(["ttl.enabled"]);
  });
});

it("a Region that hashicorp/aws 6 writes down for the first time is no change, a Region that differs is one", () => {
  const of = (before: unknown) =>
    driftReport(drift([{ address: ROLE, before: { region: before }, after: { region: "eu-west-1" } }]), "prod").verdict;
  expect([of(null), of(undefined), of("us-east-1")]).toEqual(["none", "none", "drift"]);
});

it("a default tag that was taken out of the settings is no change, a tag that was taken off the resource is one", () => {
  const before = { tags: {}, tags_all: { project: "acme", team: "a" } };
  const settings = { ...before, tags: { team: "a" } };
  expect(driftReport(drift([{ address: ROLE, before, after: settings }]), "prod").verdict).toBe("none");
  const gone = { tags: {}, tags_all: { project: "acme" } };
  const { drift: found } = driftReport(drift([{ address: ROLE, before, after: gone }]), "prod");
  expect(found[0]?.attributes.map(({ path }) => path)).toEqual(["tags_all.team"]);
});

describe("a grant in the function's role", () => {
  const grant = (name: string, policy = "{}") => ({ name, policy });
  const role = (before: unknown[], after: unknown[], resources: string[]) =>
    driftReport(
      drift(
        [{ address: ROLE, before: { inline_policy: before }, after: { inline_policy: after } }],
        resources.map((name) => ({ type: "aws_iam_role_policy", values: { name } })),
      ),
      "prod",
    );

  it("that Terraform removed is no change", () => {
    expect(role([grant("list-users"), grant("old")], [grant("list-users")], ["list-users"]).verdict).toBe("none");
    expect(role([grant("old")], [], []).verdict).toBe("none");
  });

  it("that is no resource's is one, and so is its change", () => {
    expect(role([grant("list-users")], [grant("list-users"), grant("admin")], ["list-users"]).verdict).toBe("drift");
    expect(role([grant("admin", "{}")], [grant("admin", '{"a":1}')], ["list-users"]).verdict).toBe("drift");
  });
});

it("what another resource said, and Terraform removed with it, is no change", () => {
  const pool = "aws_cognito_user_pool.user_pool";
  const of = (before: string, after: string) =>
    driftReport(drift([{ address: pool, before: { domain: before }, after: { domain: after } }]), "prod").verdict;
  expect([of("acme", ""), of("", "acme"), of("acme", "other")]).toEqual(["none", "drift", "drift"]);
});

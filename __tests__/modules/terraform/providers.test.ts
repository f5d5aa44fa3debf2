import { Testing } from "cdktf";
import { Providers } from "../../../modules/terraform/providers";
import { ProjectStack } from "../../../stacks/project-stack";

function providers(props: Partial<ConstructorParameters<typeof Providers>[2]> = {}) {
  class Stack extends ProjectStack {}
  const stack = new Stack(Testing.app(), "test");
  new Providers(stack, "providers", { region: "eu-west-1", tags: { project: "acme" }, archive: true, ...props });
  return JSON.parse(Testing.synth(stack, true));
}

it("are ranges that the plan's reader can follow, not the one version of the bindings", () => {
  expect(providers().terraform).toMatchObject({
    required_version: ">= 1.11.0, < 2.0.0",
    required_providers: {
      aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" },
      archive: { source: "hashicorp/archive", version: "~> 2.7" },
    },
  });
});

it("leave out archive where nothing is zipped", () => {
  expect(providers({ archive: false }).terraform.required_providers).not.toHaveProperty("archive");
});

it("tag everything", () => {
  expect(providers().provider.aws).toEqual([{ region: "eu-west-1", default_tags: [{ tags: { project: "acme" } }] }]);
});

it("touch only the accounts that are named, if any are", () => {
  expect(providers({ allowedAccountIds: ["111122223333"] }).provider.aws[0].allowed_account_ids).toEqual([
    "111122223333",
  ]);
});

it("have one of us-east-1 for certificates, with the same tags and accounts", () => {
  const props = { certificates: true, allowedAccountIds: ["111122223333"] };
  const common = { default_tags: [{ tags: { project: "acme" } }], allowed_account_ids: ["111122223333"] };
  expect(providers(props).provider.aws).toEqual([
    { region: "eu-west-1", ...common },
    { alias: "certificates", region: "us-east-1", ...common },
  ]);
  expect(providers({ ...props, region: "us-east-1" }).provider.aws).toEqual([{ region: "us-east-1", ...common }]);
});

it("are of the latest version that anything needs", () => {
  const version = (...awsAtLeast: Array<string | undefined>) =>
    providers({ awsAtLeast }).terraform.required_providers.aws.version;
  expect(version("6.9.0", undefined, "6.13.0", "5.100.0")).toBe(">= 6.13.0, < 7.0.0");
  expect(version(undefined)).toBe(">= 5.100.0, < 7.0.0");
});

import { explanation } from "../../cli/terraform";

it.each(["the local package for", "the current package for"])(
  "%s a provider that was not reviewed is not to be locked",
  (what) => {
    const said = `
Error: Failed to install provider

Error while installing hashicorp/archive v2.7.1: ${what}
registry.terraform.io/hashicorp/archive 2.7.1 doesn't match any of the
checksums previously recorded in the dependency lock file (this might be
because the available checksums are for packages targeting different
platforms); for more information: https://developer.hashicorp.com/`;
    expect(explanation(said, "dev")).toMatch(
      /^The package of hashicorp\/archive 2\.7\.1 that was found is not one that was reviewed: its checksum is not among those in \.terraform\.lock\.hcl\. Check where it came from .* Only if you have updated this provider, .*`npm run lock`/,
    );
  },
);

it("a package in the cache that was changed is told the same way", () => {
  const said =
    "- registry.terraform.io/hashicorp/aws: the cached package for registry.terraform.io/hashicorp/aws 5.100.0 (in" +
    "\n.terraform/providers) does not match any of the checksums recorded in the\ndependency lock file";
  expect(explanation(said, "dev")).toContain("The package of hashicorp/aws 5.100.0 that was found is not one");
});

it("providers that the lock file does not have are to be locked", () => {
  for (const said of [
    "Error: Provider dependency changes detected",
    "locked provider\nregistry.terraform.io/hashicorp/archive 2.6.0 does not match configured version constraint ~> 2.7",
  ]) {
    expect(explanation(said, "dev")).toMatch(
      /^The stacks ask for other providers.*run `npm run lock`, review the change/,
    );
  }
});

it("AWS that cannot be reached is told with its host", () => {
  const said = `Error: validating provider credentials: operation error STS: GetCallerIdentity, request send failed, Post
"https://sts.eu-west-1.amazonaws.com/": dial tcp: lookup sts.eu-west-1.amazonaws.com on 10.0.0.2:53: no such host`;
  expect(explanation(said, "dev")).toMatch(/^AWS cannot be reached at sts\.eu-west-1\.amazonaws\.com: check/);
});

it("a registry that cannot be reached is not AWS", () => {
  const said = `Error: Failed to query available provider packages

Could not retrieve the list of available versions for provider hashicorp/aws: could not connect to
registry.terraform.io: failed to request discovery document: Get "https://registry.terraform.io/.well-known/terraform.json":
dial tcp: lookup registry.terraform.io: no such host`;
  expect(explanation(said, "dev")).toMatch(/^The Terraform registry cannot be reached/);
});

it("anything else has no explanation", () => {
  expect(explanation("Error: Unsupported argument", "dev")).toBeUndefined();
});

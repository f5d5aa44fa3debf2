import { entriesOfRegistry, keptEntries, lockedVersions, requiredProviders } from "../../../cli/generate/lock-file";
import { satisfies } from "../../../cli/generate/version-constraint";
import { synthesized } from "../../support/synth";

describe("a version constraint", () => {
  it.each([
    ["5.100.0", ">= 5.100.0, < 7.0.0", true],
    ["5.100.0", ">= 6.19.0, < 7.0.0", false],
    ["6.19.0", ">= 6.19.0", true],
    ["6.9.0", ">= 6.19.0", false],
    ["7.0.0", "< 7.0.0", false],
    ["2.7.1", "~> 2.7", true],
    ["2.8.0", "~> 2.7", true],
    ["3.0.0", "~> 2.7", false],
    ["2.7.9", "~> 2.7.1", true],
    ["2.8.0", "~> 2.7.1", false],
    ["2.7.0", "~> 2.7.1", false],
    ["2.9.0", "~> 2", true],
    ["2.7.1", "2.7.1", true],
    ["2.7.1", "= 2.7.0", false],
    ["2.7.1", "!= 2.7.1", false],
    ["2.7.1", "> 2.7, <= 2.7.1", true],
    ["3.0.0-beta1", ">= 2.0.0", false],
    ["3.0.0-beta1", "3.0.0-beta1", true],
  ])("of %s is %s: %s", (version, constraint, expected) => {
    expect(satisfies(version, constraint)).toBe(expected);
  });

  it("that is none is an error", () => {
    expect(() => satisfies("1.0.0", "newest")).toThrow('"newest" is no version constraint');
  });
});

const LOCK = `# This file is maintained by "npm run lock".

provider "registry.terraform.io/hashicorp/archive" {
  version     = "2.7.1"
  constraints = "~> 2.7"
  hashes = [
    "h1:aaaa",
  ]
}

provider "registry.terraform.io/hashicorp/aws" {
  version     = "5.100.0"
  constraints = ">= 5.100.0, < 7.0.0"
  hashes = [
    "h1:bbbb",
  ]
}
`;

it("the stacks ask for what their settings need", () => {
  const environments = { dev: { runtime: "nodejs24.x" }, prod: {} } as const;
  const stacks = synthesized({ project: "acme", region: "eu-west-1", environments });
  expect(Object.fromEntries(requiredProviders(Object.values(stacks)))).toEqual({
    "hashicorp/aws": [">= 5.100.0, < 7.0.0", ">= 6.19.0, < 7.0.0"],
    "hashicorp/archive": ["~> 2.7"],
  });
});

const TERRAFORM = "registry.terraform.io";
const TOFU = "registry.opentofu.org";
const anyVersion = (...sources: string[]) => new Map(sources.map((source) => [source, []]));
const BOTH = anyVersion("hashicorp/aws", "hashicorp/archive");

it("a lock file keeps what still meets what is asked for, and nothing else", () => {
  const keeping = (aws: string) => {
    const required = new Map([
      ["hashicorp/aws", [aws]],
      ["hashicorp/archive", ["~> 2.7"]],
    ]);
    return [...lockedVersions(keptEntries(LOCK, required, TERRAFORM))];
  };
  expect(keeping(">= 5.100.0, < 7.0.0")).toEqual([
    ["hashicorp/archive", "2.7.1"],
    ["hashicorp/aws", "5.100.0"],
  ]);
  expect(keeping(">= 6.19.0, < 7.0.0")).toEqual([["hashicorp/archive", "2.7.1"]]);
  expect(keptEntries(LOCK, BOTH, TERRAFORM)).toBe(LOCK);
  expect([...lockedVersions(keptEntries(LOCK, anyVersion("hashicorp/aws"), TERRAFORM))]).toEqual([
    ["hashicorp/aws", "5.100.0"],
  ]);
});

it("for the registry of OpenTofu, and back, a lock file keeps versions, but no hashes: packages are others there", () => {
  const kept = keptEntries(LOCK, BOTH, TOFU);
  expect([...lockedVersions(kept)]).toEqual([...lockedVersions(LOCK)]);
  expect(kept).toContain(`provider "${TOFU}/hashicorp/aws" {\n  version = "5.100.0"\n}\n`);
  expect(kept).not.toMatch(/hashes|registry\.terraform\.io/);
  const tofuLock = LOCK.replaceAll(TERRAFORM, TOFU);
  expect(keptEntries(tofuLock, BOTH, TOFU)).toBe(tofuLock);
  expect(keptEntries(tofuLock, BOTH, TERRAFORM)).toContain(`provider "${TERRAFORM}/hashicorp/aws" {`);
  expect(entriesOfRegistry(`${LOCK}\n${tofuLock}`, TOFU)).not.toContain(`"${TERRAFORM}/`);
});

import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { bundleFunction } from "../lambda/bundle";
import { OWN_FUNCTIONS } from "../lambda/functions";

const read = (file: string) => readFileSync(file, "utf8");
const manifest = JSON.parse(read("package.json"));

it("every dependency is pinned, and locked with a hash", () => {
  const wanted = Object.entries<string>({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(wanted.filter(([, version]) => !/^(?:\d+\.\d+\.\d+|file:[\w/-]+)$/.test(version))).toEqual([]);
  const locked = Object.entries<{ integrity?: string; link?: boolean; inBundle?: boolean }>(
    JSON.parse(read("package-lock.json")).packages,
  ).filter(([name, { link, inBundle }]) => name.startsWith("node_modules/") && !link && !inBundle);
  expect(locked.length).toBeGreaterThan(100);
  expect(locked.filter(([, { integrity = "" }]) => !integrity.startsWith("sha512-"))).toEqual([]);
});

it("npm runs no install scripts", () => {
  expect(read(".npmrc")).toMatch(/^ignore-scripts=true$/m);
});

it("every provider is locked with hashes of its packages", () => {
  const providers = read(".terraform.lock.hcl")
    .split(/^provider /m)
    .slice(1);
  expect(providers.length).toBeGreaterThan(0);
  for (const provider of providers) expect(provider).toMatch(/"h1:[\w+/]+=".*"zh:[0-9a-f]{64}"/s);
});

it("a function's bundle has the signer's packages and no other", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "bundles-"));
  try {
    const bundles = await Promise.all(
      OWN_FUNCTIONS.map((fn) => bundleFunction(fn, path.join(folder, `${fn.trigger}.js`))),
    );
    const packages = bundles
      .flatMap(({ inputs }) => inputs)
      .flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
    expect([...new Set(packages)].sort()).toEqual(["@smithy/core", "@smithy/signature-v4", "@smithy/types"]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

it("workflows pin their actions, and say which permissions they have", () => {
  const folder = ".github/workflows";
  const files = readdirSync(folder);
  expect(files.sort()).toEqual(["ci.yml", "release.yml"]);
  for (const file of files) {
    const { permissions, jobs } = parse(read(path.join(folder, file)));
    expect(permissions).toEqual({ contents: "read" });
    for (const { steps } of Object.values<{ steps: { uses?: string }[] }>(jobs)) {
      const actions = steps.flatMap(({ uses }) => uses ?? []);
      expect(actions.length).toBeGreaterThan(0);
      expect(actions.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(action))).toEqual([]);
    }
  }
});

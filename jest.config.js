const { randomUUID } = require("node:crypto");
const { existsSync, renameSync } = require("node:fs");
const { availableParallelism } = require("node:os");
const path = require("node:path");
const { version } = require("cdktf/package.json");

// The AWS SDK announces which Node.js it will need one day; not here, in the middle of the results.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

const SOURCES = "__tests__ atlantis bench cli lambda migration modules policy review settings stacks".split(" ");

const NOTHING = path.join(__dirname, "__tests__/support/nothing.js");

/**
 * cdktf in one file. It is 130, with as much of source maps as of code, which jest would read and compile for every test
 * file. archiver is for a process of cdktf's own, and semver to look at Terraform's version, which nothing here asks for.
 */
function cdktfInOneFile() {
  const file = path.join(__dirname, `.build/cdktf-${version}.js`);
  if (existsSync(file)) return file;
  const aside = `${file}.${randomUUID()}`;
  require("esbuild").buildSync({
    entryPoints: [require.resolve("cdktf")],
    outfile: aside,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    legalComments: "none",
    external: ["constructs"],
    alias: { archiver: NOTHING, semver: NOTHING },
    logLevel: "error",
  });
  renameSync(aside, file);
  return file;
}

// Types are checked apart, by tsc.
const shared = {
  rootDir: __dirname,
  transform: {
    "\\.ts$": "<rootDir>/__tests__/support/transform.js",
  },
  // Neither packages nor what is generated: jest would look through all of it for tests.
  roots: SOURCES.map((folder) => `<rootDir>/${folder}`),
  moduleNameMapper: {
    "^cdktf$": cdktfInOneFile(),
    // zod loads its messages in fifty languages.
    "^\\.\\./locales/index\\.cjs$": NOTHING,
  },
};

/** @type {import("jest").Config} */
module.exports = {
  // Commands are started for real, also on machines that are busy with something else.
  testTimeout: 60_000,
  // End-to-end tests mostly wait for Terraform, so two at a time pay even on two cores; more than four would only wait for
  // the one emulator.
  maxWorkers: Math.min(4, Math.max(2, availableParallelism() - 1)),
  projects: [
    { ...shared, displayName: "unit", testMatch: ["<rootDir>/__tests__/**/*.test.ts"] },
    {
      ...shared,
      displayName: "e2e",
      testMatch: ["<rootDir>/__tests__/e2e/**/*.e2e.ts"],
      globalSetup: "<rootDir>/__tests__/e2e/support/global-setup.ts",
      globalTeardown: "<rootDir>/__tests__/e2e/support/global-teardown.ts",
    },
  ],
};

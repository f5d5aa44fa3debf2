const { availableParallelism } = require("node:os");

// The AWS SDK announces which Node.js it will need one day; not here, in the middle of the results.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

const SOURCES = "__tests__ atlantis bench catalogue cli lambda migration modules policy review settings stacks".split(
  " ",
);

// Types are checked apart, by tsc.
const shared = {
  rootDir: __dirname,
  transform: {
    "\\.ts$": "<rootDir>/__tests__/support/transform.js",
  },
  // Neither packages nor what is generated: jest would look through all of it for tests.
  roots: SOURCES.map((folder) => `<rootDir>/${folder}`),
};

/** @type {import("jest").Config} */
module.exports = {
  // The one limit of all tests, in milliseconds. It ends a test that hangs and is no measure of speed: commands and Terraform
  // are started for real, also on machines that are busy with something else.
  testTimeout: 900_000,
  // End-to-end tests wait for Terraform and the emulator a quarter of the time, so one more than there are cores keeps these busy; more than four
  // would only wait for the one emulator.
  maxWorkers: Math.min(4, availableParallelism() + 1),
  projects: [
    // In this process, without Terraform and without a network.
    { ...shared, displayName: "unit", testMatch: ["<rootDir>/__tests__/**/*.test.ts"] },
    // The commands as a user starts them: each call is a process.
    { ...shared, displayName: "commands", testMatch: ["<rootDir>/__tests__/**/*.command.ts"] },
    {
      ...shared,
      displayName: "e2e",
      testMatch: ["<rootDir>/__tests__/e2e/**/*.e2e.ts"],
      globalSetup: "<rootDir>/__tests__/e2e/support/global-setup.ts",
      globalTeardown: "<rootDir>/__tests__/e2e/support/global-teardown.ts",
    },
  ],
};

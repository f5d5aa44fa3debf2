const { projects } = require("../../jest.config.js");

const endToEnd = projects.find(({ displayName }) => displayName === "e2e");

/** `npm run test:atlantis`: a server takes minutes to build and to run, so it is not part of `npm test`. */
/** @type {import("jest").Config} */
module.exports = {
  ...endToEnd,
  displayName: "atlantis",
  testTimeout: 900_000,
  maxWorkers: 2,
  testMatch: ["<rootDir>/__tests__/atlantis-server/**/*.story.ts"],
};

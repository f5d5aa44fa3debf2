// Files of pools and users, instead of as cognito-local writes them: it begins to write a file while it still writes it, a process that ends leaves half of
// one, and a user with a name such as "update-Date" is taken for a date.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(createRequire(import.meta.url).resolve("cognito-local/lib/server"));
const { localFileEngine } = require("stormdb");

localFileEngine.prototype.read = function () {
  const isDate = (name, value) => name.endsWith("Date") && typeof value === "string";
  return JSON.parse(readFileSync(this.path, "utf8"), (name, value) => (isDate(name, value) ? new Date(value) : value));
};

/** Others read the file meanwhile, and this process may be killed: there is the whole former one, or the whole next one. */
localFileEngine.prototype.write = function (data) {
  const next = `${this.path}.next`;
  writeFileSync(next, JSON.stringify(data, null, 2));
  renameSync(next, this.path);
};

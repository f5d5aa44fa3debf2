// Files of pools and users, instead of as cognito-local writes them: it begins to write a file while it still writes it, and a process that ends leaves half of one.
import { renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(createRequire(import.meta.url).resolve("cognito-local/lib/server"));
const { localFileEngine } = require("stormdb");

/** Others read the file meanwhile, and this process may be killed: there is the whole former one, or the whole next one. */
localFileEngine.prototype.write = function (data) {
  const next = `${this.path}.next`;
  writeFileSync(next, this.serialize(data));
  renameSync(next, this.path);
};

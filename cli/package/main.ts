import { describeError } from "../describe-error";
import { buildPackage } from "./build";

/** What npm runs before it packs ("prepack" in package.json). */
buildPackage().catch((error: unknown) => {
  process.stderr.write(`${describeError(error)}\n`);
  process.exitCode = 1;
});

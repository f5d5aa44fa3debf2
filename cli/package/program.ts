import { Command } from "commander";
import { version } from "one-person-one-account/package.json";
import * as users from "../commands/users";
import { explainExitCodes } from "../options";
import * as review from "./review-command";

/** The commands that work on any user pool and any plan, also on those that this project has not made. */
export const program = new Command("one-person-one-account")
  .description("Finds duplicate accounts in Cognito user pools, moves users, and reviews Terraform plans.")
  .version(version, "-V, --version", "print the version of the package")
  .showHelpAfterError("(add --help for what there is)")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 64));
for (const { register } of [users, review]) register(program);
explainExitCodes(program);

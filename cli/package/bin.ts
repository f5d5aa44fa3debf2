#!/usr/bin/env node
import { Command } from "commander";
import { calledAs } from "../called";
import * as users from "../commands/users";
import { explainExitCodes } from "../options";
import { runProgram } from "../run-program";
import * as review from "./review-command";

// Paths are relative to where the command is called, also in a script of npm's that changes folders.
process.env.INIT_CWD = process.cwd();
calledAs("npx one-person-one-account");

/** The commands that work on any user pool and any plan, also on those that this project has not made. */
const program = new Command("one-person-one-account")
  .description("Finds duplicate accounts in Cognito user pools, moves users, and reviews Terraform plans.")
  .showHelpAfterError("(add --help for what there is)")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 64));
for (const { register } of [users, review]) register(program);
explainExitCodes(program);
runProgram(program);

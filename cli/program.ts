import { Command } from "commander";
import * as adopt from "./commands/adopt";
import * as bootstrap from "./commands/bootstrap";
import * as build from "./commands/build";
import * as demo from "./commands/demo";
import * as drift from "./commands/drift";
import * as generate from "./commands/generate";
import * as local from "./commands/local";
import * as lock from "./commands/lock";
import * as output from "./commands/output";
import * as policy from "./commands/policy";
import * as protect from "./commands/protect";
import * as prove from "./commands/prove";
import * as recover from "./commands/recover";
import * as reservations from "./commands/reservations";
import * as review from "./commands/review";
import * as reviewer from "./commands/reviewer";
import * as state from "./commands/state";
import * as synth from "./commands/synth";
import * as terraform from "./commands/terraform";
import * as users from "./commands/users";
import { explainExitCodes } from "./options";

/** The project's commands. What one does is loaded when it is called, so that each of them starts fast. */
export const program = new Command("one-account")
  .description("A Cognito user pool that never holds the same person twice.")
  .showHelpAfterError("(add --help for what there is)")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 64));

for (const { register } of [
  demo,
  local,
  synth,
  bootstrap,
  terraform,
  output,
  review,
  policy,
  drift,
  state,
  recover,
  protect,
  prove,
  adopt,
  reservations,
  users,
  generate,
  reviewer,
  lock,
  build,
]) {
  register(program);
}
explainExitCodes(program);

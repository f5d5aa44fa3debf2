import type { Command } from "commander";
import { exitCodes, STACK } from "../options";
import { print } from "../print";

/** Exit code where a plan breaks a policy. */
const VIOLATED = 3;

export function register(program: Command): void {
  exitCodes(program.command("policy"), { 3: "a check, or an exception of policy/exceptions.yaml, failed" })
    .description("check what would be deployed with checkov, its checks and this project's own")
    .argument("[environments...]", `${STACK}; all of them where none is named`)
    .action(async (environments: string[]) => {
      const { checkPolicy, EXCEPTIONS } = await import("../policy/policy");
      const { currentProject } = await import("../project");
      const { reportOf } = await import("../../policy/report");
      const verdict = await checkPolicy(currentProject(), environments);
      print(reportOf(verdict, EXCEPTIONS));
      if (verdict.failed.length + verdict.problems.length > 0) process.exitCode = VIOLATED;
    });
}

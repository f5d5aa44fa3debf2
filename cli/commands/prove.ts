import { type Command, Option } from "commander";
import { collected, ENVIRONMENT, type ReportOptions, reports } from "../options";
import { print } from "../print";

interface Options extends ReportOptions {
  readonly apply?: true;
  readonly assumptions?: true;
  readonly clean?: true;
  readonly through?: "admin" | "sign-up";
  readonly knownClient?: readonly string[];
}

export function register(program: Command): void {
  reports(program.command("prove"), {
    0: "every promise is held",
    2: "something was not seen, or Cognito is not as assumed: it is said what",
    3: "a promise is broken: it is said which",
  })
    .description(
      "prove on the deployed pool that duplicates are refused, with accounts of its own that it deletes again",
    )
    .argument("<environment>", ENVIRONMENT)
    .option("--apply", "make the accounts; without it this says what would be done")
    .option("--assumptions", "also say what is assumed of Cognito, and what was seen of it")
    .option("--clean", "only delete what a run that was killed has left")
    .addOption(
      new Option(
        "--through <way>",
        "how accounts are made: by an administrator, without messages; or by SignUp, where Cognito sends no codes. Left out: admin; at an emulator (AWS_ENDPOINT_URL), sign-up",
      ).choices(["admin", "sign-up"]),
    )
    .option(
      "--known-client <id>",
      "an app client of the pool that another stack makes; can be given more than once",
      collected,
    )
    .action(async (environment: string, options: Options) => {
      const { announce, cleanUp, prove } = await import("../prove/prove");
      if (options.clean) return print(await cleanUp(environment));
      if (!options.apply) return print(announce(environment));
      const { printReport } = await import("../review/print-review");
      const { renderMarkdown, renderText } = await import("../prove/report");
      const { through, assumptions = false, knownClient: knownClients = [] } = options;
      const report = await prove(environment, { through, assumptions, knownClients });
      await printReport(report, options, { text: renderText, markdown: renderMarkdown });
      process.exitCode = report.exitCode;
    });
}

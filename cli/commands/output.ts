import type { Command } from "commander";
import { STACK } from "../options";
import { print } from "../print";

export function register(program: Command): void {
  program
    .command("output")
    .description("show what a deployed environment is called and where it is")
    .argument("<environment>", STACK)
    .argument("[name]", "print this output alone, bare, even if it is sensitive")
    .option("--json", "print all of them as JSON, the sensitive ones too")
    .action(async (environment: string, name: string | undefined, { json }: { json?: true }) => {
      const { outputTable, outputValue } = await import("../output");
      const { withStack } = await import("../stack");
      await withStack(environment, "output", async (terraform) => {
        const text = await terraform.capture(["output", "-json"]);
        if (json) print(text.trimEnd());
        else print(name === undefined ? outputTable(JSON.parse(text)) : outputValue(JSON.parse(text), name));
      });
    });
}

import type { Command } from "commander";
import { ENVIRONMENT, wholeNumber } from "../options";
import { print } from "../print";

/** Port of the page, with --open. */
const PORT = 9230;

interface Options {
  readonly open?: true;
  readonly port?: number;
}

export function register(program: Command): void {
  program
    .command("demo")
    .description("sign people up to a local pool; needs no AWS account, Terraform, Docker or Python")
    .argument("[environment]", `${ENVIRONMENT}, whose pool it is; dev where it is left out`)
    .option("--open", "show it as a page in the browser, to sign up by yourself, until Ctrl-C")
    .option("--port <number>", `port of that page (default: ${PORT})`, wholeNumber(1, 65_535))
    .action(async (environment: string | undefined, { open, port }: Options) => {
      if (open) {
        const { openDemo } = await import("../demo/open");
        return openDemo(environment, port ?? PORT, print);
      }
      if (port !== undefined) {
        const { Failure } = await import("../failure");
        throw new Failure("--port is the port of the page: add --open.", 64);
      }
      const { demo } = await import("../demo/demo");
      if (!(await demo(environment, print))) process.exitCode = 1;
    });
}

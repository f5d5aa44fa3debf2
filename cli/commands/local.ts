import { type Command, Option } from "commander";
import { ENVIRONMENT, wholeNumber } from "../options";
import { print } from "../print";

interface Options {
  readonly port: number;
  readonly pagePort?: number;
  readonly fresh?: true;
  readonly serve?: true;
}

export function register(program: Command): void {
  program
    .command("local")
    .description("an environment's pool on this machine, to build an application against; no AWS account, no Docker")
    .argument("[environment]", `${ENVIRONMENT}; dev where it is left out`)
    .option("--port <number>", "port of the emulated Cognito", wholeNumber(1, 65_534), 9229)
    .option(
      "--page-port <number>",
      "port of the page that shows what happens (default: the one after --port)",
      wholeNumber(1, 65_535),
    )
    .option("--fresh", "forget the users and reservations of earlier starts; pool and clients keep their ids")
    .addOption(new Option("--serve", "the pool itself, once").hideHelp())
    .action(async (named: string | undefined, { port, pagePort, fresh, serve: isServer }: Options) => {
      const { currentProject, environmentToShow } = await import("../project");
      const project = currentProject();
      const environment = environmentToShow(project, named, "npm run local");
      const options = { port, pagePort: pagePort ?? port + 1, fresh: fresh === true };
      const { IS_UP, local, triggerFiles } = await import("../local/local");
      if (!isServer) return local(environment, options);
      // Before they are bundled: one that cannot be bundled may be mended.
      process.send?.(triggerFiles(project, environment));
      const { serve } = await import("../local/serve");
      const close = await serve(environment, options, print);
      process.send?.(IS_UP);
      // Told to stop by `local`, or left alone by it.
      process.once("message", () => void close().then(() => process.exit()));
      process.once("disconnect", () => process.exit());
    });
}

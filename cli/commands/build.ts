import type { Command } from "commander";
import { print } from "../print";

export function register(program: Command): void {
  program
    .command("build")
    .description("bundle the functions and print their sizes")
    .action(async () => {
      const { bundleFunctions } = await import("../bundles");
      const { OWN_FUNCTIONS } = await import("../../lambda/functions");
      const { currentProject } = await import("../project");
      for (const { file, bytes } of await bundleFunctions(currentProject(), OWN_FUNCTIONS)) {
        print(`${file}: ${(bytes / 1000).toFixed(1)} kB minified`);
      }
    });
}

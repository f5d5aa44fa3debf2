import type { Command } from "commander";
import { print } from "../print";

export function register(program: Command): void {
  program
    .command("build")
    .description("bundle the functions and print their sizes")
    .action(async () => {
      const { bundleFunction } = await import("../../lambda/bundle");
      const { bundleFile, FUNCTION_NAMES } = await import("../../lambda/functions");
      for (const name of FUNCTION_NAMES) {
        const bytes = await bundleFunction(name);
        print(`${bundleFile(name)}: ${(bytes / 1000).toFixed(1)} kB minified`);
      }
    });
}

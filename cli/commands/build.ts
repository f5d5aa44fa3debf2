import type { Command } from "commander";
import { print } from "../print";

export function register(program: Command): void {
  program
    .command("build")
    .description("bundle the function and print its size")
    .action(async () => {
      const { bundlePreSignUp, PRE_SIGN_UP_BUNDLE } = await import("../../lambda/bundle");
      const bytes = await bundlePreSignUp();
      print(`${PRE_SIGN_UP_BUNDLE}: ${(bytes / 1000).toFixed(1)} kB minified`);
    });
}

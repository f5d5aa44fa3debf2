import type { Command } from "commander";
import { print } from "../print";

export function register(program: Command): void {
  program
    .command("build")
    .description("bundle the functions and print their sizes")
    .action(async () => {
      const lambda = await import("../../lambda/bundle");
      for (const [file, bundle] of [
        [lambda.PRE_SIGN_UP_BUNDLE, lambda.bundlePreSignUp],
        [lambda.USER_MIGRATION_BUNDLE, lambda.bundleUserMigration],
      ] as const) {
        const { bytes } = await bundle();
        print(`${file}: ${(bytes / 1000).toFixed(1)} kB minified`);
      }
    });
}

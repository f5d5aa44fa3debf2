import type { Command } from "commander";
import { print } from "../print";

export function register(program: Command): void {
  program
    .command("build")
    .description("bundle the functions and print their sizes")
    .action(async () => {
      const bundles = await import("../../lambda/bundle");
      for (const [file, bundle] of [
        [bundles.PRE_SIGN_UP_BUNDLE, () => bundles.bundlePreSignUp()],
        [bundles.USER_MIGRATION_BUNDLE, bundles.bundleUserMigration],
      ] as const) {
        print(`${file}: ${((await bundle()) / 1000).toFixed(1)} kB minified`);
      }
    });
}

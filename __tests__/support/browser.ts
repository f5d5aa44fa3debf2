import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { AxeResults } from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";

/** Where Chromium, or Google's build of it, usually is. The variable CHROMIUM names another place. */
const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const executable = [process.env.CHROMIUM ?? "", ...PLACES].find((place) => place !== "" && existsSync(place));

/** A block of tests in a browser. Where there is none it is skipped, and its title says so; where the variable CI is set it fails instead. */
export function describeInBrowser(title: string, body: () => void): void {
  const reason = "there is no Chromium: install it, or name it in the variable CHROMIUM";
  if (executable !== undefined) describe(title, body);
  else if (process.env.CI) {
    it(title, () => {
      throw new Error(`Tests in a browser have to run in CI, but ${reason}.`);
    });
  } else describe.skip(`${title} (skipped: ${reason})`, body);
}

/** Starts it without a window. */
export function launchBrowser(): Promise<Browser> {
  // Without its sandbox, which neither root nor most containers can have: it loads nothing but the project's own page.
  return chromium.launch({ executablePath: executable ?? "", chromiumSandbox: false });
}

/** What axe-core has against a page as it is now: the rule and the element of each finding. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(require.resolve("axe-core/axe.min.js"), "utf8"));
  const { violations } = (await page.evaluate("axe.run()")) as AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

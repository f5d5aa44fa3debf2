import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { type Report, reportPage } from "../../../migration/users/report-page";
import { axeFindings, describeInBrowser, launchBrowser } from "../../support/browser";
import { REPORT, REPORTED } from "../../support/report";

const HOSTILE = `<img src=x onerror="document.title='run'">`;
const FULL: Report = {
  ...REPORT,
  isPartlyRead: true,
  groups: Array.from({ length: 30 }, () => ({
    because: `same username ${HOSTILE}`,
    accounts: [{ ...REPORTED, username: HOSTILE, decision: "undecided" }],
  })),
  groupsInAll: 3000,
  moved: Array.from({ length: 40 }, (_, day) => ({ label: `day ${day}`, accounts: day * 7 })),
};

describeInBrowser("the page of a move in a browser", () => {
  let folder: string;
  let browser: Browser;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "report-"));
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  it.each([
    ["light", 1440],
    ["light", 375],
    ["dark", 1440],
    ["dark", 375],
  ] as const)(
    "loads nothing, runs no text of a pool, fits the window, and axe finds nothing: %s, %d pixels",
    async (colorScheme, width) => {
      const file = path.join(folder, "report.html");
      await writeFile(file, reportPage(FULL));
      const address = pathToFileURL(file).href;
      // The page's own policy allows no script; axe is one.
      const page = await browser.newPage({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
      page.setDefaultTimeout(0);
      const problems: string[] = [];
      page.on("console", (message) => problems.push(message.text()));
      page.on("pageerror", (error) => problems.push(error.message));
      page.on("request", (request) => {
        if (request.url() !== address) problems.push(request.url());
      });
      await page.goto(address);
      expect(await page.title()).toContain(REPORT.from);
      for (const details of await page.locator("details").all()) await details.locator("summary").click();
      expect(await axeFindings(page)).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
      expect(problems).toEqual([]);
      await page.close();
    },
  );
});

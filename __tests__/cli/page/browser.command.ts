import { mkdir } from "node:fs/promises";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { axeFindings, describeInBrowser, launchBrowser } from "../../support/browser";
import { freePort } from "../../support/free-port";
import { takePicture } from "../../support/pictures";
import { ProjectCopy } from "../../support/project-copy";
import { Running } from "../../support/running";
import { PROJECT } from "../../support/settings";

const WIDE = { width: 1440, height: 1000 };
const NARROW = { width: 375, height: 800 };
/** Reflow, WCAG 2.2, 1.4.10. */
const NARROWEST = { width: 320, height: 800 };

/** Where pictures of the page go; without it none are taken. */
const { PICTURES } = process.env;
/** What is seen of an element. */
const textOf = async (element: Locator) => (await element.allInnerTexts()).join("\n");

describeInBrowser("the page in a browser", () => {
  let copy: ProjectCopy;
  let browser: Browser;
  let running: Running | undefined;
  let address: string;
  /** What went wrong in the pages of a test: messages on the console, errors, and requests to anywhere else. */
  let problems: string[];
  beforeAll(async () => {
    copy = await ProjectCopy.make(PROJECT);
    browser = await launchBrowser();
  });
  beforeEach(() => {
    problems = [];
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await running?.stop();
    running = undefined;
    expect(problems).toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await copy?.remove();
  });

  async function start(): Promise<void> {
    running = new Running(copy.folder, ["demo", "--open", "--port", String(await freePort())], {
      ...process.env,
      PATH: "",
    });
    address = (await running.says(/The page is on (http:\/\/\S+)\. /))[1] ?? "";
  }

  async function startLocal(): Promise<void> {
    const [port, pagePort] = [await freePort(), await freePort()];
    const ports = ["--port", String(port), "--page-port", String(pagePort)];
    running = new Running(copy.folder, ["local", "dev", "--fresh", ...ports]);
    await running.says(/Ctrl-C ends it/);
    address = `http://127.0.0.1:${pagePort}`;
  }

  async function open(options: BrowserContextOptions = { viewport: WIDE }): Promise<Page> {
    const page = await browser.newPage({ reducedMotion: "reduce", ...options });
    // Jest's limit is the only one.
    page.setDefaultTimeout(0);
    page.on("console", (message) => problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("request", (request) => {
      if (new URL(request.url()).origin !== address) problems.push(request.url());
    });
    page.on("response", (response) => {
      if (!response.ok()) problems.push(`${response.status()} ${response.url()}`);
    });
    await page.goto(address);
    await page.getByRole("table", { name: /Accounts/ }).waitFor();
    return page;
  }

  async function signUp(page: Page, username: string, email: string): Promise<void> {
    await page.getByRole("textbox", { name: "Username" }).fill(username);
    await page.getByRole("textbox", { name: "E-mail" }).fill(email);
    await page.getByRole("button", { name: "Sign up" }).click();
  }

  /** Waits for a sign-up's verdict. */
  const verdict = (page: Page, text: string | RegExp) => page.locator("#verdict").filter({ hasText: text }).waitFor();

  async function race(page: Page): Promise<void> {
    await page.getByRole("button", { name: "Start the race" }).click();
    await page.getByRole("button", { name: "Start another race" }).waitFor();
  }

  it("a duplicate is refused and explained, and the tables are as they are then", async () => {
    await start();
    const page = await open();
    await signUp(page, "ana", "ana@example.com");
    await verdict(page, /✓ Admitted/);
    expect(await page.getByRole("table", { name: "Accounts (1)" }).getByRole("row").allInnerTexts()).toEqual([
      expect.stringContaining("Username"),
      expect.stringMatching(/ana\s+ana@example\.com\s+unconfirmed/),
    ]);
    expect(await textOf(page.getByRole("table", { name: "Reservations (2)" }))).toContain("EMAIL#ana@example.com");

    // Markup is text here.
    await signUp(page, "<img/src=x>", "ANA@Example.com");
    await verdict(page, /✕ Refused\s*The email is already registered\./);
    const happened = page.locator("#happened");
    expect(await happened.getByRole("img").allInnerTexts()).toHaveLength(2);
    await happened.getByRole("img", { name: "ANA@Example.com becomes ana@example.com" }).waitFor();
    const text = await textOf(happened);
    expect(text).toContain("there already is EMAIL#ana@example.com");
    expect(text).toContain('"reason":"emailTaken"');
    expect(text).toMatch(/RefusedEmailTaken 1/);
    expect(await happened.locator("img").count()).toBe(0);

    await signUp(page, "an\u200ba", "other@example.com");
    await verdict(page, /✕ Refused\s*The username contains invisible characters/);
    const characters = page.getByRole("table", { name: /^Username: characters/ });
    expect(await textOf(characters)).toMatch(/U\+200B\s+ZERO WIDTH SPACE\s+✕ refused: it cannot be seen/);
    await page.getByRole("table", { name: "Accounts (1)" }).waitFor();
  });

  it("the race is drawn for both ways, with a table of each", async () => {
    await start();
    const page = await open();
    await race(page);
    for (const way of ["reserved", "directory"]) {
      const figure = page.getByRole("figure").filter({ hasText: `uniqueness: "${way}"` });
      const score = Number(await textOf(figure.locator(".score b")));
      if (way === "reserved") expect(score).toBe(1);
      expect(await figure.locator(".lane").count()).toBe(20);
      expect(await figure.locator(".lane.admitted").allInnerTexts()).toHaveLength(score);
      for (const lane of await figure.locator(".lane.admitted .end").allInnerTexts()) expect(lane).toBe("✓ admitted");
      const widths = await figure.locator(".bar").evaluateAll((bars) => bars.map((bar) => bar.clientWidth));
      expect(Math.min(...widths)).toBeGreaterThan(0);
      await figure.getByText("The same as a table").click();
      const rows = await figure.getByRole("table").getByRole("row").allInnerTexts();
      expect(rows).toHaveLength(21);
      expect(rows.filter((row) => row.includes("Admitted"))).toHaveLength(score);
    }
  });

  it("all of it works with the keyboard alone", async () => {
    await start();
    const page = await open();
    const focused = () =>
      page.evaluate("document.activeElement?.innerText || document.activeElement?.name || ''") as Promise<string>;
    const tabTo = async (name: string) => {
      for (let presses = 0; presses < 60; presses++) {
        await page.keyboard.press("Tab");
        if ((await focused()).includes(name)) return;
      }
      throw new Error(`No Tab leads to ${name}.`);
    };
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("To the sign-up");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("username");
    await page.keyboard.type("ana");
    await page.keyboard.press("Tab");
    await page.keyboard.type("ana@example.com");
    await page.keyboard.press("Enter");
    await verdict(page, "✓ Admitted");
    await tabTo("its name, other case");
    await page.keyboard.press("Enter");
    await verdict(page, "✓ Admitted");
    await tabTo("its e-mail, other case");
    await page.keyboard.press("Space");
    await verdict(page, "✕ Refused");
    await page.getByRole("button", { name: /its e-mail, other case.*refused/ }).waitFor();
    await tabTo("Start the race");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Start another race" }).waitFor();
    expect(await focused()).toBe("Start another race");
    await tabTo("The same as a table");
    await page.keyboard.press("Enter");
    await page.getByRole("table", { name: /those that were admitted first/ }).waitFor();
  });

  it("axe finds nothing, in light and dark, wide and narrow, before and after; and nothing is wider than the window", async () => {
    await startLocal();
    for (const viewport of [WIDE, NARROW, NARROWEST]) {
      for (const colorScheme of ["light", "dark"] as const) {
        const page = await open({ viewport, colorScheme });
        expect([viewport.width, colorScheme, await axeFindings(page)]).toEqual([viewport.width, colorScheme, []]);
        await page.getByRole("button", { name: /a ligature in the e-mail/ }).click();
        await verdict(page, "special forms of letters");
        await page.getByRole("button", { name: /the first/ }).click();
        await verdict(page, /Admitted|User already exists/);
        await page.getByRole("button", { name: /its e-mail, other case/ }).click();
        await verdict(page, "already registered");
        await race(page);
        for (const details of await page.locator("details").all()) await details.locator("summary").click();
        expect([viewport.width, colorScheme, await axeFindings(page)]).toEqual([viewport.width, colorScheme, []]);
        const width = await page.evaluate("document.documentElement.scrollWidth");
        expect(width).toBe(viewport.width);
        await page.close();
      }
    }
  });

  it("two clicks at once are one, and a text that Cognito would not take does not leave the page", async () => {
    await start();
    const page = await open();
    const sent: string[] = [];
    const released: Array<() => void> = [];
    // Held until both clicks have been made.
    await page.route(/\/api\/(sign-up|race)$/, async (route) => {
      sent.push(new URL(route.request().url()).pathname);
      await new Promise<void>((resolve) => released.push(resolve));
      await route.continue();
    });
    const goOn = async () => {
      // The page may have disabled the button before the request has come here.
      while (released.length === 0) await setImmediate();
      for (const release of released.splice(0)) release();
    };
    await page.getByRole("textbox", { name: "Username" }).fill("u".repeat(5_000));
    await page.getByRole("textbox", { name: "E-mail" }).fill(`${"\u20ac".repeat(20_000)}@example.com`);
    for (const name of ["Sign up", /the first/, "Start the race"]) {
      await page.getByRole("button", { name }).dblclick();
      await page.getByRole("button", { name, disabled: true }).waitFor();
      await goOn();
      await page
        .getByRole("button", { name: name === "Start the race" ? "Start another race" : name, disabled: false })
        .waitFor();
    }
    expect(sent).toEqual(["/api/sign-up", "/api/sign-up", "/api/race"]);
    expect(await textOf(page.getByRole("table", { name: /Accounts/ }))).not.toContain("u".repeat(129));
  });

  it("without JavaScript it says what it needs", async () => {
    await start();
    const page = await browser.newPage({ javaScriptEnabled: false });
    await page.goto(address);
    expect(await page.locator("noscript").textContent()).toContain("This page needs JavaScript");
    expect(await page.locator("noscript p").isVisible()).toBe(true);
  });

  it("beside an application, it shows messages and decisions as they happen", async () => {
    await startLocal();
    const page = await open();
    await page.getByRole("button", { name: /the first/ }).click();
    await page.getByRole("button", { name: /its e-mail, other case/ }).click();
    const log = page.getByRole("log", { name: "As it happens" });
    await log.getByText("The email is already registered").waitFor();
    const [newest = "", ...earlier] = await log.getByRole("listitem").allInnerTexts();
    expect(newest).toMatch(/✕ Refused\s+PreSignUp_SignUp/);
    expect(earlier.join("\n")).toMatch(/✓ Allowed PreSignUp_SignUp/);
    expect(earlier.join("\n")).toMatch(/Cognito would have sent\s+Username: +username[\s\S]+Code: +\d+/);
  });

  it("after a change of the settings, the form has the fields of the pool as it is now", async () => {
    await startLocal();
    const page = await open();
    const from = await running?.read();
    await copy.configure({
      ...PROJECT,
      environments: { ...PROJECT.environments, dev: { aliasAttributes: ["email", "phone_number"] } },
    });
    try {
      await running?.says(/Ctrl-C ends it/, from);
      await page.getByRole("textbox", { name: "Phone number" }).waitFor();
    } finally {
      await copy.configure(PROJECT);
    }
    // While the server was away, its stream of events could not be had.
    problems = problems.filter((problem) => !/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING/.test(problem));
  });

  if (PICTURES) {
    it("pictures are taken", async () => {
      await mkdir(PICTURES, { recursive: true });
      for (const viewport of [WIDE, NARROW]) {
        await start();
        const page = await open({ viewport });
        for (const trial of [
          /the first/,
          /its name, other case/,
          /a ligature in the e-mail/,
          /its e-mail, other case/,
        ]) {
          const button = page.getByRole("button", { name: trial });
          await button.click();
          await button.getByText(/admitted|refused/).waitFor();
        }
        await page.mouse.move(0, 0);
        await race(page);
        await page.evaluate("document.activeElement.blur(); scrollTo(0, 0)");
        const take = (picture: string, from: string, to: string | number) =>
          takePicture(page, path.join(PICTURES, `${picture}-${viewport.width}.png`), from, to);
        await take("page", viewport === WIDE ? "body" : ".happened", 900);
        await take("race", "#race-section", viewport === WIDE ? "#race-section" : "#race figure");
        await page.close();
        await running?.stop();
      }
    });
  }
});

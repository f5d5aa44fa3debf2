import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { SignUpReport } from "../../cli/page/api";
import type { ProjectSettings } from "../../settings/schema";
import { freePort } from "./free-port";
import { emulated, ProjectCopy } from "./project-copy";
import { Running } from "./running";

/** The page of a pool on this machine, as a browser calls its server. */
export class ShownPage {
  constructor(
    readonly running: Running,
    readonly address: string,
  ) {}

  /** `npm start -- --open`, with nothing on PATH, here an empty folder: there is no browser to open either. */
  static async start(folder: string, emptyFolder: string, ...args: string[]): Promise<ShownPage> {
    const port = await freePort();
    const environment = { ...emulated(), PATH: emptyFolder, DISPLAY: ":0" };
    const running = new Running(folder, ["demo", ...args, "--open", "--port", String(port)], environment);
    const [, address = ""] = await running.says(/The page is on (http:\/\/127\.0\.0\.1:\d+)\./);
    expect(address).toBe(`http://127.0.0.1:${port}`);
    return new ShownPage(running, address);
  }

  async get<Answer>(route: string): Promise<Answer> {
    return (await fetch(`${this.address}${route}`)).json() as Promise<Answer>;
  }

  /** A request as the page sends it, unless `headers` say otherwise. */
  post(route: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.address}${route}`, {
      method: "POST",
      headers: { origin: this.address, "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  }

  async signUp(values: Record<string, string>): Promise<SignUpReport> {
    const response = await this.post("/api/sign-up", { values: { password: "Correct-Horse-1", ...values } });
    expect(response.status).toBe(200);
    return response.json() as Promise<SignUpReport>;
  }
}

/**
 * For a file of tests, a copy of the project with these settings. Its `open` is `npm start -- --open`, once for each test: the page is closed after it.
 */
export function shownPages(settings: ProjectSettings): {
  readonly open: (...args: string[]) => Promise<ShownPage>;
  readonly script: ProjectCopy["script"];
} {
  let copy: ProjectCopy;
  let emptyFolder: string;
  let opened: ShownPage | undefined;
  beforeAll(async () => {
    copy = await ProjectCopy.make(settings);
    emptyFolder = await mkdtemp(path.join(tmpdir(), "empty-"));
  });
  afterEach(async () => {
    await opened?.running.stop();
    opened = undefined;
  });
  afterAll(async () => {
    await copy.remove();
    await rm(emptyFolder, { recursive: true });
  });
  return {
    open: async (...args) => {
      opened = await ShownPage.start(copy.folder, emptyFolder, ...args);
      return opened;
    },
    script: (...args) => copy.script(...args),
  };
}

import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { users, usersEnvironment } from "../support/users-command";

const SIZES = [20_000, 200_000] as const;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "memory-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** A pool's export, 3 % of whose accounts share a username or an e-mail address with the one before. */
async function exported(accounts: number): Promise<string> {
  const file = path.join(folder, `${accounts}.jsonl`);
  function* lines() {
    for (let number = 0; number < accounts; number++) {
      const collides = number % 200;
      const name = collides === 1 || collides === 3 ? `USER${number - 1}` : `user${number}`;
      const email = collides === 3 || collides === 5 ? `User${number - 1}@Example.com` : `user${number}@example.com`;
      const sub = `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
      const attributes = { sub, email, email_verified: "true", name: `Person ${number}` };
      const Attributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
      const times = { UserCreateDate: "2024-01-02T00:00:00Z", UserLastModifiedDate: "2024-02-03T00:00:00Z" };
      yield `${JSON.stringify({ Username: name, Attributes, UserStatus: "CONFIRMED", Enabled: true, ...times })}\n`;
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(file));
  return file;
}

/** Says at a process's end how much memory it had at most, in kilobytes. */
const TELL = 'process.on("exit",()=>process.stderr.write(`peak ${process.resourceUsage().maxRSS}\\n`))';

async function peakOf(accounts: number): Promise<number> {
  const file = await exported(accounts);
  const preload = `--import=data:text/javascript,${encodeURIComponent(TELL)}`;
  const env = { ...usersEnvironment("http://127.0.0.1:9"), NODE_OPTIONS: preload };
  const audit = await users(env, "audit", "--file", file, "--folder", folder, "--csv", path.join(folder, "groups.csv"));
  expect(audit).toMatchObject({ code: 2, stdout: expect.stringContaining(`${accounts} accounts; `) });
  return Number(/peak (\d+)/.exec(audit.stderr)?.[1]);
}

it("an audit of ten times as many accounts needs the same memory, within 20 %", async () => {
  const [few, many] = [await peakOf(SIZES[0]), await peakOf(SIZES[1])];
  const ratio = (many / few).toFixed(2);
  process.stdout.write(`peak memory of an audit: ${few} kB for ${SIZES[0]}, ${many} kB for ${SIZES[1]} (${ratio})\n`);
  expect(many).toBeLessThan(few * 1.2);
  expect(few).toBeGreaterThan(0);
});

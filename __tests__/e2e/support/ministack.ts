import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { access, mkdtemp, rm } from "node:fs/promises";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The emulator that the end-to-end tests run against, from PyPI. */
const VERSION = "1.5.33";
const VENV = path.resolve(`node_modules/.cache/ministack-${VERSION}`);

/** An emulated AWS in a process of its own, on a free port of this machine. */
export interface Ministack {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Starts ministack, installing it first where it is not there yet. Throws an error that says what is missing. */
export async function startMinistack(environment: Readonly<Record<string, string>> = {}): Promise<Ministack> {
  const program = await installed();
  const port = await freePort();
  const folder = await mkdtemp(path.join(tmpdir(), "ministack-"));
  const child = spawn(program, [], {
    env: {
      ...process.env,
      TMPDIR: folder,
      BIND_HOST: "127.0.0.1",
      GATEWAY_PORT: String(port),
      AWS_ENDPOINT_URL: undefined,
      ...environment,
    },
    stdio: "ignore",
    // A group of its own, so that the functions' processes go when it goes.
    detached: true,
  });
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = async () => {
    if (child.exitCode === null && child.pid) process.kill(-child.pid, "SIGKILL");
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await answers(endpoint, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, stop };
}

/** The program: this version on PATH, or in a virtual environment of the tests' own. */
async function installed(): Promise<string> {
  const onPath = await run("ministack", ["--version"]).catch(() => undefined);
  if (onPath?.stdout.includes(VERSION)) return "ministack";

  const program = path.join(VENV, "bin/ministack");
  if (
    await access(program).then(
      () => true,
      () => false,
    )
  )
    return program;
  process.stderr.write(`Installing ministack ${VERSION} into ${path.relative(".", VENV)} …\n`);
  try {
    await run("python3", ["-m", "venv", VENV]);
  } catch (error) {
    await rm(VENV, { recursive: true, force: true });
    throw new Error(`the emulator needs Python 3 with venv (${firstLine(error)})`);
  }
  try {
    await run(path.join(VENV, "bin/python"), ["-m", "pip", "install", "--quiet", `ministack==${VERSION}`]);
  } catch (error) {
    await rm(VENV, { recursive: true, force: true });
    throw new Error(`the emulator ministack ${VERSION} cannot be installed from PyPI (${firstLine(error)})`);
  }
  return program;
}

async function answers(endpoint: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 150; attempt++) {
    if (child.exitCode !== null) throw new Error(`ministack ended with exit code ${child.exitCode}`);
    const up = await fetch(`${endpoint}/_ministack/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (up) return;
    await sleep(200);
  }
  throw new Error("ministack did not answer within 30 seconds");
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

function firstLine(error: unknown): string {
  return (
    String((error as { stderr?: string }).stderr || (error as Error).message)
      .trim()
      .split("\n")
      .at(-1) ?? ""
  );
}

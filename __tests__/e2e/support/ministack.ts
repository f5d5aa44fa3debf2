import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pythonProgram } from "../../../cli/python";

/** The emulator that the end-to-end tests run against, from PyPI. */
const VERSION = "1.5.33";

/** An emulated AWS in a process of its own, on a free port of this machine. */
export interface Ministack {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Starts ministack, installing it first where it is not there yet. Throws an error that says what is missing. */
export async function startMinistack(environment: Readonly<Record<string, string>> = {}): Promise<Ministack> {
  const program = await pythonProgram("ministack", VERSION);
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

export async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

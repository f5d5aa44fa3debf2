import { once } from "node:events";
import { createServer } from "node:net";

/** Ports that no operating system gives to a process which asks for any: another process would have taken it before it is used. */
const [FIRST, COUNT] = [20_000, 10_000];

/** A port of this machine that no process has. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    const server = createServer().listen(port, "127.0.0.1");
    const isFree = await once(server, "listening").then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, "close");
    return port;
  }
}

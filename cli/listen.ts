import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Failure } from "./failure";

/** Opens a port of this machine, and answers the URL. Throws a {@link Failure} where another process has it; `option` is the one that names another port. */
export async function listenOn(server: Server, port: number, option: string): Promise<string> {
  server.listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    throw new Failure(`Port ${port} is in use by another process: name another one with ${option}.`);
  }
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

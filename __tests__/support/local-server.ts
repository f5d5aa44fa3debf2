import { once } from "node:events";
import type http from "node:http";
import type { AddressInfo } from "node:net";

/** Opens a free port of this machine. */
export async function openServer(server: http.Server): Promise<void> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
}

export function urlOf(server: http.Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Ends all connections, and waits until the port is free. */
export async function closeServer(server: http.Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
}

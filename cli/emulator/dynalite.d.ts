declare module "dynalite" {
  import type { Server } from "node:http";

  /** A DynamoDB server, with tables that exist `createTableMs` milliseconds after they are made; in memory, or in the folder `path`. */
  export default function dynalite(options: { createTableMs: number; path?: string }): Server;
}

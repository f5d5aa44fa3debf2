declare module "dynalite" {
  import type { Server } from "node:http";

  /** A DynamoDB server in memory, with tables that exist `createTableMs` milliseconds after they are made. */
  export default function dynalite(options: { createTableMs: number }): Server;
}

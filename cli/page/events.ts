import type { ServerResponse } from "node:http";
import type { Invocation } from "../emulator/local-lambda";
import type { PageEvent } from "./api";

/** Events that a page gets which is opened later. */
const KEPT = 100;

/** What happens in a pool, for the pages that are open. */
export class Events {
  private readonly kept: PageEvent[] = [];
  private readonly streams = new Set<ServerResponse>();

  /** A message to a user, as Cognito would have sent it. */
  message(text: string): void {
    this.add({ kind: "message", at: Date.now(), text });
  }

  /** What a function said about a call of a trigger. */
  decision({ functionName, event, error, endedAt }: Invocation): void {
    const trigger = String((event as { triggerSource?: unknown }).triggerSource);
    this.add({ kind: "decision", at: endedAt, functionName, trigger, refusal: error });
  }

  /** Answers with those so far and those to come: "Server-sent events", HTML standard. */
  stream(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream" });
    // The page waits for the headers, also where nothing has happened yet.
    response.flushHeaders();
    for (const event of this.kept) response.write(line(event));
    this.streams.add(response);
    response.once("close", () => this.streams.delete(response));
  }

  private add(event: PageEvent): void {
    this.kept.push(event);
    if (this.kept.length > KEPT) this.kept.shift();
    for (const response of this.streams) response.write(line(event));
  }
}

const line = (event: PageEvent) => `data: ${JSON.stringify(event)}\n\n`;

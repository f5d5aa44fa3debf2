import { once } from "node:events";
import http from "node:http";
import { buffer } from "node:stream/consumers";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/** Sends a request to the emulated Cognito; answers what it answers. */
export async function passOn(
  endpoint: string,
  { method, url, headers }: Pick<http.IncomingMessage, "method" | "url" | "headers">,
  body: Buffer,
): Promise<Answer> {
  // The path alone: a URL in its place would lead to another server.
  const { "transfer-encoding": _, ...others } = headers;
  // cognito-local reads no other type.
  const type = headers["x-amz-target"] && { "content-type": "application/x-amz-json-1.1" };
  const options = { path: url, method, headers: { ...others, ...type, "content-length": body.length } };
  const sent = http.request(endpoint, options).end(body);
  const [answer] = (await once(sent, "response")) as [http.IncomingMessage];
  return {
    status: answer.statusCode ?? 502,
    headers: answer.headers as Record<string, string>,
    body: await buffer(answer),
  };
}

/** An answer of Cognito's API. */
export function json(status: number, body: object): Answer {
  // Also for applications in a browser, as Cognito does.
  const headers = { "content-type": "application/x-amz-json-1.1", "access-control-allow-origin": "*" };
  return { status, headers, body: JSON.stringify(body) };
}

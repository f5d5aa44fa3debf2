// What Lambda does around a function, for one function in a process of its own: loads the bundle named by the first
// argument and answers each event that its parent sends. With the answer goes what the function wrote and which operations
// of AWS it called for this event. It is JavaScript because it runs beside the bundle, unbundled.
import { AsyncLocalStorage } from "node:async_hooks";
import http from "node:http";
import { createRequire } from "node:module";

/** The lines and the calls of the event that is worked on: several are at the same time. */
const recorded = new AsyncLocalStorage();
record();

const { handler } = createRequire(import.meta.url)(process.argv[2]);
const timeout = Number(process.argv[3]) * 1000;

process.on("message", async ({ id, event }) => {
  const end = Date.now() + timeout;
  const context = { awsRequestId: id, getRemainingTimeInMillis: () => end - Date.now() };
  const seen = { lines: [], calls: [] };
  try {
    process.send({ id, payload: await recorded.run(seen, () => handler(event, context)), ...seen });
  } catch (error) {
    process.send({ id, error: { errorType: error.name, errorMessage: error.message }, ...seen });
  }
});
process.send("ready");

function record() {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = (text, ...rest) => {
    recorded.getStore()?.lines.push(...String(text).split("\n").filter(Boolean));
    return write(text, ...rest);
  };

  const { request } = http;
  http.request = (...args) => {
    const sent = request(...args);
    const target = args[1]?.headers?.["x-amz-target"];
    const calls = recorded.getStore()?.calls;
    // Of a function of an environment's own, other shapes of this call are not recorded.
    if (target === undefined || calls === undefined || typeof args[2] !== "function") return sent;
    const call = { target, input: "", startedAt: now() };
    calls.push(call);
    const end = sent.end.bind(sent);
    sent.end = (body, ...rest) => {
      call.input = String(body);
      return end(body, ...rest);
    };
    sent.on("response", (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => {
        Object.assign(call, { endedAt: now(), status: response.statusCode, answer: Buffer.concat(chunks).toString() });
      });
    });
    return sent;
  };
}

/** Milliseconds since 1970, with fractions. */
function now() {
  return performance.timeOrigin + performance.now();
}

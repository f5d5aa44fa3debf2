// What Lambda does around a function, for one function in a process of its own: loads the bundle named by the first
// argument and answers each event that its parent sends. It is JavaScript because it runs beside the bundle, unbundled.
import { createRequire } from "node:module";

const { handler } = createRequire(import.meta.url)(process.argv[2]);
const timeout = Number(process.argv[3]) * 1000;

process.on("message", async ({ id, event }) => {
  const end = Date.now() + timeout;
  const context = { awsRequestId: id, getRemainingTimeInMillis: () => end - Date.now() };
  try {
    process.send({ id, payload: await handler(event, context) });
  } catch (error) {
    process.send({ id, error: { errorType: error.name, errorMessage: error.message } });
  }
});
process.send("ready");

// Invokes one function like Lambda: node invoke.cjs <bundle> [event]. With an event it handles the event and exits; without
// one it handles every line of its input. Responses go to file descriptor 3. It is JavaScript, because node itself is measured.
const { writeSync } = require("node:fs");

const { handler } = require(process.argv[2]);
const [, , , first] = process.argv;

async function answer(line) {
  const end = Date.now() + 4000;
  const context = { awsRequestId: "bench", getRemainingTimeInMillis: () => end - Date.now() };
  writeSync(3, `${JSON.stringify(await handler(JSON.parse(line), context))}\n`);
}

if (first) answer(first).then(() => process.exit());
else require("node:readline").createInterface({ input: process.stdin }).on("line", answer);

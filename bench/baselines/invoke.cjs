// Does what Lambda does, for one function: node invoke.cjs <bundle> [event]. With an event, answers it and ends; without,
// answers every line of its input. Answers go to file descriptor 3. JavaScript, because what is measured is node itself.
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

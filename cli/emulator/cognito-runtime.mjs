// Runs cognito-local in a process of its own. Its own start script prints in the background, so that a message may come only with the next one.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const server = require.resolve("cognito-local/lib/server");
const { createDefaultServer } = require(server);
const [pino, pretty] = ["pino", "pino-pretty"].map(createRequire(server));

// Also where the process that has started this one was killed.
process.on("disconnect", () => process.exit());

const logger = pino(
  { level: "info" },
  pretty({ colorize: false, sync: true, singleLine: true, ignore: "pid,name,hostname" }),
);
const listening = await (await createDefaultServer(logger)).start();
const { address, port } = listening.address();
process.send({ endpoint: `http://${address}:${port}` });

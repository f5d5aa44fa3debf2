// Runs cognito-local in a process of its own. Instead of printing messages to users, in boxes that wrap long names, it sends their fields to the process that has started it.
import { createRequire } from "node:module";
import { promisify } from "node:util";
import "./cognito-store.mjs";
import "./cognito-tokens.mjs";

const require = createRequire(import.meta.url);
const server = require.resolve("cognito-local/lib/server");
const { createDefaultServer } = require(server);
const { MessageDeliveryService } = require("cognito-local/lib/services/messageDelivery/messageDelivery");
const pino = createRequire(server)("pino");

// Also where the process that has started this one was killed.
process.on("disconnect", () => process.exit());

const send = promisify(process.send.bind(process));

// It waits for this before it answers the call that the message belongs to.
MessageDeliveryService.prototype.deliver = (_, { Username }, { DeliveryMedium, Destination }, { __code, ...text }) =>
  send({
    message: {
      Username,
      Destination,
      Code: __code,
      ...(DeliveryMedium === "SMS"
        ? { "SMS Message": text.smsMessage }
        : { "Email Subject": text.emailSubject, "Email Message": text.emailMessage }),
    },
  });

const listening = await (await createDefaultServer(pino({ level: "silent" }))).start();
const { address, port } = listening.address();
await send({ endpoint: `http://${address}:${port}` });

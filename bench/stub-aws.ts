import { readFileSync } from "node:fs";
import https from "node:https";
import type { AddressInfo } from "node:net";

/*
 * AWS as far as a sign-up needs it, over TLS, on a free port of this machine: a pool without users and a table without
 * reservations. Forked with the certificate's folder and the delay of every answer in milliseconds; sends its port.
 */

const ANSWERS: Readonly<Record<string, string>> = {
  "AWSCognitoIdentityProviderService.ListUsers": '{"Users":[]}',
  "DynamoDB_20120810.TransactWriteItems": "{}",
};

const [folder = "", delay = "0"] = process.argv.slice(2);
const certificate = { key: readFileSync(`${folder}/key.pem`), cert: readFileSync(`${folder}/cert.pem`) };

const server = https.createServer(certificate, (request, response) => {
  request.resume().on("end", () => {
    const answer = ANSWERS[String(request.headers["x-amz-target"])];
    const headers = { "content-type": "application/x-amz-json-1.1" };
    setTimeout(
      () => response.writeHead(answer ? 200 : 400, headers).end(answer ?? '{"__type":"UnknownOperationException"}'),
      Number(delay),
    );
  });
});
// Kept open: a connection that is closed between two sign-ups would be measured as well.
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit());

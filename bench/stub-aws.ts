import { readFileSync } from "node:fs";
import https from "node:https";
import type { AddressInfo } from "node:net";

/*
 * A stub of AWS for a sign-up, over TLS on a free local port: a pool without users and a table without reservations. It is
 * forked with the certificate's folder and the latency in milliseconds, and sends its port.
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
// Kept open: otherwise a new connection would be part of the measurement.
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit());

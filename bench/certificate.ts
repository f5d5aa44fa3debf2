import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { Failure } from "../cli/failure";

/** Makes a key and a self-signed certificate for 127.0.0.1, valid for a day: `key.pem` and `cert.pem`. */
export async function makeCertificate(folder: string): Promise<void> {
  const files = ["-keyout", path.join(folder, "key.pem"), "-out", path.join(folder, "cert.pem")];
  const name = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  const kind = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"];
  await promisify(execFile)("openssl", ["req", ...kind, ...files, ...name]).catch((error) => {
    throw new Failure(`openssl has to be there, to make a certificate: ${error.message}`);
  });
}

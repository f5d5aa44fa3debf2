import { execFileSync } from "node:child_process";
import path from "node:path";

export interface Certificate {
  readonly key: string;
  readonly certificate: string;
}

/** A certificate for 127.0.0.1 that is its own authority: Atlantis speaks to GitHub over TLS only. */
export function makeCertificate(folder: string): Certificate {
  const [key, certificate] = [path.join(folder, "tls.key"), path.join(folder, "tls.crt")];
  const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  const name = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  execFileSync("openssl", ["req", ...kind, ...name, "-keyout", key, "-out", certificate], { stdio: "ignore" });
  return { key, certificate };
}

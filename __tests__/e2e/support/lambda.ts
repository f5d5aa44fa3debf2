import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { makeFunctionRole } from "./iam";

// The emulator takes these keys for the account's root and does not check their signature.
const headers = {
  authorization:
    "AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/lambda/aws4_request, SignedHeaders=host, Signature=0",
};

/** What Lambda says of the zip that a function has: its SHA-256, in base64. */
export async function deployedHash(functionName: string): Promise<string> {
  const response = await fetch(`${process.env.E2E_ENDPOINT}/2015-03-31/functions/${functionName}`, { headers });
  return ((await response.json()) as { Configuration: { CodeSha256: string } }).Configuration.CodeSha256;
}

/** Gives a function another zip, past Terraform. */
export async function replaceCode(functionName: string, zip: Buffer): Promise<void> {
  const response = await fetch(`${process.env.E2E_ENDPOINT}/2015-03-31/functions/${functionName}/code`, {
    method: "PUT",
    headers,
    body: JSON.stringify({ ZipFile: zip.toString("base64") }),
  });
  if (!response.ok) throw new Error(await response.text());
}

/** Calls a function of the emulated Lambda; answers what it answered, or threw. */
export async function invoke(functionName: string, event: unknown): Promise<Record<string, unknown>> {
  const response = await fetch(`${process.env.E2E_ENDPOINT}/2015-03-31/functions/${functionName}/invocations`, {
    method: "POST",
    headers,
    body: JSON.stringify(event),
  });
  return (await response.json()) as Record<string, unknown>;
}

/** The policy that says what may call a function, as text; empty where there is none. */
export async function policyOf(functionName: string): Promise<string> {
  const response = await fetch(`${process.env.E2E_ENDPOINT}/2015-03-31/functions/${functionName}/policy`, { headers });
  return response.ok ? ((await response.json()) as { Policy: string }).Policy : "";
}

/** Makes a function of one file, as another team would have it. */
export async function makeFunction(functionName: string, source: string): Promise<void> {
  const response = await fetch(`${process.env.E2E_ENDPOINT}/2015-03-31/functions`, {
    method: "POST",
    headers,
    body: JSON.stringify({
      FunctionName: functionName,
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Role: await makeFunctionRole(functionName),
      Code: { ZipFile: (await zipped(source)).toString("base64") },
    }),
  });
  if (!response.ok) throw new Error(await response.text());
}

/** A zip with a file index.js, made by Python, which the emulator needs anyway. */
export async function zipped(source: string): Promise<Buffer> {
  const folder = await mkdtemp(path.join(tmpdir(), "function-"));
  try {
    await writeFile(path.join(folder, "index.js"), source);
    await promisify(execFile)("python3", ["-m", "zipfile", "-c", "function.zip", "index.js"], { cwd: folder });
    return await readFile(path.join(folder, "function.zip"));
  } finally {
    await rm(folder, { recursive: true });
  }
}

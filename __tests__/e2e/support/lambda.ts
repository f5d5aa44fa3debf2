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

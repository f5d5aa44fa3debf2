/** Calls an operation of the emulated IAM, which speaks AWS's query protocol; answers its XML. */
async function iam(Action: string, parameters: Readonly<Record<string, string>>): Promise<string> {
  const response = await fetch(process.env.E2E_ENDPOINT ?? "", {
    method: "POST",
    // The emulator takes these keys for the account's root and does not check their signature.
    headers: {
      authorization:
        "AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/iam/aws4_request, SignedHeaders=host, Signature=0",
      "content-type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams({ Action, Version: "2010-05-08", ...parameters }).toString(),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${Action}: ${text}`);
  return text;
}

/** Makes a role that one other role may assume, and that may do these things; answers its ARN. */
export async function makeRole(
  name: string,
  {
    trusts,
    externalId,
    actions,
    resource,
  }: { trusts: string; externalId: string; actions: string[]; resource: string },
): Promise<string> {
  const document = (statement: object) =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
  const created = await iam("CreateRole", {
    RoleName: name,
    AssumeRolePolicyDocument: document({
      Action: "sts:AssumeRole",
      Principal: { AWS: trusts },
      Condition: { StringEquals: { "sts:ExternalId": externalId } },
    }),
  });
  await iam("PutRolePolicy", {
    RoleName: name,
    PolicyName: "ask-old-pool",
    PolicyDocument: document({ Action: actions, Resource: resource }),
  });
  return /<Arn>([^<]+)<\/Arn>/.exec(created)?.[1] ?? "";
}

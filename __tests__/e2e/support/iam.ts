/** Calls an operation of the emulated IAM, which speaks AWS's query protocol. */
async function iam(Action: string, parameters: Readonly<Record<string, string>>): Promise<void> {
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
  if (!response.ok) throw new Error(`${Action}: ${await response.text()}`);
}

const document = (statement: object) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });

const trust = (principal: string, externalId: string) =>
  document({
    Action: "sts:AssumeRole",
    Principal: { AWS: principal },
    Condition: { StringEquals: { "sts:ExternalId": externalId } },
  });

/** Makes a role that one other may assume who knows the external id; it may do these things. */
export async function makeRole(
  RoleName: string,
  {
    trusts,
    externalId,
    actions,
    resource,
  }: { trusts: string; externalId: string; actions: string[]; resource: string },
): Promise<void> {
  await iam("CreateRole", { RoleName, AssumeRolePolicyDocument: trust(trusts, externalId) });
  const PolicyDocument = document({ Action: actions, Resource: resource });
  await iam("PutRolePolicy", { RoleName, PolicyName: "ask-old-pool", PolicyDocument });
}

/** Gives a role another external id. */
export async function changeExternalId(RoleName: string, trusts: string, externalId: string): Promise<void> {
  await iam("UpdateAssumeRolePolicy", { RoleName, PolicyDocument: trust(trusts, externalId) });
}

/** Makes a role for a function that may do nothing; answers its ARN. */
export async function makeFunctionRole(RoleName: string): Promise<string> {
  const trusted = { Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } };
  await iam("CreateRole", { RoleName, AssumeRolePolicyDocument: document(trusted) });
  return `arn:aws:iam::000000000000:role/${RoleName}`;
}

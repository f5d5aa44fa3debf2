import { assumeRole, readAnswer, signedWith } from "../../../lambda/aws/assume-role";
import { AwsError, awsClient } from "../../../lambda/aws/client";
import { signedPost } from "../../../lambda/aws/request";
import { type Reply, StubAws } from "../../support/stub-aws";

const ROLE = "arn:aws:iam::111122223333:role/old-pool+reader";
const HOUR = 3_600_000;

let stub: StubAws;
let now = Date.UTC(2026, 0, 1);
afterEach(() => stub?.stop());
beforeEach(() => {
  now = Date.UTC(2026, 0, 1);
});

/** "AssumeRole", STS API reference, shortened. */
const granted = (id: string): string => `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleResult>
    <AssumedRoleUser><Arn>arn:aws:sts::111122223333:assumed-role/x/y</Arn><AssumedRoleId>AROA:y</AssumedRoleId></AssumedRoleUser>
    <Credentials>
      <AccessKeyId>${id}</AccessKeyId>
      <SecretAccessKey>wJalrXUtnFEMI/K7MDENG+bPxRfiCYzEXAMPLEKEY</SecretAccessKey>
      <SessionToken>AQoDYXdzEPT//////////wEXAMPLE+tc764bNrC9Saw=</SessionToken>
      <Expiration>${new Date(now + HOUR).toISOString()}</Expiration>
    </Credentials>
  </AssumeRoleResult>
</AssumeRoleResponse>`;
const xml =
  (text: string, status = 200): Reply =>
  (response) =>
    response.writeHead(status, { "content-type": "text/xml" }).end(text);
const refused = (code: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>sentinel</Message></Error></ErrorResponse>`;

async function role(reply: (number: number) => Reply, externalId?: string) {
  stub = await StubAws.start((_, number) => reply(number));
  const own = { accessKeyId: "OWN", secretAccessKey: "b", sessionToken: "t" };
  const post = signedPost({ service: "sts", region: "eu-west-1", credentials: own, endpoint: stub.endpoint });
  const credentials = assumeRole({ post, roleArn: ROLE, externalId, sessionName: "acme-dev", now: () => now });
  return () => credentials(Date.now() + 3000);
}

it("AssumeRole is a signed form, and its response is parsed", async () => {
  const credentials = await role(() => xml(granted("ASIA1")), "acme/1");
  expect(await credentials()).toEqual({
    accessKeyId: "ASIA1",
    secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYzEXAMPLEKEY",
    sessionToken: "AQoDYXdzEPT//////////wEXAMPLE+tc764bNrC9Saw=",
  });
  expect(stub.requests).toMatchObject([
    {
      input: {
        Action: "AssumeRole",
        Version: "2011-06-15",
        RoleArn: ROLE,
        RoleSessionName: "acme-dev",
        ExternalId: "acme/1",
      },
      headers: { authorization: expect.stringMatching(/Credential=OWN\/\d{8}\/eu-west-1\/sts\/aws4_request/) },
    },
  ]);
});

it("credentials are cached until a minute before they expire", async () => {
  const credentials = await role((number) => xml(granted(`ASIA${number}`)));
  const first = await credentials();
  now += HOUR - 60_001;
  expect(await credentials()).toBe(first);
  now += 1;
  expect(await credentials()).toMatchObject({ accessKeyId: "ASIA2" });
  expect(stub.requests).toHaveLength(2);
});

it("a failure is not cached", async () => {
  const credentials = await role((number) =>
    number === 1 ? xml(refused("AccessDenied"), 403) : xml(granted("ASIA2")),
  );
  await expect(credentials()).rejects.toMatchObject({ code: "AssumeRole.AccessDenied", retryable: false });
  expect(await credentials()).toMatchObject({ accessKeyId: "ASIA2" });
});

it("a throttled AssumeRole is retried", async () => {
  const credentials = await role((number) => (number === 1 ? xml(refused("Throttling"), 400) : xml(granted("ASIA2"))));
  expect(await credentials()).toMatchObject({ accessKeyId: "ASIA2" });
});

describe("an invalid response", () => {
  it.each<[what: string, status: number, text: string, code: string]>([
    ["is no XML", 200, "hello", "AssumeRole.BadResponse"],
    ["has no token", 200, granted("A").replace(/<SessionToken>.*\n/, ""), "AssumeRole.BadResponse"],
    ["has an empty secret", 200, granted("A").replace(/wJal.*KEY/, ""), "AssumeRole.BadResponse"],
    ["does not say when it expires", 200, granted("A").replace(/<Expiration>.*\n/, ""), "AssumeRole.BadResponse"],
    ["expires at no time", 200, granted("A").replace(/<Expiration>.*</, "<Expiration>soon<"), "AssumeRole.BadResponse"],
    ["is an error without a code", 500, "<html>", "AssumeRole.BadResponse"],
    ["is an error", 403, refused("ExpiredToken"), "AssumeRole.ExpiredToken"],
  ])("that %s is an error without its content", (_, status, text, code) => {
    let thrown: unknown;
    try {
      readAnswer({ status, text });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(AwsError);
    expect((thrown as AwsError).message).toBe(code);
    expect((thrown as AwsError).body).toBeUndefined();
  });
});

it("calls are signed with the current credentials, over one connection per credentials", async () => {
  const made: string[] = [];
  let current = { accessKeyId: "ONE", secretAccessKey: "b" };
  stub = await StubAws.start(() => ({}));
  const call = signedWith(
    async () => current,
    (credentials) => {
      made.push(credentials.accessKeyId);
      return awsClient({ service: "cognito-idp", region: "us-east-1", credentials, endpoint: stub.endpoint });
    },
  );
  await call("Service.A", {}, Date.now() + 3000);
  await call("Service.B", {}, Date.now() + 3000);
  current = { accessKeyId: "TWO", secretAccessKey: "b" };
  await call("Service.C", {}, Date.now() + 3000);
  expect(made).toEqual(["ONE", "TWO"]);
  const signedBy = stub.requests.map(({ headers }) => /Credential=(\w+)/.exec(headers.authorization ?? "")?.[1]);
  expect(signedBy).toEqual(["ONE", "ONE", "TWO"]);
});

import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { cognito } from "./cognito";
import { invoke, policyOf } from "./lambda";

/**
 * Stands in front of the emulator, which calls the Pre-SignUp function for SignUp only, and calls it for AdminCreateUser, too: with the event that Cognito's
 * developer guide has ("Pre sign-up Lambda trigger"), and only where the function's policy lets Cognito do so. All else is passed on.
 */
export class PreSignUpFront {
  private readonly server = http.createServer((request, response) => void this.answer(request, response));

  private constructor(private readonly endpoint: string) {}

  static async start(endpoint: string): Promise<PreSignUpFront> {
    const front = new PreSignUpFront(endpoint);
    front.server.listen(0, "127.0.0.1");
    await once(front.server, "listening");
    return front;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }

  private async answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    try {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks);
      const refusal = String(request.headers["x-amz-target"]).endsWith(".AdminCreateUser")
        ? await refusalOf(JSON.parse(body.toString()))
        : undefined;
      if (refusal) {
        response.writeHead(400, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(refusal));
        return;
      }
      const { method, headers, url } = request;
      const onward = http.request(new URL(url ?? "/", this.endpoint), { method, headers });
      onward.end(body);
      const [answer] = (await once(onward, "response")) as [http.IncomingMessage];
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    } catch {
      // The client was killed, or sees what happened by the connection that ends.
      response.destroy();
    }
  }
}

interface NewAccount {
  readonly UserPoolId: string;
  readonly Username: string;
  readonly UserAttributes?: ReadonlyArray<{ readonly Name: string; readonly Value: string }>;
}

interface Pool {
  readonly Arn: string;
  readonly LambdaConfig?: { readonly PreSignUp?: string };
}

/** The error that Cognito answers with where the function does not admit the account. */
async function refusalOf({ UserPoolId, Username, UserAttributes = [] }: NewAccount): Promise<object | undefined> {
  const { UserPool } = (await cognito("DescribeUserPool", { UserPoolId })) as { UserPool: Pool };
  const functionArn = UserPool.LambdaConfig?.PreSignUp;
  if (functionArn === undefined) return undefined;
  if (!(await policyOf(functionArn)).includes(UserPool.Arn)) {
    const message = "PreSignUp invocation failed due to error AccessDeniedException.";
    return { __type: "UnexpectedLambdaException", message };
  }
  const answer = await invoke(functionArn, {
    version: "1",
    triggerSource: "PreSignUp_AdminCreateUser",
    region: "eu-west-1",
    userPoolId: UserPoolId,
    userName: Username,
    callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: "CLIENT_ID_NOT_APPLICABLE" },
    request: {
      userAttributes: Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value])),
      validationData: null,
    },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  });
  if ("response" in answer) return undefined;
  const said = answer.errorMessage ?? answer.Message;
  return { __type: "UserLambdaValidationException", message: `PreSignUp failed with error ${said}.` };
}

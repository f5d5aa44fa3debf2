import { once } from "node:events";
import http from "node:http";
import { buffer } from "node:stream/consumers";
import { adminCreateUserEvent, type NewAccount, refusedByPreSignUp } from "../../../cli/emulator/admin-create-user";
import { closeServer, openServer, urlOf } from "../../support/local-server";
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
    await openServer(front.server);
    return front;
  }

  get url(): string {
    return urlOf(this.server);
  }

  async stop(): Promise<void> {
    await closeServer(this.server);
  }

  private async answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    try {
      const body = await buffer(request);
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

interface Pool {
  readonly Arn: string;
  readonly LambdaConfig?: { readonly PreSignUp?: string };
}

/** The error that Cognito answers with where the function does not admit the account. */
async function refusalOf(input: NewAccount & { readonly UserPoolId: string }): Promise<object | undefined> {
  const { UserPoolId } = input;
  const { UserPool } = (await cognito("DescribeUserPool", { UserPoolId })) as { UserPool: Pool };
  const functionArn = UserPool.LambdaConfig?.PreSignUp;
  if (functionArn === undefined) return undefined;
  if (!(await policyOf(functionArn)).includes(UserPool.Arn)) {
    const message = "PreSignUp invocation failed due to error AccessDeniedException.";
    return { __type: "UnexpectedLambdaException", message };
  }
  const event = adminCreateUserEvent({ region: "eu-west-1", userPoolId: UserPoolId }, input);
  const answer = await invoke(functionArn, event);
  if ("response" in answer) return undefined;
  return refusedByPreSignUp(String(answer.errorMessage ?? answer.Message));
}

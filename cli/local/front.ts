import { once } from "node:events";
import { readFile } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { type NewAccount, refusedByPreSignUp } from "../emulator/admin-create-user";
import { type CognitoCall, type CognitoRefusal, refusalByCognito } from "../emulator/cognito-refusals";
import type { EmulatedPool } from "../emulator/emulated-pool";
import type { Block } from "../emulator/terraform-json";
import { listenOn } from "../listen";
import { note } from "../print";
import { inCognitosWords, simulatedDelivery, withTokenType } from "./answers";
import { isToldAsSent, refusalOfUser, SIGNING_IN, WRONG_PASSWORD } from "./refusals";
import { asCognitoLocalTakesIt, attributeOf, type StoredUser, userNamed, usernameIn } from "./requests";
import { SrpChallenge } from "./srp";

export interface FrontOptions {
  readonly port: number;
  readonly pool: EmulatedPool;
  /** Whether users may sign up by themselves. */
  readonly selfSignUp: boolean;
  /** The file in which it keeps the pool's users. */
  readonly usersFile: string;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

/**
 * What applications talk to: the emulated Cognito, and in front of it what it does not know: what Cognito refuses by itself, sign-ins by SRP, the function
 * that is asked before an administrator creates an account, and pools whose users do not sign up by themselves.
 */
export class Front {
  private readonly server = http.createServer((request, response) => void this.respond(request, response));
  private readonly begun = new Map<string, SrpChallenge>();

  private constructor(private readonly options: FrontOptions) {}

  /** Opens the port. Throws a Failure where another process has it. */
  static async start(options: FrontOptions): Promise<Front> {
    const front = new Front(options);
    await listenOn(front.server, options.port, "--port");
    return front;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async respond(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    try {
      const { status, headers, body } = await this.answer(request, await buffer(request));
      response.writeHead(status, headers).end(body);
    } catch (error) {
      const { status, headers, body } = failed(error as Error);
      if (!response.headersSent) response.writeHead(status, headers).end(body);
    }
  }

  private async answer(request: http.IncomingMessage, body: Buffer): Promise<Answer> {
    if (!isOfThisMachine(`http://${request.headers.host}`)) return json(403, { message: OTHERS });
    const { origin } = request.headers;
    if (origin !== undefined && !isOfThisMachine(origin)) return json(403, { message: OTHERS });
    const target = request.headers["x-amz-target"];
    // Keys for tokens, and what is not of Cognito's API.
    if (target === undefined) return this.withOwnOrigin(await this.passOn(request, body));
    const operation = String(target).replace(/^.*\./, "");
    const call = (JSON.parse(body.toString()) ?? {}) as CognitoCall;
    if (operation === "SignUp" && !this.options.selfSignUp) return NO_SIGN_UPS;
    if (operation === "GetTokensFromRefreshToken") return this.refresh(call, request);
    const refused = await this.refusalByCognito(operation, call);
    if (refused) return json(400, refused);
    const user = await this.user(usernameIn(call));
    const refusedUser = refusalOfUser(operation, call, user);
    if (refusedUser) return this.inCognitosWords(operation, call, json(400, refusedUser));
    if (call.AuthFlow === "USER_SRP_AUTH") return this.begin(call, user);
    if (call.ChallengeName === "PASSWORD_VERIFIER") return this.prove(call, request);
    const taken = asCognitoLocalTakesIt(operation, call, user, this.block);
    const refusal = operation === "AdminCreateUser" ? await this.refusalOf(taken as unknown as NewAccount) : undefined;
    if (refusal !== undefined) return json(400, refusedByPreSignUp(refusal));
    const answer = await this.passOn(request, Buffer.from(JSON.stringify(taken)));
    if (operation === "ConfirmSignUp" && answer.status === 200 && user) await this.verify(user, request);
    return this.inCognitosWords(operation, call, answer);
  }

  /** The pool's block in Terraform's JSON. */
  private get block(): Block {
    return this.options.pool.stack.resource("aws_cognito_user_pool");
  }

  /** A code that was sent to an address proves it: "AutoVerifiedAttributes" of CreateUserPool, Cognito API reference. */
  private async verify(user: StoredUser, request: http.IncomingMessage): Promise<void> {
    const verified = (this.block.auto_verified_attributes ?? []) as readonly string[];
    // Where both are, Cognito sends the code to the number.
    const Name = ["phone_number", "email"].find((name) => verified.includes(name) && attributeOf(user, name));
    if (Name === undefined) return;
    const UserAttributes = [
      { Name, Value: attributeOf(user, Name) },
      { Name: `${Name}_verified`, Value: "true" },
    ];
    const { Username } = user;
    await this.call(
      "AdminUpdateUserAttributes",
      { UserPoolId: this.options.pool.pool.id, Username, UserAttributes },
      request,
    );
  }

  private inCognitosWords(operation: string, call: CognitoCall, answer: Answer): Answer {
    if (answer.status === 200) {
      return SIGNING_IN.includes(operation) ? signedIn(answer) : answer;
    }
    if (answer.status !== 400) return answer;
    const refusal = JSON.parse(String(answer.body)) as CognitoRefusal;
    const client = this.options.pool.pool.clients.find(({ id }) => id === call.ClientId);
    const hidesUsers = client?.settings.prevent_user_existence_errors === "ENABLED";
    if (hidesUsers && isToldAsSent(operation, refusal)) {
      note(`${operation} is answered as if a code had been sent, but: ${refusal.message}`);
      return json(200, simulatedDelivery(call.Username ?? ""));
    }
    if (operation === "SignUp") return byTrigger(refusal) ?? answer;
    return json(400, inCognitosWords(operation, refusal, hidesUsers));
  }

  private refusalByCognito(operation: string, call: CognitoCall): Promise<CognitoRefusal | undefined> {
    return refusalByCognito(operation, call, {
      pool: this.block,
      clients: this.options.pool.pool.clients,
      namesOf: async (token) => {
        const user = (await this.users()).find(({ RefreshTokens = [] }) => RefreshTokens.includes(token));
        return user
          ? [user.Username, ...user.Attributes.flatMap(({ Name, Value }) => (Name === "sub" ? Value : []))]
          : [];
      },
    });
  }

  private async refusalOf(account: NewAccount): Promise<string | undefined> {
    // The account is there already.
    return account.MessageAction === "RESEND" ? undefined : this.options.pool.refusalOf(account);
  }

  private begin({ AuthParameters }: CognitoCall, user: StoredUser | undefined): Answer {
    const { SRP_A = "" } = AuthParameters ?? {};
    if (!/^[0-9a-f]+$/i.test(SRP_A)) return invalid("SRP_A is missing, or no hexadecimal number.");
    if (user === undefined) return NOT_AUTHORIZED;
    const challenge = new SrpChallenge(this.options.pool.pool.id, user.Username, user.Password, SRP_A);
    this.begun.set(challenge.secretBlock, challenge);
    return json(200, { ChallengeName: "PASSWORD_VERIFIER", ChallengeParameters: challenge.parameters });
  }

  private async prove(call: CognitoCall, request: http.IncomingMessage): Promise<Answer> {
    const {
      PASSWORD_CLAIM_SECRET_BLOCK = "",
      PASSWORD_CLAIM_SIGNATURE = "",
      TIMESTAMP = "",
    } = call.ChallengeResponses ?? {};
    const challenge = this.begun.get(PASSWORD_CLAIM_SECRET_BLOCK);
    this.begun.delete(PASSWORD_CLAIM_SECRET_BLOCK);
    if (!challenge?.isProved(TIMESTAMP, PASSWORD_CLAIM_SIGNATURE)) return NOT_AUTHORIZED;
    const { username: USERNAME, password: PASSWORD } = challenge;
    const { ClientId, ClientMetadata } = call;
    const signIn = { AuthFlow: "USER_PASSWORD_AUTH", ClientId, ClientMetadata };
    return this.initiateAuth({ ...signIn, AuthParameters: { USERNAME, PASSWORD } }, request);
  }

  /** The call of clients whose refresh tokens can be used once (refreshTokenRotation). Here a token stays good. */
  private async refresh({ ClientId, RefreshToken }: CognitoCall, request: http.IncomingMessage): Promise<Answer> {
    const AuthParameters = { REFRESH_TOKEN: RefreshToken };
    const answer = await this.initiateAuth({ AuthFlow: "REFRESH_TOKEN_AUTH", ClientId, AuthParameters }, request);
    if (answer.status !== 200) return answer;
    const { AuthenticationResult } = JSON.parse(String(answer.body)) as { AuthenticationResult: object };
    return json(200, { AuthenticationResult: { ...AuthenticationResult, RefreshToken } });
  }

  private async initiateAuth(input: object, request: http.IncomingMessage): Promise<Answer> {
    const answer = await this.call("InitiateAuth", input, request);
    return answer.status === 200 ? signedIn(answer) : answer;
  }

  private call(operation: string, input: object, { url, headers }: http.IncomingMessage): Promise<Answer> {
    const target = { "x-amz-target": `AWSCognitoIdentityProviderService.${operation}` };
    return this.passOn({ method: "POST", url, headers: { ...headers, ...target } }, Buffer.from(JSON.stringify(input)));
  }

  /** What OpenID Connect finds here names this address, as tokens do. */
  private withOwnOrigin(answer: Answer): Answer {
    const text = String(answer.body);
    if (!text.includes('"jwks_uri"')) return answer;
    const { "content-length": _, ...headers } = answer.headers;
    return { ...answer, headers, body: text.replaceAll(/http:\/\/[\w.]+:\d+/g, this.endpoint) };
  }

  private async user(name: string | undefined): Promise<StoredUser | undefined> {
    return name === undefined ? undefined : userNamed(name, await this.users(), this.block);
  }

  private async users(): Promise<readonly StoredUser[]> {
    return Object.values((await whole<{ Users: Record<string, StoredUser> }>(this.options.usersFile)).Users);
  }

  private async passOn(
    { method, url, headers }: Pick<http.IncomingMessage, "method" | "url" | "headers">,
    body: Buffer,
  ): Promise<Answer> {
    // The path alone: a URL in its place would lead to another server.
    const { "transfer-encoding": _, ...others } = headers;
    // cognito-local reads no other type.
    const type = headers["x-amz-target"] && { "content-type": "application/x-amz-json-1.1" };
    const options = { path: url, method, headers: { ...others, ...type, "content-length": body.length } };
    const sent = http.request(this.options.pool.endpoint, options).end(body);
    const [answer] = (await once(sent, "response")) as [http.IncomingMessage];
    return {
      status: answer.statusCode ?? 502,
      headers: answer.headers as Record<string, string>,
      body: await buffer(answer),
    };
  }
}

const OTHERS = "Only this machine's own applications can use this pool: 127.0.0.1 and localhost, and pages of theirs.";

/** Another site can have its own name lead to 127.0.0.1, and a browser would then let it read every user. */
function isOfThisMachine(url: string): boolean {
  try {
    return /^(?:127\.0\.0\.1|\[::1\]|(?:.+\.)?localhost)$/.test(new URL(url).hostname);
  } catch {
    return false;
  }
}

/** Attempts to read a file that is being written, and milliseconds between them. */
const ATTEMPTS = 100;
const PAUSE = 10;

/** A JSON file that another process writes, when it is complete. */
async function whole<T>(file: string): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return JSON.parse(await readFile(file, "utf8"));
    } catch (error) {
      if (!(error instanceof SyntaxError) || attempt === ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}

const NO_SIGN_UPS = json(400, {
  __type: "NotAuthorizedException",
  message: "SignUp is not permitted for this user pool",
});

/** The emulated Cognito begins a refusal with the function's name, Cognito with the trigger's, and it ends with a full stop. */
function byTrigger({ __type, message }: CognitoRefusal): Answer | undefined {
  const reason = /^\S+ failed with error (.*?)\.?$/s.exec(message ?? "")?.[1];
  return __type === "UserLambdaValidationException" && reason !== undefined
    ? json(400, refusedByPreSignUp(reason))
    : undefined;
}

/** What could not be answered: a request that is no JSON, or a fault of this machine. */
function failed(error: Error): Answer {
  if (error instanceof SyntaxError) return json(400, { __type: "SerializationException", message: error.message });
  return json(500, { __type: "InternalErrorException", message: error.message });
}

function invalid(message: string): Answer {
  return json(400, { __type: "InvalidParameterException", message });
}

function signedIn({ body }: Answer): Answer {
  return json(200, withTokenType(JSON.parse(String(body))));
}

const NOT_AUTHORIZED = json(400, WRONG_PASSWORD);

function json(status: number, body: object): Answer {
  // Also for applications in a browser, as Cognito does.
  const headers = { "content-type": "application/x-amz-json-1.1", "access-control-allow-origin": "*" };
  return { status, headers, body: JSON.stringify(body) };
}

import http from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { type NewAccount, refusedByPreSignUp, withInvitation } from "../emulator/admin-create-user";
import {
  type CognitoCall,
  type CognitoRefusal,
  invalidParameter,
  notAuthorized,
  refusalByCognito,
  refusalOfFields,
} from "../emulator/cognito-refusals";
import type { EmulatedPool } from "../emulator/emulated-pool";
import type { Block } from "../emulator/terraform-json";
import { listenOn } from "../listen";
import { note } from "../print";
import { inCognitosWords, simulatedDelivery, withMasks, withTokenType } from "./answers";
import { type Answer, json, passOn } from "./pass-on";
import { isToldAsSent, refusalOfUser, WRONG_PASSWORD } from "./refusals";
import { asAnother, asCognitoLocalTakesIt } from "./requests";
import { SrpChallenge } from "./srp";
import { attributeOf, type StoredUser, userOf } from "./users";

export interface FrontOptions {
  readonly port: number;
  readonly pool: EmulatedPool;
  /** Whether users may sign up by themselves. */
  readonly selfSignUp: boolean;
  /** The file in which it keeps the pool's users. */
  readonly usersFile: string;
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
    // Keys for tokens. Hosted pages are not there.
    if (target === undefined) {
      if (!request.url?.includes("/.well-known/")) return json(404, { message: NOT_THERE });
      return this.withOwnOrigin(await passOn(this.options.pool.endpoint, request, body));
    }
    const operation = String(target).replace(/^.*\./, "");
    const call = (JSON.parse(body.toString()) ?? {}) as CognitoCall;
    if (operation === "SignUp" && !this.options.selfSignUp) return NO_SIGN_UPS;
    const refused = refusalOfFields(operation, call, this.block) ?? (await this.refusalByCognito(operation, call));
    return refused ? json(400, refused) : this.goOn(operation, call, request);
  }

  /** The answer to a call that Cognito does not refuse by itself. */
  private async goOn(operation: string, call: CognitoCall, request: http.IncomingMessage): Promise<Answer> {
    const user = await userOf(call, this.options.usersFile, this.block);
    const refused = refusalOfUser(operation, call, user, this.block);
    if (refused) return this.inCognitosWords(operation, call, json(400, refused));
    if (call.AuthFlow === "USER_SRP_AUTH") return this.begin(call, user);
    if (call.ChallengeName === "PASSWORD_VERIFIER") return this.prove(call, request);
    const taken = asCognitoLocalTakesIt(operation, call, user, this.block);
    const invitation = operation === "AdminCreateUser" ? withInvitation(taken as unknown as NewAccount) : undefined;
    const refusal = invitation && (await this.refusalOf(invitation.account));
    if (refusal !== undefined) return json(400, refusedByPreSignUp(refusal));
    const answer = await this.call(...asAnother(operation, invitation ? { ...invitation.account } : taken), request);
    if (answer.status === 200 && invitation?.problem) note(invitation.problem);
    return this.inCognitosWords(operation, call, answer);
  }

  /** The pool's block in Terraform's JSON. */
  private get block(): Block {
    return this.options.pool.stack.resource("aws_cognito_user_pool");
  }

  private inCognitosWords(operation: string, call: CognitoCall, answer: Answer): Answer {
    if (answer.status === 200) {
      return json(200, withTokenType(withMasks(String(answer.body)), call));
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
    return json(400, inCognitosWords(operation, call, refusal, hidesUsers));
  }

  private refusalByCognito(operation: string, call: CognitoCall): Promise<CognitoRefusal | undefined> {
    return refusalByCognito(operation, call, {
      pool: this.block,
      clients: this.options.pool.pool.clients,
      namesOf: async (RefreshToken) => {
        const user = await userOf({ RefreshToken }, this.options.usersFile, this.block);
        return user ? [user.Username, attributeOf(user, "sub") ?? ""] : [];
      },
    });
  }

  private async refusalOf(account: NewAccount): Promise<string | undefined> {
    // The account is there already.
    return account.MessageAction === "RESEND" ? undefined : this.options.pool.refusalOf(account);
  }

  private begin({ AuthParameters }: CognitoCall, user: StoredUser | undefined): Answer {
    const { SRP_A = "" } = AuthParameters ?? {};
    if (!/^0*[1-9a-f][0-9a-f]*$/i.test(SRP_A))
      return json(400, invalidParameter("SRP_A is missing, zero, or no hexadecimal number."));
    if (user?.Password === undefined) return NOT_AUTHORIZED;
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
    const { ClientId = "", ClientMetadata } = call;
    const signIn = { AuthFlow: "USER_PASSWORD_AUTH", ClientId, ClientMetadata };
    return this.goOn("InitiateAuth", { ...signIn, AuthParameters: { USERNAME, PASSWORD } }, request);
  }

  private call(operation: string, input: object, { url, headers }: http.IncomingMessage): Promise<Answer> {
    const target = { "x-amz-target": `AWSCognitoIdentityProviderService.${operation}` };
    const request = { method: "POST", url, headers: { ...headers, ...target } };
    return passOn(this.options.pool.endpoint, request, Buffer.from(JSON.stringify(input)));
  }

  /** What OpenID Connect finds here names this address, as tokens do. */
  private withOwnOrigin(answer: Answer): Answer {
    const text = String(answer.body);
    if (!text.includes('"jwks_uri"')) return answer;
    const { "content-length": _, ...headers } = answer.headers;
    return { ...answer, headers, body: text.replaceAll(/http:\/\/[\w.]+:\d+/g, this.endpoint) };
  }
}

const NOT_THERE = "Only Cognito's API and the documents under <user pool>/.well-known/ are here.";

const OTHERS = "Only this machine's own applications can use this pool: 127.0.0.1 and localhost, and pages of theirs.";

/** Another site can have its own name lead to 127.0.0.1, and a browser would then let it read every user. */
function isOfThisMachine(url: string): boolean {
  try {
    return /^(?:127\.0\.0\.1|\[::1\]|(?:.+\.)?localhost)$/.test(new URL(url).hostname);
  } catch {
    return false;
  }
}

const NO_SIGN_UPS = json(400, notAuthorized("SignUp is not permitted for this user pool"));

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

const NOT_AUTHORIZED = json(400, WRONG_PASSWORD);

import { createHmac, randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  type AttributeType,
  type CognitoIdentityProviderClient,
  ListUsersCommand,
  SignUpCommand,
  type UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import { canonicalEmail } from "../../lambda/identity/canonical";
import { DOMAIN, type SignUp } from "./cast";

/** What Cognito answered to a sign-up. */
export interface Answer {
  readonly kind: "admitted" | "function" | "cognito" | "failed";
  /** The error's name and message; of a refusal by the function its message alone, without what Cognito puts around it. */
  readonly text: string;
  readonly milliseconds: number;
}

/** An app client that users sign up with. */
export interface AppClient {
  readonly id: string;
  readonly secret?: string;
}

/** How accounts are made: by SignUp with this client, otherwise by AdminCreateUser, which sends no message here. */
export type Through = AppClient | "administrator";

/** Milliseconds that ListUsers may be behind: docs/uniqueness.md. */
export const LISTED_WITHIN = 35_000;

/** Errors by which Cognito itself refuses what it is asked to create. */
const OF_COGNITO = ["UsernameExistsException", "AliasExistsException", "InvalidParameterException"];

/** Errors that say nothing of the sign-up: the caller has to do something about them. */
const OF_THE_CALLER = ["AccessDeniedException", "ExpiredTokenException", "UnrecognizedClientException"];

/** An account, as AdminGetUser describes it. */
export interface Made {
  readonly username: string;
  readonly status: string;
  readonly attributes: ReadonlyMap<string, string>;
}

/** The accounts of the proof in one pool. */
export class ProofPool {
  constructor(
    private readonly client: CognitoIdentityProviderClient,
    readonly pool: UserPoolType,
    private readonly through: Through,
  ) {}

  async create(signUp: SignUp): Promise<Answer> {
    const began = performance.now();
    const answer = (kind: Answer["kind"], text: string) => ({ kind, text, milliseconds: performance.now() - began });
    try {
      await (this.through === "administrator" ? this.byAdministrator(signUp) : this.bySignUp(signUp, this.through));
      return answer("admitted", "admitted");
    } catch (error) {
      const { name, message } = error as Error;
      if (OF_THE_CALLER.includes(name)) throw error;
      if (name === "UserLambdaValidationException") return answer("function", unwrapped(message));
      return answer(OF_COGNITO.includes(name) ? "cognito" : "failed", `${name}: ${message}`);
    }
  }

  /** How many accounts there are of these sign-ups. */
  async count(signUps: readonly SignUp[]): Promise<number> {
    const found = await Promise.all(signUps.map((signUp) => this.read(signInName(this.pool, signUp))));
    return new Set(found.flatMap((account) => account?.username ?? [])).size;
  }

  /** Milliseconds until ListUsers shows an account by its address as typed; undefined where it does not within {@link LISTED_WITHIN}. */
  async listed({ email }: SignUp): Promise<number | undefined> {
    const began = performance.now();
    const input = { UserPoolId: this.pool.Id, Filter: `email = ${JSON.stringify(email)}`, Limit: 1 };
    for (;;) {
      const { Users = [] } = await this.client.send(new ListUsersCommand(input));
      const milliseconds = performance.now() - began;
      if (Users.length > 0) return Math.round(milliseconds);
      if (milliseconds > LISTED_WITHIN) return undefined;
      await sleep(1_000);
    }
  }

  private byAdministrator(signUp: SignUp): Promise<unknown> {
    return this.client.send(
      new AdminCreateUserCommand({
        UserPoolId: this.pool.Id,
        Username: signInName(this.pool, signUp),
        UserAttributes: attributesOf(this.pool, signUp),
        MessageAction: "SUPPRESS",
      }),
    );
  }

  private bySignUp(signUp: SignUp, { id, secret }: AppClient): Promise<unknown> {
    const Username = signInName(this.pool, signUp);
    return this.client.send(
      new SignUpCommand({
        ClientId: id,
        ...(secret !== undefined && {
          SecretHash: createHmac("sha256", secret)
            .update(Username + id)
            .digest("base64"),
        }),
        Username,
        // Longer than any policy asks for, with a character of each kind.
        Password: `Aa1!${randomBytes(75).toString("base64url")}`,
        UserAttributes: attributesOf(this.pool, signUp),
      }),
    );
  }

  async read(name: string): Promise<Made | undefined> {
    return readAccount(this.client, this.pool.Id ?? "", name);
  }
}

export async function readAccount(
  client: CognitoIdentityProviderClient,
  UserPoolId: string,
  Username: string,
): Promise<Made | undefined> {
  try {
    const found = await client.send(new AdminGetUserCommand({ UserPoolId, Username }));
    const attributes = (found.UserAttributes ?? []).map(({ Name = "", Value = "" }) => [Name, Value] as const);
    return { username: found.Username ?? "", status: found.UserStatus ?? "", attributes: new Map(attributes) };
  } catch (error) {
    // What Cognito takes for no username, it has made no account with.
    if (["UserNotFoundException", "InvalidParameterException"].includes((error as Error).name)) return undefined;
    throw error;
  }
}

/** Deletes an account if a run made it: its address has the run's letters and the reserved domain. Returns whether it did. */
export async function deleteAccount(
  client: CognitoIdentityProviderClient,
  UserPoolId: string,
  { name, run }: { readonly name: string; readonly run: string },
): Promise<boolean> {
  const account = await readAccount(client, UserPoolId, name);
  const address = canonicalEmail(account?.attributes.get("email") ?? "");
  if (account === undefined || !address.endsWith(`@${DOMAIN}`) || !address.includes(run)) return false;
  await client.send(new AdminDeleteUserCommand({ UserPoolId, Username: account.username }));
  return true;
}

/** What Cognito is told as the username: where users choose none, what they sign in with. */
export function signInName({ UsernameAttributes = [] }: UserPoolType, signUp: SignUp): string {
  if (UsernameAttributes.length === 0) return signUp.username;
  return UsernameAttributes.includes("email") ? signUp.email : (signUp.phone_number ?? "");
}

/** The sign-up's attributes, and those that the pool requires beside them. */
export function attributesOf({ SchemaAttributes = [] }: UserPoolType, signUp: SignUp): AttributeType[] {
  const { username: _, ...own } = signUp;
  const required = SchemaAttributes.filter(({ Name = "", Required }) => Required && Name !== "sub" && !(Name in own));
  const others = required.map(({ Name = "" }) => [Name, VALUES[Name] ?? "proof"] as const);
  return [...Object.entries(own), ...others].map(([Name, Value]) => ({ Name, Value }));
}

/** Values of attributes that do not take any text: "User pool attributes", Cognito developer guide. */
const VALUES: Readonly<Record<string, string>> = {
  birthdate: "2000-01-01",
  phone_number: "+447700900999",
  updated_at: "946684800",
};

/** "PreSignUp failed with error <message>.": the message alone. The full stop is Cognito's, too. */
export function unwrapped(message: string): string {
  return message.replace(/^PreSignUp failed with error /, "").replace(/\.$/, "");
}

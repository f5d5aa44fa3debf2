import { AwsError, type Call } from "../aws/client";
import { type Account, isProved, RESERVED, type ReservedName } from "../identity/account";
import { type Directory, spellingFilters } from "../uniqueness/directory";
import { identifierOf, type Wanted } from "../uniqueness/wanted";
import { Declined, type Reason } from "./declined";

/** An account of the old pool. */
export interface OldAccount {
  readonly username: string;
  /** CONFIRMED, RESET_REQUIRED, … */
  readonly status: string | undefined;
  readonly disabled: boolean;
  /** Whether a second factor is set up. */
  readonly secondFactor: boolean;
  readonly attributes: ReadonlyMap<string, string>;
}

/** The pool from which accounts are migrated. Each call ends at its deadline, in milliseconds since 1970. */
export interface OldPool {
  readonly id: string;
  /** Resolves if the password is right for the username as typed; throws {@link Declined} if not. */
  authenticate(username: string, password: string, deadline: number): Promise<void>;
  /** The account with the username as typed; throws {@link Declined} if there is none. */
  find(username: string, deadline: number): Promise<OldAccount>;
  /** Whether the old pool has another usable account that is a duplicate of this one. */
  hasRival(account: OldAccount, identifiers: Wanted, deadline: number): Promise<boolean>;
}

export interface OldPoolConfig {
  readonly call: Call;
  readonly userPoolId: string;
  /** An app client of the old pool: without a secret, and with the flow ALLOW_ADMIN_USER_PASSWORD_AUTH. */
  readonly clientId: string;
  /** Look-ups in the old pool. */
  readonly directory: Directory;
}

/** Errors of the old pool's sign-in. Any other error fails closed. */
const ERRORS: ReadonlyMap<string, Reason> = new Map([
  ["NotAuthorizedException", "wrongPassword"],
  ["UserNotFoundException", "notFound"],
  ["UserNotConfirmedException", "notConfirmed"],
  ["PasswordResetRequiredException", "resetRequired"],
  ["UserLambdaValidationException", "oldPoolRefuses"],
]);

/** "ChallengeName" of AdminInitiateAuth, Cognito API reference: what follows a correct password. */
const CHALLENGES: ReadonlyMap<unknown, Reason> = new Map([
  ["NEW_PASSWORD_REQUIRED", "newPasswordRequired"],
  ["SMS_MFA", "mfa"],
  ["EMAIL_OTP", "mfa"],
  ["SOFTWARE_TOKEN_MFA", "mfa"],
  ["SELECT_MFA_TYPE", "mfa"],
  ["MFA_SETUP", "mfa"],
]);

/** Statuses in which an account can be migrated by its user. */
const USED = ["CONFIRMED", "RESET_REQUIRED"];

/** The implementation with calls to Cognito. */
export function cognitoPool({ call, userPoolId, clientId, directory }: OldPoolConfig): OldPool {
  async function ask(operation: string, input: object, deadline: number): Promise<Record<string, unknown>> {
    try {
      const target = `AWSCognitoIdentityProviderService.${operation}`;
      return (await call(target, { UserPoolId: userPoolId, ...input }, deadline)) as Record<string, unknown>;
    } catch (error) {
      throw inOurWords(error);
    }
  }

  return {
    id: userPoolId,

    async authenticate(username, password, deadline) {
      const { AuthenticationResult, ChallengeName } = await ask(
        "AdminInitiateAuth",
        {
          ClientId: clientId,
          AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
          AuthParameters: { USERNAME: username, PASSWORD: password },
        },
        deadline,
      );
      if (ChallengeName !== undefined && ChallengeName !== null) {
        throw new Declined(CHALLENGES.get(ChallengeName) ?? "challenge");
      }
      if (typeof AuthenticationResult !== "object" || AuthenticationResult === null) {
        throw new AwsError("BadResponse", false);
      }
    },

    async find(username, deadline) {
      return account(await ask("AdminGetUser", { Username: username }, deadline));
    },

    async hasRival({ username, attributes }, identifiers, deadline) {
      const rivals = async (name: ReservedName) => {
        const identifier = identifierOf(identifiers, name);
        const filters = spellingFilters(name, identifier);
        const owners = await directory.owners(userPoolId, name, identifier.canonical, filters, deadline);
        // An account with an unverified address does not conflict with an account that has verified it.
        const verified = isProved(name) && attributes.get(`${name}_verified`) === "true";
        return owners.filter((other) => !verified || (name === "email" ? other.emailVerified : other.phoneVerified));
      };
      const found = await Promise.all(RESERVED.filter((name) => identifiers[name]).map(rivals));
      return found.flat().some((other) => other.username !== username && isUsed(other));
    },
  };
}

function isUsed({ status, disabled }: Account): boolean {
  return !disabled && USED.includes(status ?? "");
}

function inOurWords(error: unknown): unknown {
  if (!(error instanceof AwsError)) return error;
  // Returned for every user, whatever the password: the client must be changed.
  if (error.code === "NotAuthorizedException" && /secret/i.test(String(error.body?.message))) {
    return new AwsError("ClientHasSecret", false);
  }
  const reason = ERRORS.get(error.code);
  return reason ? new Declined(reason) : error;
}

/** "AdminGetUser", Cognito API reference. */
function account(answer: Record<string, unknown>): OldAccount {
  const { Username, UserStatus, Enabled, UserAttributes, UserMFASettingList, MFAOptions } = answer;
  if (typeof Username !== "string" || Username === "" || !Array.isArray(UserAttributes)) {
    throw new AwsError("BadResponse", false);
  }
  const attributes = new Map<string, string>();
  for (const { Name, Value } of UserAttributes) {
    if (typeof Name === "string" && typeof Value === "string") attributes.set(Name, Value);
  }
  return {
    username: Username,
    status: typeof UserStatus === "string" ? UserStatus : undefined,
    disabled: Enabled !== true,
    secondFactor: [UserMFASettingList, MFAOptions].some((list) => Array.isArray(list) && list.length > 0),
    attributes,
  };
}

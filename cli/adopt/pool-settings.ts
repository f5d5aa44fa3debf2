import { TRIGGERS, type Trigger } from "../../lambda/functions";
import { defined } from "../../modules/setting/setting";
import { needsEmail, type SignInNames } from "../../modules/user-pool/sign-in-names";
import { attributeSettingsOf } from "./attribute-settings";
import type { Json, Values } from "./existing";

type Fields = Readonly<Record<string, Json>>;

/** A block that there is at most one of. */
export function block(values: Fields, name: string): Fields | undefined {
  const [first] = (values[name] ?? []) as readonly Fields[];
  return first;
}

/**
 * The settings of the pool itself, as far as they say what these arguments say. What they cannot say is kept as arguments. `account` is the
 * pool's, where it is known.
 */
export function poolSettings(pool: Values, account?: string): Readonly<Record<string, unknown>> {
  const names = signInNames(pool);
  return defined({
    userPoolName: pool.name,
    poolTier: pool.user_pool_tier ?? "ESSENTIALS",
    deletionProtection: pool.deletion_protection === "ACTIVE",
    selfSignUp: block(pool, "admin_create_user_config")?.allow_admin_create_user_only !== true,
    ...names,
    ...attributeSettingsOf((pool.schema ?? []) as readonly Fields[], needsEmail(names)),
    passwordPolicy: passwordPolicy(pool),
    ...signIn(pool),
    ...messages(pool),
    ...triggers(block(pool, "lambda_config") ?? {}, account),
  });
}

function signInNames({ alias_attributes: aliases = [], username_attributes: usernames }: Values): SignInNames {
  const names: object = usernames ? { usernameAttributes: usernames } : { aliasAttributes: aliases };
  return names as SignInNames;
}

function passwordPolicy(pool: Values) {
  const policy = block(pool, "password_policy");
  if (!policy) return undefined;
  const isSet = (value: Json | undefined) => (value === 0 ? undefined : value);
  return defined({
    minimumLength: policy.minimum_length,
    requireLowercase: policy.require_lowercase === true,
    requireUppercase: policy.require_uppercase === true,
    requireNumbers: policy.require_numbers === true,
    requireSymbols: policy.require_symbols === true,
    temporaryPasswordValidityDays: isSet(policy.temporary_password_validity_days),
    passwordHistorySize: isSet(policy.password_history_size),
  });
}

function signIn(pool: Values) {
  const mfa = pool.mfa_configuration ?? "OFF";
  const factors = [
    ...(block(pool, "software_token_mfa_configuration")?.enabled === true ? ["TOTP"] : []),
    ...(pool.sms_configuration ? ["SMS"] : []),
    ...(pool.email_mfa_configuration ? ["EMAIL"] : []),
  ];
  const first = block(pool, "sign_in_policy")?.allowed_first_auth_factors;
  const passkeys = block(pool, "web_authn_configuration");
  const devices = block(pool, "device_configuration");
  const mechanisms = (block(pool, "account_recovery_setting")?.recovery_mechanism ?? []) as readonly Fields[];
  const ways = [...mechanisms]
    .sort((one, other) => Number(one.priority) - Number(other.priority))
    .map(({ name }) => String(name));
  return {
    mfa,
    mfaFactors: mfa !== "OFF" && factors.length > 0 ? factors : undefined,
    firstAuthFactors: first,
    passkeys:
      passkeys &&
      defined({ relyingPartyId: passkeys.relying_party_id, userVerification: passkeys.user_verification ?? undefined }),
    accountRecovery: ways.length === 0 ? undefined : ways.filter((way) => way !== "admin_only"),
    deviceTracking: devices && {
      challengeRequiredOnNewDevice: devices.challenge_required_on_new_device === true,
      deviceOnlyRememberedOnUserPrompt: devices.device_only_remembered_on_user_prompt === true,
    },
    threatProtection: block(pool, "user_pool_add_ons")?.advanced_security_mode ?? "OFF",
    snsRegion: block(pool, "sms_configuration")?.sns_region,
  };
}

function messages(pool: Values) {
  const email = block(pool, "email_configuration");
  const proof = block(pool, "verification_message_template") ?? {};
  const invitation = block(block(pool, "admin_create_user_config") ?? {}, "invite_message_template");
  const mfa = block(pool, "email_mfa_configuration");
  const isLink = proof.default_email_option === "CONFIRM_WITH_LINK";
  const verification = defined({
    by: isLink ? "LINK" : undefined,
    emailSubject: isLink ? proof.email_subject_by_link : proof.email_subject,
    emailMessage: isLink ? proof.email_message_by_link : proof.email_message,
    smsMessage: proof.sms_message,
  });
  const factor = defined({
    emailSubject: mfa?.subject,
    emailMessage: mfa?.message,
    smsMessage: pool.sms_authentication_message,
  });
  return {
    email:
      email?.email_sending_account === "DEVELOPER"
        ? defined({
            sesIdentityArn: email.source_arn,
            from: email.from_email_address,
            replyTo: email.reply_to_email_address,
            configurationSet: email.configuration_set,
          })
        : undefined,
    verificationMessage: someOf(verification),
    invitationMessage:
      invitation &&
      defined({
        emailSubject: invitation.email_subject,
        emailMessage: invitation.email_message,
        smsMessage: invitation.sms_message,
      }),
    mfaMessage: someOf(factor),
  };
}

const someOf = (fields: object) => (Object.keys(fields).length > 0 ? fields : undefined);

/** Functions that the pool calls already. The one before sign-ups is asked by this project's own, which the pool calls from now on. */
function triggers(config: Fields, account: string | undefined) {
  const own = (Object.entries(TRIGGERS) as Array<[Trigger, string]>).flatMap(([trigger, name]) => {
    const argument = name.replaceAll("-", "_");
    const { lambda_arn, lambda_version } =
      block(config, `${argument}_config`) ?? (isBlock(config[argument]) ? (block(config, argument) ?? {}) : {});
    const functionArn = lambda_arn ?? config[argument];
    if (typeof functionArn !== "string") return [];
    const lambdaVersion = trigger === "preTokenGeneration" ? lambda_version : undefined;
    // The owner of a function of another account has let the pool call it; the pool does not call the one that is asked.
    const permission = trigger !== "preSignUp" && isOfAnother(functionArn, account) ? false : undefined;
    return [[trigger, defined({ functionArn, lambdaVersion, permission })] as const];
  });
  return own.length === 0 ? {} : { triggers: Object.fromEntries(own), senderKeyArn: config.kms_key_id };
}

/** Whether a function is of another account than the pool's, as far as that is known. */
export function isOfAnother(functionArn: string, account: string | undefined): boolean {
  return account !== undefined && functionArn.split(":")[4] !== account;
}

const isBlock = (value: Json | undefined) => Array.isArray(value);

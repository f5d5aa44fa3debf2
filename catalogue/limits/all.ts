import { long, many } from "../rules/rule";
import type { Limit, Narrower } from "./limit";

const limit = (
  api: string,
  setting: string,
  // biome-ignore lint/suspicious/noExplicitAny: each API member has values of its own type
  settings: (value: any) => object,
  narrower?: Narrower,
  { text, at }: Pick<Limit, "text" | "at"> = {},
): Limit => ({ api, setting, settings, narrower, ...(text && { text }), ...(at && { at }) });

const password = (field: string) => (value: number) => ({ passwordPolicy: { [field]: value } });
const verification =
  (field: string, more = {}) =>
  (value: string) => ({ verificationMessage: { ...more, [field]: value } });
const invitation = (field: string) => (value: string) => ({ invitationMessage: { [field]: value } });
const sesIdentityArn = "arn:aws:ses:eu-west-1:111122223333:identity/acme.com";
const email = { sesIdentityArn, from: "auth@acme.com" };
const emailFactor = {
  mfa: "ON",
  mfaFactors: ["SMS", "EMAIL"],
  accountRecovery: ["verified_email", "verified_phone_number"],
  email,
};
const group = (field: string) => (value: unknown) => ({ groups: { admins: { [field]: value } } });
const ROLE = "arn:aws:iam::111122223333:role/";

const ONE_LINE: Narrower = { characters: /[\t\n\v\f\r\u2028\u2029]/, why: "a subject is one line" };
const PLACEHOLDER = (placeholder: string) => ({ text: (length: number) => long(length, placeholder).slice(0, length) });
const SHORT_TOKENS = "the API's smallest number is of any unit; its description says 5 minutes to a day";
const URL_CHARACTERS: Narrower = { characters: /[#]/, why: "a callback URL has no fragment" };

const TAGS: Narrower = {
  characters: /[^\p{L}\p{Z}\p{N}_.:/=+\-@]/u,
  why: '"Tag your AWS resources", General Reference',
};

const clientSecret = { ssmParameter: "/acme/okta" };
const okta = { type: "OIDC", issuer: "https://acme.okta.com", clientId: "0oa1", clientSecret };
const plus = { poolTier: "PLUS", threatProtection: "ENFORCED", mfa: "OPTIONAL" };
const notify = { sesIdentityArn, from: "auth@acme.com" };
const blockEmail = { subject: "Blocked", textBody: "Blocked", htmlBody: "Blocked" };
const risks = (riskConfiguration: object) => ({ ...plus, riskConfiguration });
const notifying = (field: string) => (value: string) =>
  risks({
    accountTakeover: {
      high: { action: "BLOCK", notify: true },
      notify: { ...notify, blockEmail: { ...blockEmail, [field]: value } },
    },
  });
const matching = { claim: "given_name", matchType: "Equals", value: "pro", roleArn: `${ROLE}pro` };
const byRule = (field: string) => (value: string) => ({
  identityPool: {
    roleMapping: { type: "Rules", ambiguousRoleResolution: "Deny", rules: [{ ...matching, [field]: value }] },
  },
});
const CHALLENGES = Object.fromEntries(
  ["defineAuthChallenge", "createAuthChallenge", "verifyAuthChallengeResponse"].map((name) => [
    name,
    { functionArn: "arn:aws:lambda:eu-west-1:111122223333:function:challenge" },
  ]),
);
const LOGO = "examples/full/logo.png";
const image = { category: "FORM_LOGO", colorMode: "LIGHT", file: LOGO };
const images = (...assets: object[]) => ({ managedLogin: { settings: { components: {} }, assets } });

/** Every setting that AWS's API limits. */
export const LIMITS: readonly Limit[] = [
  limit("CreateUserPoolRequest.UserPoolTier", "poolTier", (value) => ({ poolTier: value })),
  limit("PasswordPolicyType.MinimumLength", "passwordPolicy.minimumLength", password("minimumLength")),
  limit(
    "PasswordPolicyType.TemporaryPasswordValidityDays",
    "passwordPolicy.temporaryPasswordValidityDays",
    password("temporaryPasswordValidityDays"),
    { least: 1, why: "0 is what Cognito reads as left out: 7 days" },
  ),
  limit(
    "PasswordPolicyType.PasswordHistorySize",
    "passwordPolicy.passwordHistorySize",
    password("passwordHistorySize"),
    { least: 1, why: "no history is written by leaving it out" },
  ),
  limit("CreateUserPoolRequest.MfaConfiguration", "mfa", (value) => ({ mfa: value })),
  limit(
    "SignInPolicyType.AllowedFirstAuthFactors[]",
    "firstAuthFactors",
    (value) => ({
      firstAuthFactors: [...new Set(["PASSWORD", value])],
      ...(value === "WEB_AUTHN" && { passkeys: { relyingPartyId: "acme.com" } }),
    }),
    { values: ["SOFTWARE_TOKEN"], why: "an authenticator app is a second factor; the provider refuses it, too" },
  ),
  limit(
    "WebAuthnConfigurationType.RelyingPartyId",
    "passkeys.relyingPartyId",
    (value) => ({ firstAuthFactors: ["PASSWORD", "WEB_AUTHN"], passkeys: { relyingPartyId: value } }),
    { least: 4, most: 63, characters: /[^a-z0-9.-]/, why: "it is a domain name, which has 63 characters at most" },
    { text: (length) => `${long(length - 3)}.co`, at: (character) => `a${character}a.com` },
  ),
  limit("WebAuthnConfigurationType.UserVerification", "passkeys.userVerification", (value) => ({
    firstAuthFactors: ["PASSWORD", "WEB_AUTHN"],
    passkeys: { relyingPartyId: "acme.com", userVerification: value },
  })),
  limit("RecoveryOptionType.Name", "accountRecovery", (value) => ({ accountRecovery: [value] }), {
    values: ["admin_only"],
    why: "an empty list writes it, so that it stands alone",
  }),
  limit("UserPoolAddOnsType.AdvancedSecurityMode", "threatProtection", (value) => ({
    poolTier: "PLUS",
    threatProtection: value,
  })),
  limit("SchemaAttributeType.Name", "customAttributes", (value) => ({
    customAttributes: { [value]: { type: "String" } },
  })),
  limit("SchemaAttributeType.AttributeDataType", "customAttributes.<name>.type", (value) => ({
    customAttributes: { plan: { type: value } },
  })),
  limit("CreateUserPoolRequest.Schema", "customAttributes", (count) => ({
    customAttributes: many(count - 1, { type: "Boolean" }),
  })),
  limit("EmailConfigurationType.ConfigurationSet", "email.configurationSet", (value) => ({
    email: { ...email, configurationSet: value },
  })),
  limit(
    "EmailConfigurationType.ReplyToEmailAddress",
    "email.replyTo",
    (value) => ({ email: { ...email, replyTo: value } }),
    { characters: /[^\x20-\x7e]/, why: "SES takes ASCII in front of the @" },
    { text: (length) => `${long(length - 9)}@acme.com`, at: (character) => `a${character}a@acme.com` },
  ),
  limit(
    "VerificationMessageTemplateType.SmsMessage",
    "verificationMessage.smsMessage",
    verification("smsMessage"),
    undefined,
    PLACEHOLDER("{####}"),
  ),
  limit(
    "VerificationMessageTemplateType.EmailMessage",
    "verificationMessage.emailMessage",
    verification("emailMessage"),
    undefined,
    PLACEHOLDER("{####}"),
  ),
  limit(
    "VerificationMessageTemplateType.EmailMessageByLink",
    "verificationMessage.emailMessage",
    verification("emailMessage", { by: "LINK" }),
    { least: 7, why: "a link has a text" },
    PLACEHOLDER("{##a##}"),
  ),
  limit(
    "VerificationMessageTemplateType.EmailSubject",
    "verificationMessage.emailSubject",
    verification("emailSubject"),
    ONE_LINE,
  ),
  limit(
    "VerificationMessageTemplateType.EmailSubjectByLink",
    "verificationMessage.emailSubject",
    verification("emailSubject", { by: "LINK" }),
    ONE_LINE,
  ),
  limit(
    "MessageTemplateType.SMSMessage",
    "invitationMessage.smsMessage",
    invitation("smsMessage"),
    { least: 16, why: "it holds {username} and {####}" },
    PLACEHOLDER("{username}{####}"),
  ),
  limit(
    "MessageTemplateType.EmailMessage",
    "invitationMessage.emailMessage",
    invitation("emailMessage"),
    { least: 16, why: "it holds {username} and {####}" },
    PLACEHOLDER("{username}{####}"),
  ),
  limit("MessageTemplateType.EmailSubject", "invitationMessage.emailSubject", invitation("emailSubject"), ONE_LINE),
  limit(
    "CreateUserPoolRequest.SmsAuthenticationMessage",
    "mfaMessage.smsMessage",
    (value) => ({ mfaMessage: { smsMessage: value } }),
    undefined,
    PLACEHOLDER("{####}"),
  ),
  limit(
    "EmailMfaConfigType.Message",
    "mfaMessage.emailMessage",
    (value) => ({ ...emailFactor, mfaMessage: { emailMessage: value } }),
    undefined,
    PLACEHOLDER("{####}"),
  ),
  limit(
    "EmailMfaConfigType.Subject",
    "mfaMessage.emailSubject",
    (value) => ({ ...emailFactor, mfaMessage: { emailSubject: value } }),
    ONE_LINE,
  ),
  limit("CreateUserPoolClientRequest.CallbackURLs", "callbackUrls", (count) => ({
    callbackUrls: Object.keys(many(count, "", "https://acme.com/")),
  })),
  limit(
    "CreateUserPoolClientRequest.CallbackURLs[]",
    "callbackUrls",
    (value) => ({ callbackUrls: [value] }),
    { ...URL_CHARACTERS, least: 9 },
    { text: (length) => long(length, "https://"), at: (character) => `https://acme.com/${character}a` },
  ),
  limit("CreateUserPoolClientRequest.LogoutURLs", "logoutUrls", (count) => ({
    logoutUrls: Object.keys(many(count, "", "https://acme.com/")),
  })),
  limit(
    "CreateUserPoolClientRequest.LogoutURLs[]",
    "logoutUrls",
    (value) => ({ logoutUrls: [value] }),
    { ...URL_CHARACTERS, least: 9 },
    { text: (length) => long(length, "https://"), at: (character) => `https://acme.com/${character}a` },
  ),
  limit(
    "CreateUserPoolClientRequest.SupportedIdentityProviders[]",
    "identityProviders",
    (value) => ({ identityProviders: [value] }),
    {
      least: 3,
      characters: /[\p{Z}_]/u,
      why: "CreateIdentityProvider takes no shorter names, no blanks, and no `_` but as second",
    },
  ),
  limit("CreateUserPoolClientRequest.AllowedOAuthScopes", "scopes", (count) => ({
    resourceServers: { api: { scopes: many(count, "A scope") } },
    scopes: Object.keys(many(count, "", "api/n")),
  })),
  limit(
    "CreateUserPoolClientRequest.ExplicitAuthFlows[]",
    "authFlows",
    (value) => ({ authFlows: [value], ...(value === "ALLOW_CUSTOM_AUTH" && { triggers: CHALLENGES }) }),
    {
      values: [
        ...["ADMIN_NO_SRP_AUTH", "CUSTOM_AUTH_FLOW_ONLY", "USER_PASSWORD_AUTH"],
        ...["ALLOW_TOKEN_EXCHANGE_DELEGATION", "ALLOW_TOKEN_EXCHANGE_IMPERSONATION"],
      ],
      why: "the old names are not beside the new ones; token exchange is newer than hashicorp/aws 6.25",
    },
  ),
  limit(
    "CreateUserPoolClientRequest.AccessTokenValidity",
    "tokenValidity.accessToken",
    (value) => ({ tokenValidity: { accessToken: `${value} seconds` } }),
    { least: 300, why: SHORT_TOKENS },
  ),
  limit(
    "CreateUserPoolClientRequest.IdTokenValidity",
    "tokenValidity.idToken",
    (value) => ({ tokenValidity: { idToken: `${value} seconds` } }),
    { least: 300, why: SHORT_TOKENS },
  ),
  limit(
    "CreateUserPoolClientRequest.RefreshTokenValidity",
    "tokenValidity.refreshToken",
    (value) => ({
      tokenValidity: { accessToken: "5 minutes", idToken: "5 minutes", refreshToken: `${value} seconds` },
    }),
    { least: 3600, why: "the API's description says an hour to ten years" },
  ),
  limit("TokenValidityUnitsType.RefreshToken", "tokenValidity.refreshToken", (unit) => ({
    tokenValidity: { refreshToken: `${unit === "seconds" ? 86_400 : unit === "minutes" ? 1440 : 24} ${unit}` },
  })),
  limit("CreateUserPoolClientRequest.AuthSessionValidity", "authSessionValidity", (value) => ({
    authSessionValidity: value,
  })),
  limit(
    "RefreshTokenRotationType.RetryGracePeriodSeconds",
    "refreshTokenRotation.retryGracePeriodSeconds",
    (value) => ({ refreshTokenRotation: { retryGracePeriodSeconds: value } }),
  ),
  limit("CreateUserPoolDomainRequest.Domain", "domainPrefix", (value) => ({ domainPrefix: value })),
  limit("CreateResourceServerRequest.Identifier", "resourceServers.<name>.identifier", (value) => ({
    resourceServers: { api: { identifier: value, scopes: { read: "Read" } } },
  })),
  limit("CreateResourceServerRequest.Scopes", "resourceServers.<name>.scopes", (count) => ({
    resourceServers: { api: { scopes: many(count, "A scope") } },
  })),
  limit("ResourceServerScopeType.ScopeName", "resourceServers.<name>.scopes", (value) => ({
    resourceServers: { api: { scopes: { [value]: "Read" } } },
  })),
  limit(
    "ResourceServerScopeType.ScopeDescription",
    "resourceServers.<name>.scopes.<scope>",
    (value) => ({ resourceServers: { api: { scopes: { read: value } } } }),
    { characters: /[\n\r\u2028\u2029]/, why: "a description is one line" },
  ),
  limit("CreateGroupRequest.GroupName", "groups", (value) => ({ groups: { [value]: {} } })),
  limit("CreateGroupRequest.Description", "groups.<name>.description", group("description")),
  limit("CreateGroupRequest.Precedence", "groups.<name>.precedence", group("precedence"), {
    most: 2_147_483_647,
    why: "the API's numbers have 32 bits",
  }),
  limit(
    "CreateGroupRequest.RoleArn",
    "groups.<name>.roleArn",
    group("roleArn"),
    {
      characters: /:/,
      least: ROLE.length + 1,
      most: ROLE.length + 512,
      why: "it is the ARN of a role, whose name has 512 characters at most with its path",
    },
    { text: (length) => long(length, ROLE) },
  ),
  limit("CreateUserPoolRequest.UserPoolTags{key}", "tags", (value) => ({ tags: { [value]: "x" } }), TAGS),
  limit("CreateUserPoolRequest.UserPoolTags{value}", "tags.<key>", (value) => ({ tags: { owner: value } }), TAGS),
  limit(
    "CreateIdentityProviderRequest.ProviderName",
    "identityProviders",
    (value) => ({ identityProviders: { [value]: okta } }),
    {
      least: 3,
      characters: /[\t\n\r\u200b]/,
      why: "the pattern asks for 3 characters; those at the end are visible here, too",
    },
  ),
  limit(
    "CreateIdentityProviderRequest.IdpIdentifiers",
    "identityProviders.<name>.identifiers",
    (count) => ({ identityProviders: { Okta: { ...okta, identifiers: Object.keys(many(count, "")) } } }),
    { least: 1, why: "none is written by leaving it out" },
  ),
  limit(
    "CreateIdentityProviderRequest.IdpIdentifiers[]",
    "identityProviders.<name>.identifiers",
    (value) => ({ identityProviders: { Okta: { ...okta, identifiers: [value] } } }),
    { characters: /[\t\n\r]/, why: "a name is one line" },
  ),
  limit("PreTokenGenerationVersionConfigType.LambdaVersion", "triggers.preTokenGeneration.lambdaVersion", (value) => ({
    triggers: {
      preTokenGeneration: {
        functionArn: "arn:aws:lambda:eu-west-1:111122223333:function:claims",
        lambdaVersion: value,
      },
    },
  })),
  limit(
    "NotifyEmailType.Subject",
    "riskConfiguration.accountTakeover.notify.blockEmail.subject",
    notifying("subject"),
    ONE_LINE,
  ),
  limit(
    "NotifyEmailType.TextBody",
    "riskConfiguration.accountTakeover.notify.blockEmail.textBody",
    notifying("textBody"),
  ),
  limit(
    "NotifyEmailType.HtmlBody",
    "riskConfiguration.accountTakeover.notify.blockEmail.htmlBody",
    notifying("htmlBody"),
  ),
  limit("AccountTakeoverActionType.EventAction", "riskConfiguration.accountTakeover.high.action", (value) =>
    risks({ accountTakeover: { high: { action: value }, notify } }),
  ),
  limit("CompromisedCredentialsActionsType.EventAction", "riskConfiguration.compromisedCredentials.action", (value) =>
    risks({ compromisedCredentials: { action: value } }),
  ),
  limit(
    "CompromisedCredentialsRiskConfigurationType.EventFilter[]",
    "riskConfiguration.compromisedCredentials.events",
    (value) => risks({ compromisedCredentials: { action: "BLOCK", events: [value] } }),
  ),
  limit("RiskExceptionConfigurationType.BlockedIPRangeList", "riskConfiguration.exceptions.blockedIpRanges", (count) =>
    risks({ exceptions: { blockedIpRanges: Array.from({ length: count }, (_, index) => `10.0.${index}.0/24`) } }),
  ),
  limit("AssetType.Category", "managedLogin.assets[].category", (value) => images({ ...image, category: value })),
  limit("AssetType.ColorMode", "managedLogin.assets[].colorMode", (value) => images({ ...image, colorMode: value })),
  limit("AssetType.ResourceId", "managedLogin.assets[].resourceId", (value) => images({ ...image, resourceId: value })),
  limit("CreateManagedLoginBrandingRequest.Assets", "managedLogin.assets", (count) =>
    images(...Object.keys(many(count, "")).map((resourceId) => ({ ...image, resourceId }))),
  ),
  limit("MappingRule.MatchType", "identityPool.roleMapping.rules[].matchType", byRule("matchType")),
  limit("MappingRule.Claim", "identityPool.roleMapping.rules[].claim", byRule("claim")),
  limit("MappingRule.Value", "identityPool.roleMapping.rules[].value", byRule("value")),
  limit("RoleMapping.AmbiguousRoleResolution", "identityPool.roleMapping.ambiguousRoleResolution", (value) => ({
    identityPool: { roleMapping: { type: "Token", ambiguousRoleResolution: value } },
  })),
  limit(
    "SetPrincipalTagAttributeMapInput.PrincipalTags{key}",
    "identityPool.principalTags",
    (value) => ({ identityPool: { principalTags: { [value]: "given_name" } } }),
    TAGS,
  ),
];

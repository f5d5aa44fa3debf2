import { API, absent, type Block, CDK, long, PROVIDER, refused, rule, written } from "./rule";

const POOL = "cognito_user_pool";
const sesIdentityArn = "arn:aws:ses:eu-west-1:111122223333:identity/acme.com";
const from = "auth@acme.com";
const email = { sesIdentityArn, from };
const mailOf = (pool: Block): Block => pool.email_configuration ?? {};
const ownSender = (argument: string) => (pool: Block) =>
  mailOf(pool)[argument] === undefined || mailOf(pool).email_sending_account === "DEVELOPER";
const TEMPLATE = "the verification template is written instead";

export const mail = [
  rule(
    "ses-needs-an-identity",
    "A sender of one's own has an SES identity.",
    API("EmailSendingAccount", "EmailConfigurationType"),
    written(
      "sesIdentityArn is required in email",
      POOL,
      (pool) => mailOf(pool).email_sending_account !== "DEVELOPER" || mailOf(pool).source_arn !== undefined,
      { email_configuration: { email_sending_account: "DEVELOPER" } },
    ),
  ),
  rule(
    "from-needs-ses",
    "A sender's address needs SES.",
    PROVIDER("email_configuration"),
    written("all of email is written together", POOL, ownSender("from_email_address"), {
      email_configuration: { from_email_address: from },
    }),
  ),
  rule(
    "configuration-set-needs-ses",
    "A configuration set needs SES.",
    CDK("UserPoolEmail.withSES"),
    written("all of email is written together", POOL, ownSender("configuration_set"), {
      email_configuration: { configuration_set: "auth" },
    }),
  ),
  rule(
    "email-sending-account",
    "E-mail is sent by `COGNITO_DEFAULT` or `DEVELOPER`.",
    API("EmailSendingAccount", "EmailConfigurationType"),
    written(
      "email writes DEVELOPER; without it nothing is written",
      POOL,
      (pool) => [undefined, "COGNITO_DEFAULT", "DEVELOPER"].includes(mailOf(pool).email_sending_account),
      { email_configuration: { email_sending_account: "SES" } },
    ),
  ),
  rule(
    "reply-to-is-an-address",
    "Answers go to an e-mail address.",
    PROVIDER("reply_to_email_address"),
    refused(
      "email.replyTo",
      { email: { ...email, replyTo: "help" } },
      { email: { ...email, replyTo: "help@acme.com" } },
    ),
  ),
  rule(
    "ses-identity-is-an-arn",
    "The SES identity is an ARN.",
    API("SourceArn", "EmailConfigurationType"),
    refused("email.sesIdentityArn", { email: { ...email, sesIdentityArn: "acme.com" } }, { email }),
  ),
  rule(
    "from-is-of-the-identity",
    "The sender's address is of the verified domain.",
    CDK("FromemailContainsDifferentDomain"),
    refused("email.from", { email: { sesIdentityArn, from: "auth@other.com" } }, { email }),
  ),
  rule(
    "ses-region",
    "The SES identity is of a Region that the pool can send from: of its partition.",
    API("SourceArn", "EmailConfigurationType"),
    refused(
      "email.sesIdentityArn",
      { email: { ...email, sesIdentityArn: sesIdentityArn.replace("eu-west-1", "eu-west-9") } },
      { email: { ...email, sesIdentityArn: sesIdentityArn.replace("eu-west-1", "us-east-1") } },
    ),
  ),
  rule(
    "address-in-ascii",
    "An address's part before the @ is in ASCII.",
    CDK("LocalPartEmailAddress"),
    refused("email.from", { email: { sesIdentityArn, from: "jörg@acme.com" } }, { email: { sesIdentityArn, from } }),
  ),
];

export const sms = [
  rule(
    "sms-role-with-external-id",
    "The role for text messages has an external id.",
    PROVIDER("sms_configuration"),
    written(
      "both are written",
      POOL,
      ({ sms_configuration: sms }) => sms === undefined || (sms.sns_caller_arn && sms.external_id) !== undefined,
      { sms_configuration: { sns_caller_arn: "arn" } },
    ),
  ),
  rule(
    "sms-role-is-made",
    "A pool that sends text messages has a role for it.",
    CDK("enableSmsRole"),
    written(
      "the role is made wherever the pool needs it",
      POOL,
      ({ sms_configuration: sms }, { aws_iam_role: roles = {} }) =>
        sms === undefined || Object.keys(roles).some((name) => sms.sns_caller_arn === `\${aws_iam_role.${name}.arn}`),
      { sms_configuration: { sns_caller_arn: "arn:aws:iam::111122223333:role/other" } },
    ),
  ),
  rule(
    "seoul-sends-from-tokyo",
    "A pool of Seoul sends its text messages from Tokyo.",
    API("SnsRegion", "SmsConfigurationType"),
    refused(
      "snsRegion",
      { region: "ap-northeast-2", mfa: "ON", mfaFactors: ["SMS"] },
      { region: "ap-northeast-2", mfa: "ON", mfaFactors: ["SMS"], snsRegion: "ap-northeast-1" },
    ),
  ),
  rule(
    "sms-authentication-code",
    "The text message of a second factor holds `{####}`.",
    API("SmsAuthenticationMessage", "CreateUserPool"),
    refused(
      "mfaMessage.smsMessage",
      { mfaMessage: { smsMessage: "Your code" } },
      { mfaMessage: { smsMessage: "Your code {####}" } },
    ),
  ),
  rule(
    "sms-length",
    "A text message has at most 140 characters.",
    API("SmsMessage", "VerificationMessageTemplateType"),
    refused(
      "verificationMessage.smsMessage",
      { verificationMessage: { smsMessage: long(141, "{####}") } },
      { verificationMessage: { smsMessage: long(140, "{####}") } },
    ),
  ),
];

export const texts = [
  rule(
    "verification-code",
    "The e-mail with a code holds `{####}`, and has 6 to 20,000 characters.",
    API("EmailMessage", "VerificationMessageTemplateType"),
    refused(
      "verificationMessage.emailMessage",
      { verificationMessage: { emailMessage: "Your code" } },
      { verificationMessage: { emailMessage: "Your code {####}" } },
    ),
  ),
  rule(
    "verification-link",
    "The e-mail with a link holds `{##…##}`.",
    API("EmailMessageByLink", "VerificationMessageTemplateType"),
    refused(
      "verificationMessage.emailMessage",
      { verificationMessage: { by: "LINK", emailSubject: "Verify", emailMessage: "Your code {####}" } },
      { verificationMessage: { by: "LINK", emailSubject: "Verify", emailMessage: "Please {##verify##}" } },
    ),
  ),
  rule(
    "subject-length",
    "A subject has at most 140 characters.",
    API("EmailSubject", "VerificationMessageTemplateType"),
    refused(
      "verificationMessage.emailSubject",
      { verificationMessage: { emailSubject: long(141) } },
      { verificationMessage: { emailSubject: long(140) } },
    ),
  ),
  rule(
    "code-or-link",
    "A pool verifies by code or by link, with that text only.",
    API("VerificationMessageTemplateType"),
    written(
      "the text of `by` is written, and no other",
      POOL,
      ({ verification_message_template: template = {} }) =>
        template.default_email_option === "CONFIRM_WITH_LINK"
          ? template.email_message === undefined
          : template.email_message_by_link === undefined,
      { verification_message_template: { default_email_option: "CONFIRM_WITH_LINK", email_message: "{####}" } },
    ),
  ),
  rule(
    "one-email-text",
    "`email_verification_message` is not beside the template's text.",
    PROVIDER("ConflictsWith"),
    absent(TEMPLATE, POOL, "email_verification_message"),
  ),
  rule(
    "verification-options",
    "A pool verifies by code or by link.",
    API("DefaultEmailOption", "VerificationMessageTemplateType"),
    refused(
      "verificationMessage.by",
      { verificationMessage: { by: "PHONE" } },
      { verificationMessage: { by: "LINK" } },
    ),
  ),
  rule(
    "link-needs-a-domain",
    "A link to verify with needs a domain of the pool.",
    "awslabs/aws-api-gateway-developer-portal#72",
    written(
      "every environment has a domain",
      POOL,
      ({ verification_message_template: template }, { aws_cognito_user_pool_domain: domains = {} }) =>
        template?.default_email_option !== "CONFIRM_WITH_LINK" || Object.keys(domains).length > 0,
      { verification_message_template: { default_email_option: "CONFIRM_WITH_LINK" } },
    ),
  ),
  rule(
    "invitation-placeholders",
    "An invitation holds `{username}` and `{####}`.",
    API("MessageTemplateType"),
    refused(
      "invitationMessage.emailMessage",
      { invitationMessage: { emailMessage: "Your password is {####}" } },
      { invitationMessage: { emailMessage: "{username}, your password is {####}" } },
    ),
  ),
  rule(
    "invitation-sms-length",
    "An invitation by text message has at most 140 characters.",
    API("SMSMessage", "MessageTemplateType"),
    refused(
      "invitationMessage.smsMessage",
      { invitationMessage: { smsMessage: long(141, "{username} {####}") } },
      { invitationMessage: { smsMessage: long(140, "{username} {####}") } },
    ),
  ),
  rule(
    "one-sms-text",
    "`sms_verification_message` is not beside the template's text.",
    PROVIDER("ConflictsWith"),
    absent(TEMPLATE, POOL, "sms_verification_message"),
  ),
];

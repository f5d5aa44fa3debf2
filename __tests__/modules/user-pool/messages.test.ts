import type { UserPoolProps } from "../../../modules/user-pool/user-pool";
import { poolWith, refusalOf } from "./pool-with";

const ADDRESS = "arn:aws:ses:eu-west-1:111122223333:identity/auth@acme.com";
const DOMAIN = "arn:aws:ses:eu-west-1:111122223333:identity/acme.com";

it("mail is sent by SES where an identity is named", () => {
  const email = {
    sesIdentityArn: DOMAIN,
    from: "Acme <auth@mail.acme.com>",
    replyTo: "help@acme.com",
    configurationSet: "auth",
  };
  expect(poolWith({ email }).email_configuration).toEqual({
    email_sending_account: "DEVELOPER",
    source_arn: DOMAIN,
    from_email_address: "Acme <auth@mail.acme.com>",
    reply_to_email_address: "help@acme.com",
    configuration_set: "auth",
  });
  expect(poolWith({ email: { sesIdentityArn: ADDRESS } }).email_configuration).toEqual({
    email_sending_account: "DEVELOPER",
    source_arn: ADDRESS,
  });
  expect(poolWith()).not.toHaveProperty("email_configuration");
});

it("an address is proved by a code, or by a link", () => {
  const byCode = { emailSubject: "Code", emailMessage: "It is {####}", smsMessage: "Code {####}" };
  expect(poolWith({ verificationMessage: byCode }).verification_message_template).toEqual({
    default_email_option: "CONFIRM_WITH_CODE",
    email_subject: "Code",
    email_message: "It is {####}",
    sms_message: "Code {####}",
  });
  const byLink = { by: "LINK" as const, emailSubject: "Link", emailMessage: "Click {##here##}" };
  expect(poolWith({ verificationMessage: byLink }).verification_message_template).toEqual({
    default_email_option: "CONFIRM_WITH_LINK",
    email_subject_by_link: "Link",
    email_message_by_link: "Click {##here##}",
  });
});

it("invitations and codes of a second factor have texts of their own", () => {
  const pool = poolWith({
    invitationMessage: { emailSubject: "Hello", emailMessage: "{username}: {####}" },
    mfaMessage: { smsMessage: "Code {####}" },
  });
  expect(pool.admin_create_user_config.invite_message_template).toEqual({
    email_subject: "Hello",
    email_message: "{username}: {####}",
  });
  expect(pool.sms_authentication_message).toBe("Code {####}");
});

it.each([
  [
    { verificationMessage: { emailMessage: "Dear ${username} {####}" } },
    "verificationMessage.emailMessage",
    "a text of 6 to 20000 visible characters, plain blanks and line ends; without ${ and %{",
  ],
  [{ snsRegion: "eu-west-1" }, "snsRegion", "nothing without text messages"],
  [
    { mfaMessage: { emailMessage: "Code {####}" } },
    "mfaMessage",
    "texts of e-mail only beside the second factor EMAIL",
  ],
  [{ email: { sesIdentityArn: "acme.com" } }, "email.sesIdentityArn", "an SES identity ARN"],
  [{ email: { sesIdentityArn: DOMAIN.replace("eu-west-1", "-k-3") } }, "email.sesIdentityArn", "an SES identity ARN"],
  [{ email: { sesIdentityArn: DOMAIN.replace("aws", "aws-cn") } }, "email.sesIdentityArn", "an SES identity ARN"],
  [{ email: { sesIdentityArn: DOMAIN } }, "email.from", "an address of acme.com, because the identity is a domain"],
  [{ email: { sesIdentityArn: DOMAIN, from: "auth@notacme.com" } }, "email.from", "an address of acme.com"],
  [{ email: { sesIdentityArn: ADDRESS, from: "other@acme.com" } }, "email.from", "the address of the identity"],
  [
    { email: { sesIdentityArn: DOMAIN, from: "jürgen@acme.com" } },
    "email.from",
    "an e-mail address, or Name <address>",
  ],
  [{ email: { sesIdentityArn: DOMAIN, from: "a@acme.com", replyTo: "acme" } }, "email.replyTo", "an e-mail address"],
  [
    { verificationMessage: { emailMessage: "no code in it" } },
    "verificationMessage.emailMessage",
    "a text that holds {####}",
  ],
  [
    { verificationMessage: { emailMessage: "Click {##here##}" } },
    "verificationMessage.emailMessage",
    "a text that holds {####}, the code",
  ],
  [
    { verificationMessage: { by: "LINK", emailMessage: "It is {####}" } },
    "verificationMessage.emailMessage",
    "a text that holds {##…##}",
  ],
  [
    { verificationMessage: { smsMessage: "Code" } },
    "verificationMessage.smsMessage",
    "a text of 6 to 140 characters on one line, which holds {####}",
  ],
  [
    { verificationMessage: { emailSubject: "a\nb" } },
    "verificationMessage.emailSubject",
    "a text of 1 to 140 visible characters and blanks on one line",
  ],
  [
    { invitationMessage: { emailMessage: "Your code is {####}" } },
    "invitationMessage.emailMessage",
    "a text of 6 to 20000 visible characters, plain blanks and line ends, which holds {username} and {####}",
  ],
  [
    { mfaMessage: { smsMessage: `{####}${"a".repeat(140)}` } },
    "mfaMessage.smsMessage",
    "a text of 6 to 140 characters",
  ],
])("%j is refused", (props, field, allowed) => {
  const refusal = refusalOf(props as Partial<UserPoolProps>);
  expect(refusal).toContain(`field "${field}"`);
  expect(refusal).toContain(`allowed: ${allowed}`);
});

describe("the sender's name", () => {
  const sent = (from: string) =>
    poolWith({ email: { sesIdentityArn: DOMAIN, from } }).email_configuration.from_email_address;

  it("is written as it is in ASCII", () => {
    for (const from of ["auth@acme.com", "Acme <auth@acme.com>", '"Acme, Inc." <auth@acme.com>']) {
      expect(sent(from)).toBe(from);
    }
  });

  it("is encoded otherwise, as RFC 2047 says", () => {
    expect(sent("Müller <auth@acme.com>")).toBe("=?UTF-8?B?TcO8bGxlcg==?= <auth@acme.com>");
    expect(sent('"Müller, Söhne" <auth@acme.com>')).toBe("=?UTF-8?B?TcO8bGxlciwgU8O2aG5l?= <auth@acme.com>");
  });

  it("is cut between characters into words of at most 75 characters", () => {
    const name = "株式会社アクメ・サービス・認証センター😀😀";
    const words = sent(`${name} <auth@acme.com>`).replace(" <auth@acme.com>", "").split(" ");
    expect(Math.max(...words.map((word: string) => word.length))).toBeLessThanOrEqual(75);
    const texts = words.map((word: string) => Buffer.from(word.slice(10, -2), "base64").toString());
    expect(texts.join("")).toBe(name);
  });
});

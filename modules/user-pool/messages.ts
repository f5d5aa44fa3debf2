import { z } from "zod";
import { fields, literal, oneOf, region, text } from "../setting/kinds";
import type { Problem } from "../setting/problems";
import { partitionOf } from "../setting/regions";
import { type Complete, defined, optional } from "../setting/setting";

/*
 * The characters of each text are those of the API's patterns: "VerificationMessageTemplateType", "MessageTemplateType" and "EmailMfaConfigType",
 * Cognito API reference. They leave out what is invisible, such as the joiners of composed emoji, and blanks other than the plain one.
 */
const VISIBLE = "\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}";
const MAIL = {
  characters: new RegExp(`^[${VISIBLE} \\t\\n\\v\\f\\r]*$`, "u"),
  of: "visible characters, plain blanks and line ends",
};
const ONE_LINE = { characters: /^[^\n\r\u2028\u2029]*$/u, of: "characters on one line" };
const ANY = { characters: /^/, of: "characters" };

/** A text that holds every one of these placeholders. */
const template = (longest: number, { characters, of }: typeof MAIL, ...placeholders: readonly string[]) => {
  const allowed = `a text of 6 to ${longest} ${of}${placeholders.length > 0 ? `, which holds ${placeholders.join(" and ")}` : ""}`;
  return literal(z.string({ error: allowed }), allowed).refine(
    (value) =>
      value.length >= 6 &&
      value.length <= longest &&
      characters.test(value) &&
      placeholders.every((placeholder) => value.includes(placeholder)),
    { error: allowed },
  );
};
const LINK = /\{##[\s\S]+##\}/;
const subject = text(
  new RegExp(`^[${VISIBLE} ]{1,140}$`, "u"),
  "a text of 1 to 140 visible characters and blanks on one line",
).optional();
const CODE = "{####}";
const mail = (...placeholders: readonly string[]) => template(20_000, MAIL, ...placeholders).optional();
const sms = (characters: typeof MAIL, ...placeholders: readonly string[]) =>
  template(140, characters, ...placeholders).optional();
const USERNAME = "{username}";
const SOURCE = "Cognito API reference";

const address = /^[!-~]+@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i;
const SENDER_NAME = /^[^\p{C}<>]*<([^<>]+)>$/u;
const SENDER = "an e-mail address, or Name <address>";

export const messageSettings = {
  email: optional(
    fields(
      {
        /** SES identity that sends: an address or a domain that is verified. */
        sesIdentityArn: text(
          /^arn:aws[a-z-]*:ses:[a-z0-9-]+:\d{12}:identity\/\S+$/,
          "an SES identity ARN such as arn:aws:ses:eu-west-1:111122223333:identity/example.com",
        ),
        /** Sender, within that identity. @default the identity, if it is an address */
        from: z
          .string({ error: SENDER })
          .refine((value) => address.test(SENDER_NAME.exec(value)?.[1] ?? value), { error: SENDER })
          .optional(),
        replyTo: text(address, "an e-mail address").optional(),
        configurationSet: text(/^[\w-]{1,64}$/, "1 to 64 letters, digits, hyphens and underscores").optional(),
      },
      "{ sesIdentityArn, from, replyTo, configurationSet }",
    ),
    {
      doc: "`{ sesIdentityArn, from, replyTo, configurationSet }`: messages are sent by SES",
      none: "Cognito's own sender, 50 messages a day",
      source: `"EmailConfigurationType", ${SOURCE}; "Quotas", Cognito developer guide`,
    },
  ),
  snsRegion: optional(region, {
    doc: "Region that text messages are sent from",
    none: "the pool's",
    source: `"SnsRegion" of SmsConfigurationType, ${SOURCE}`,
  }),
  verificationMessage: optional(
    fields(
      {
        /** Whether the user types a code or opens a link, which needs a hosted domain. @default CODE */
        by: oneOf(["CODE", "LINK"]).optional(),
        emailSubject: subject,
        emailMessage: mail(),
        smsMessage: sms(ONE_LINE, CODE),
      },
      "{ by, emailSubject, emailMessage, smsMessage }",
    ),
    {
      doc: "`{ by, emailSubject, emailMessage, smsMessage }` that proves an address, `by` a `CODE` (`{####}`) or a `LINK` (`{##…##}`)",
      none: "Cognito's own, by code",
      source: `"VerificationMessageTemplateType", ${SOURCE}`,
    },
  ),
  invitationMessage: optional(
    fields(
      { emailSubject: subject, emailMessage: mail(USERNAME, CODE), smsMessage: sms(ANY, USERNAME, CODE) },
      "{ emailSubject, emailMessage, smsMessage }",
    ),
    {
      doc: "`{ emailSubject, emailMessage, smsMessage }` to an account that an administrator makes, with `{username}` and `{####}`",
      none: "Cognito's own",
      source: `"MessageTemplateType", ${SOURCE}`,
    },
  ),
  mfaMessage: optional(
    fields(
      { emailSubject: subject, emailMessage: mail(CODE), smsMessage: sms(ONE_LINE, CODE) },
      "{ emailSubject, emailMessage, smsMessage }",
    ),
    {
      doc: "`{ emailSubject, emailMessage, smsMessage }` with the code of a second factor, `{####}`",
      none: "Cognito's own",
      source: `"EmailMfaConfigType", "SmsMfaConfigType", ${SOURCE}`,
    },
  ),
};

type MessageSettings = Complete<typeof messageSettings>;

/** The pool's arguments; e-mail as a second factor is one of them. */
export function messageArguments(settings: MessageSettings, hasEmailFactor: boolean) {
  const { email, verificationMessage, invitationMessage, mfaMessage } = settings;
  return defined({
    emailConfiguration:
      email &&
      defined({
        emailSendingAccount: "DEVELOPER",
        sourceArn: email.sesIdentityArn,
        fromEmailAddress: email.from,
        replyToEmailAddress: email.replyTo,
        configurationSet: email.configurationSet,
      }),
    verificationMessageTemplate: verificationMessage && verificationTemplate(verificationMessage),
    smsAuthenticationMessage: mfaMessage?.smsMessage,
    emailMfaConfiguration: hasEmailFactor
      ? defined({ message: mfaMessage?.emailMessage, subject: mfaMessage?.emailSubject })
      : undefined,
    inviteMessageTemplate: invitationMessage && defined(invitationMessage),
  });
}

function verificationTemplate(message: NonNullable<MessageSettings["verificationMessage"]>) {
  const { by = "CODE", emailSubject, emailMessage, smsMessage } = message;
  const mail =
    by === "LINK"
      ? { emailSubjectByLink: emailSubject, emailMessageByLink: emailMessage }
      : { emailSubject, emailMessage };
  return defined({ defaultEmailOption: `CONFIRM_WITH_${by}`, smsMessage, ...mail });
}

export function messageProblems({ email, verificationMessage }: MessageSettings): Problem[] {
  const { by = "CODE", emailMessage } = verificationMessage ?? {};
  const path = ["verificationMessage", "emailMessage"];
  return [
    ...(emailMessage !== undefined && by === "LINK" && !LINK.test(emailMessage)
      ? [{ path, value: emailMessage, allowed: "a text that holds {##…##}, the link's text, because of by: LINK" }]
      : []),
    ...(emailMessage !== undefined && by === "CODE" && !emailMessage.includes(CODE)
      ? [{ path, value: emailMessage, allowed: "a text that holds {####}, the code" }]
      : []),
    ...(email ? senderProblems(email) : []),
  ];
}

/** What is wrong with the places that messages are sent from, for a pool of this Region. */
export function messagePlaceProblems(
  { email, snsRegion }: MessageSettings,
  region: string,
  sendsTexts: boolean,
): Problem[] {
  const [, partition, , sesRegion = ""] = email?.sesIdentityArn.split(":") ?? [];
  const isElsewhere = email && (partition !== partitionOf(region) || partitionOf(sesRegion) !== partition);
  return [
    ...(isElsewhere
      ? [
          {
            path: ["email", "sesIdentityArn"],
            value: email.sesIdentityArn,
            allowed: `an identity of a Region of the partition ${partitionOf(region)}`,
          },
        ]
      : []),
    ...(region === SEOUL && sendsTexts && snsRegion !== TOKYO
      ? [{ path: ["snsRegion"], value: snsRegion, allowed: `${TOKYO}, because the pool's Region ${SEOUL} sends none` }]
      : []),
  ];
}

/** "SnsRegion" of SmsConfigurationType, Cognito API reference. */
const [SEOUL, TOKYO] = ["ap-northeast-2", "ap-northeast-1"] as const;

/** SES sends for the verified identity only: an address, or any address of a domain and its subdomains. */
function senderProblems({ sesIdentityArn, from }: NonNullable<MessageSettings["email"]>): Problem[] {
  const identity = sesIdentityArn.slice(sesIdentityArn.indexOf("identity/") + "identity/".length).toLowerCase();
  if (identity.includes("@")) {
    if (from === undefined || addressOf(from) === identity) return [];
    return [{ path: ["email", "from"], value: from, allowed: `the address of the identity, ${identity}` }];
  }
  if (from === undefined) {
    return [
      { path: ["email", "from"], value: from, allowed: `an address of ${identity}, because the identity is a domain` },
    ];
  }
  const domain = addressOf(from).split("@").at(-1) ?? "";
  if (domain === identity || domain.endsWith(`.${identity}`)) return [];
  return [{ path: ["email", "from"], value: from, allowed: `an address of ${identity}, the domain of the identity` }];
}

function addressOf(sender: string): string {
  return (SENDER_NAME.exec(sender)?.[1] ?? sender).toLowerCase();
}

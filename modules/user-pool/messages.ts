import { z } from "zod";
import { address, addressOf, fields, literal, oneOf, region, sender, sesIdentityArn, text } from "../setting/kinds";
import type { Problem } from "../setting/problems";
import { isOfPartition, partitionOf } from "../setting/regions";
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
/** The subject and the text of any e-mail. */
export const mailSubject = text(
  new RegExp(`^[${VISIBLE} ]{1,140}$`, "u"),
  "a text of 1 to 140 visible characters and blanks on one line",
);
export const mailText = template(20_000, MAIL);
const OWN = { leftOut: "Cognito's own" };
const subject = mailSubject.optional().meta(OWN);
const CODE = "{####}";
const mail = (...placeholders: readonly string[]) =>
  template(20_000, MAIL, ...placeholders)
    .optional()
    .meta(OWN);
const sms = (characters: typeof MAIL, ...placeholders: readonly string[]) =>
  template(140, characters, ...placeholders)
    .optional()
    .meta(OWN);
const USERNAME = "{username}";
const SOURCE = "Cognito API reference";

export const messageSettings = {
  email: optional(
    fields(
      {
        /** SES identity that sends: an address or a domain that is verified. */
        sesIdentityArn,
        /** Sender, within that identity. @default the identity, if it is an address */
        from: sender.optional().meta({ leftOut: "the identity, if it is an address" }),
        replyTo: address.optional().meta({ leftOut: "none" }),
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
        by: oneOf(["CODE", "LINK"]).optional().meta({ leftOut: "CODE" }),
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
        fromEmailAddress: encodedSender(email.from),
        replyToEmailAddress: email.replyTo,
        configurationSet: email.configurationSet,
      }),
    verificationMessageTemplate: verificationMessage && verificationTemplate(verificationMessage),
    smsAuthenticationMessage: mfaMessage?.smsMessage,
    emailMfaConfiguration: hasEmailFactor
      ? defined({ message: mfaMessage?.emailMessage, subject: mfaMessage?.emailSubject })
      : undefined,
    // A block that says nothing is none to AWS, and would be a difference in every plan.
    inviteMessageTemplate: hasValue(invitationMessage) ? defined(invitationMessage) : undefined,
  });
}

function hasValue<T extends object>(message: T | undefined): message is T {
  return Object.values(message ?? {}).some((text) => text !== undefined);
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
    ...(email ? senderProblems(email.sesIdentityArn, email.from, ["email", "from"]) : []),
  ];
}

const [SEOUL, TOKYO] = ["ap-northeast-2", "ap-northeast-1"];

/** What Cognito sends by is of the pool's partition, and where AWS says so of one Region: "SnsRegion" of SmsConfigurationType. */
export function messageRegionProblems(
  { email, snsRegion }: Pick<MessageSettings, "email" | "snsRegion">,
  sendsTexts: boolean,
  region: string,
): Problem[] {
  const partition = partitionOf(region);
  const sesRegion = email?.sesIdentityArn.split(":")[3] ?? "";
  return [
    ...(email && (!isOfPartition(email.sesIdentityArn, region) || partitionOf(sesRegion) !== partition)
      ? [
          {
            path: ["email", "sesIdentityArn"],
            value: email.sesIdentityArn,
            allowed: `an identity of the partition ${partition}, in one of its Regions`,
          },
        ]
      : []),
    ...(snsRegion !== undefined && partitionOf(snsRegion) !== partition
      ? [{ path: ["snsRegion"], value: snsRegion, allowed: `a Region of the partition ${partition}` }]
      : []),
    ...(sendsTexts && region === SEOUL && snsRegion !== TOKYO
      ? [
          {
            path: ["snsRegion"],
            value: snsRegion,
            allowed: `${TOKYO}: pools in ${SEOUL} send text messages from there`,
          },
        ]
      : []),
  ];
}

/** Bytes of a name in one encoded word: at most 75 characters with `=?UTF-8?B?` and `?=`, in base64. */
const ENCODED_WORD = 45;

/**
 * A sender as the header of a message has it. A name in other characters than ASCII is written as encoded words: "Source" of SendEmail, SES API
 * reference; RFC 2047, sections 2 and 5. What is ASCII stays as it is.
 */
export function encodedSender(from: string | undefined): string | undefined {
  const address = from === undefined ? "" : addressOf(from);
  if (from === undefined || address === from || /^[ -~]*$/.test(from)) return from;
  const name = from
    .slice(0, from.lastIndexOf("<"))
    .trim()
    .replace(/^"(.*)"$/u, "$1");
  const words: string[] = [];
  for (const character of name) {
    const last = words.at(-1) ?? "";
    // A character is in one word.
    if (words.length > 0 && Buffer.byteLength(last + character) <= ENCODED_WORD)
      words[words.length - 1] = last + character;
    else words.push(character);
  }
  const encoded = words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString("base64")}?=`);
  return `${encoded.join(" ")} <${address}>`;
}

/** SES sends for the verified identity only: an address, or any address of a domain and its subdomains. */
export function senderProblems(sesIdentityArn: string, from: string | undefined, path: readonly string[]): Problem[] {
  const identity = sesIdentityArn.slice(sesIdentityArn.indexOf("identity/") + "identity/".length).toLowerCase();
  const sent = from === undefined ? undefined : addressOf(from).toLowerCase();
  if (identity.includes("@")) {
    if (sent === undefined || sent === identity) return [];
    return [{ path, value: from, allowed: `the address of the identity, ${identity}` }];
  }
  if (sent === undefined) {
    return [{ path, value: from, allowed: `an address of ${identity}, because the identity is a domain` }];
  }
  const domain = sent.split("@").at(-1) ?? "";
  if (domain === identity || domain.endsWith(`.${identity}`)) return [];
  return [{ path, value: from, allowed: `an address of ${identity}, the domain of the identity` }];
}

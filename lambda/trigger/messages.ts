/** Messages to the user about a refused sign-up. Cognito shows "PreSignUp failed with error <text>", with one full stop. */
export const MESSAGES = {
  usernameTaken: "The username is already registered.",
  emailTaken: "The email is already registered.",
  emailNotLinked:
    "The email is already registered, and this sign-in cannot be linked to that account. Sign in the way you did before.",

  usernameMissing: "A username is required.",
  usernameTooLong: "The username is too long.",
  usernameInvisible: "The username contains invisible characters, or ones that are not known here. Leave them out.",
  usernameBlank: "The username may not start or end with a space, or contain any other kind of blank.",
  usernameCompatibility:
    "The username contains special forms of letters, digits or signs, such as full-width ones. Write it with plain ones.",
  usernameCase:
    'The username contains letters whose capitals have another small spelling. Write "ss" for "ß" and "i" for "ı".',
  usernameDomain: "The username may not contain a domain that is not in plain ASCII letters.",

  emailMissing: "An email is required.",
  emailTooLong: "The email is too long.",
  emailInvisible: "The email contains invisible characters, or ones that are not known here. Leave them out.",
  emailBlank: "The email may not start or end with a space, or contain any other kind of blank.",
  emailCompatibility:
    "The email contains special forms of letters, digits or signs, such as full-width ones. Write it with plain ones.",
  emailCase:
    'The email contains letters whose capitals have another small spelling. Write "ss" for "ß" and "i" for "ı".',
  emailDomainForm:
    "Write the domain of the email in its usual form, such as example.com: without a dot at its end, % or other signs.",
  emailDomain: "Write the domain of the email in plain ASCII letters; an international domain has a form with xn--.",

  phoneTaken: "The phone number is already registered.",
  phoneMissing: "A phone number is required.",
  phoneForm:
    "Write the phone number in its international form, such as +442079460123: a plus sign and digits only, without the prefix that is dialled inside the country.",
  emailOrPhoneMissing: "An email or a phone number is required.",
  preferredUsernameGiven: "A preferred username can be chosen only after the sign-up.",

  unavailable: "Sign-up is not possible at the moment. Please try again in a few minutes.",
} as const;

/** Why a sign-up is refused. */
export type Reason = keyof typeof MESSAGES;

export type Messages = Readonly<Record<Reason, string>>;

/** One text for all, for deployments that must not reveal which of them is registered. */
const NEITHER = "This username or email cannot be used. Choose another one, or sign in if you already have an account.";
export const NEUTRAL: Pick<Messages, "usernameTaken" | "emailTaken"> = { usernameTaken: NEITHER, emailTaken: NEITHER };

/** The same where phone numbers are kept unique. */
const NONE = "These sign-up details cannot be used. Choose others, or sign in if you already have an account.";
export const NEUTRAL_WITH_PHONE: Pick<Messages, "usernameTaken" | "emailTaken" | "phoneTaken"> = {
  usernameTaken: NONE,
  emailTaken: NONE,
  phoneTaken: NONE,
};

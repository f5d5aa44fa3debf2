/** Stands for a value that must not be shown. */
export const SENSITIVE = "(sensitive)";

/** Last words of the names of secrets, for values that are not marked as sensitive. */
const SECRETS = [
  "secret",
  "secrets",
  "password",
  "passwords",
  "passwd",
  "passphrase",
  "token",
  "tokens",
  "credential",
  "credentials",
  "api key",
  "access key",
  "private key",
  "secret key",
  "secret value",
  "secret string",
  "connection string",
  "authorization",
];

/** Whether a name ends like that of a secret: `client_secret`, `DB_PASSWORD`, `apiKey`; not `token_validity_units`. */
export function isSecretName(name: string): boolean {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(Boolean);
  return SECRETS.includes(words.slice(-1).join(" ")) || SECRETS.includes(words.slice(-2).join(" "));
}

/** A text without the password of a URL that is in it. */
export function withoutUrlPasswords(text: string): string {
  return text.replaceAll(/(\b[a-z][a-z\d+.-]*:\/\/[^/\s:@]*:)[^/\s@]+@/gi, `$1${SENSITIVE}@`);
}

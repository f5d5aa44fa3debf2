/** Attributes that are compared or carried over by name. */
const ATTRIBUTES = ["sub", "email", "email_verified", "phone_number", "phone_number_verified"];

const plain = (name: string) =>
  name
    .normalize("NFKC")
    .replace(/^cognito:/i, "")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();

/**
 * What a name must be instead: an attribute that is only nearly called `email` would be carried over and never compared. Undefined where it is right, or
 * where `all` has the right one, too.
 */
export function nearlyCalled(name: string, all: readonly string[], more: readonly string[] = []): string | undefined {
  const meant = [...more, ...ATTRIBUTES].find((known) => plain(known) === plain(name));
  return meant === undefined || meant === name || all.includes(meant) ? undefined : meant;
}

import { isSecretName, withoutUrlPasswords } from "../../review/secrets";

it.each([
  ...["client_secret", "UserPoolClientSecret", "DB_PASSWORD", "apiKey", "x-api-key", "secret_access_key", "token"],
  ...["GITHUB_TOKEN", "private_key", "credentials", "secretString", "passphrase", "Authorization"],
])("%s is the name of a secret", (name) => {
  expect(isSecretName(name)).toBe(true);
});

it.each([
  ...["token_validity_units", "enable_token_revocation", "password_policy", "temporary_password_validity_days"],
  ...["pre_token_generation", "kms_key_id", "secret_arn", "key", "hash_key", "tokenizer", "name", ""],
])("%s is not", (name) => {
  expect(isSecretName(name)).toBe(false);
});

it("takes the password out of a URL, and nothing else", () => {
  expect(withoutUrlPasswords("postgres://me:hush@db:5432/x?y=1")).toBe("postgres://me:(sensitive)@db:5432/x?y=1");
  for (const text of ["https://example.com:8443/a@b", "arn:aws:iam::1:role/x", "a@b.c"]) {
    expect(withoutUrlPasswords(text)).toBe(text);
  }
});

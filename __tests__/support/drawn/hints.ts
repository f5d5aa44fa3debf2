import fc from "fast-check";

/*
 * Values of fields whose schema does not say in its kind and pattern what is allowed, and of those that have to fit together for an environment
 * to be more than refused. `<field>{}` is for the keys of a record. Half of them are never right together: the rules have something to refuse.
 */

const REGION = "eu-west-1";
const url = fc.oneof(
  fc.webUrl({ validSchemes: ["https"] }),
  fc.constantFrom("https://acme.com/auth", "http://localhost:3000/auth", "http://[::1]/", "my-app://auth", "myapp:/x"),
  fc.constantFrom(
    "http://acme.com",
    "https://acme.com/#x",
    "javascript:alert(1)",
    "https://user@acme.com",
    "https://ä.example/ü",
  ),
);
const attribute = fc.constantFrom(
  ...["email", "email_verified", "name", "nickname", "picture", "phone_number", "phone_number_verified", "address"],
  ...["birthdate", "updated_at", "custom:plan", "dev:custom:plan", "sub", "Email"],
);
const scope = fc.constantFrom(
  ...[
    "openid",
    "email",
    "profile",
    "phone",
    "aws.cognito.signin.user.admin",
    "orders/read",
    "orders/write",
    "orders/a/b",
  ],
);
/** A text with these placeholders somewhere in it. */
const template = fc
  .tuple(
    fc.string({ maxLength: 30 }),
    fc.string({ maxLength: 30 }),
    fc.constantFrom("{####}", "{username} {####}", "{##Open##}", ""),
  )
  .map(([before, after, placeholder]) => `${before}${placeholder}${after}`);
const region = fc.oneof(
  { weight: 9, arbitrary: fc.constant(REGION) },
  { weight: 1, arbitrary: fc.constantFrom("us-east-1", "cn-north-1", "us-gov-west-1", "eu-west-9") },
);

/** Addresses are those of the environment's resources. */
const adopted = fc.constantFrom(
  {},
  { imports: { "aws_cognito_user_pool.user_pool": "eu-west-1_AbCdEfGhI" } },
  { keep: { "aws_cognito_user_pool.user_pool": { "username_configuration.case_sensitive": true, schema: null } } },
  { keep: { pool: {} } },
);

export const HINTS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  adopted,
  region,
  snsRegion: region,
  applicationUrls: fc.uniqueArray(url, { minLength: 1, maxLength: 4 }),
  callbackUrls: fc.uniqueArray(url, { minLength: 1, maxLength: 4 }),
  logoutUrls: fc.uniqueArray(url, { minLength: 1, maxLength: 4 }),
  scopes: fc.oneof(
    fc.uniqueArray(scope, { minLength: 1, maxLength: 4 }),
    fc.dictionary(fc.constantFrom("read", "write", "a:b", "x/y"), fc.string({ minLength: 1 }), {
      noNullPrototype: true,
    }),
  ),
  readAttributes: fc.uniqueArray(attribute, { minLength: 1 }),
  writeAttributes: fc.uniqueArray(attribute, { minLength: 1 }),
  from: fc.constantFrom("auth@acme.com", "Acme <auth@acme.com>", "auth@mail.acme.com", "auth@other.com"),
  replyTo: fc.constantFrom("help@acme.com", "Help@Acme.com", "help"),
  emailMessage: template,
  smsMessage: template,
};

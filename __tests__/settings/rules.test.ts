import { SettingsError } from "../../settings/problems";
import { loadProject } from "../../settings/project";
import type { EnvironmentSettings, ProjectSettings } from "../../settings/schema";
import { environment, synthesized } from "../support/synth";

const KEY = "key/1234abcd-12ab-34cd-56ef-1234567890ab";
const OLD_POOL = { userPoolId: "eu-west-1_OldPool01", clientId: "1oldclient" };

function problemsOf(settings: EnvironmentSettings, project: Partial<ProjectSettings> = {}, name = "live"): string[] {
  try {
    loadProject({ project: "acme", region: "eu-west-1", environments: { [name]: settings }, ...project });
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return [...error.problems];
    throw error;
  }
}

const refused = (field: string, value: string, allowed: string) => [
  `environment "live", field "${field}": ${value} is not allowed; allowed: ${allowed}`,
];

describe("names", () => {
  const project = "p".repeat(30);
  const name = "e".repeat(20);

  it("of the longest project and environment are refused where a function's name gets too long", () => {
    const [problem] = problemsOf(
      { migrateFrom: OLD_POOL },
      { project, environments: { [name]: { migrateFrom: OLD_POOL } } },
    );
    expect(problem).toMatch(
      /-user-migration" is not allowed; allowed: a function name of at most 64 characters.* by 2 /,
    );
  });

  it("of the longest project and environment are fine without that function", () => {
    const longest = { project, environments: { [name]: {} } };
    expect(problemsOf({}, longest)).toEqual([]);
    expect(Object.keys(synthesized({ region: "eu-west-1", ...longest }))).toEqual(["state", name]);
  });

  it("of the longest project and environment are refused where a role's name gets too long", () => {
    const [problem, ...more] = problemsOf({}, { project, environments: { [name]: { identityPool: {} } } });
    expect(problem).toMatch(/-authenticated" is not allowed; allowed: a role name of at most 64 characters.* by 1 /);
    expect(more).toEqual([]);
    const shorter = { region: "eu-west-1", project: project.slice(1), environments: { [name]: { identityPool: {} } } };
    expect(Object.keys(synthesized(shorter))).toEqual(["state", name]);
  });

  it("of an environment are none that cdktf cannot make a stack of", () => {
    expect(problemsOf({}, {}, "constructor")).toEqual([
      expect.stringMatching(/^environment "constructor": "constructor" is not allowed; .*; not state, default or/),
    ]);
  });
});

describe("application URLs", () => {
  it("differ by more than what is taken off them", () => {
    expect(problemsOf({ applicationUrls: ["https://acme.com", "https://acme.com/"] })).toEqual(
      refused(
        "applicationUrls",
        '["https://acme.com","https://acme.com/"]',
        "URLs that differ by more than a / at the end",
      ),
    );
  });

  it("leave room for what is added to them", () => {
    const url = "https://acme.com/".padEnd(1017, "a");
    expect(problemsOf({ applicationUrls: [url] })).toEqual([]);
    expect(Object.keys(environment({ applicationUrls: [url] }).resource)).toContain("aws_cognito_user_pool_client");
    expect(problemsOf({ applicationUrls: [`${url}a`] })).toEqual([expect.stringContaining("at most 1017 characters")]);
  });
});

describe("URLs that only WHATWG's parser takes", () => {
  it.each(["https:acme.com/auth", "https:\\\\acme.com", "https:/acme.com", "https:///acme.com", "http:localhost"])(
    "%s is refused",
    (url) => {
      expect(problemsOf({ callbackUrls: [url] })).toEqual([expect.stringContaining('field "callbackUrls[0]"')]);
    },
  );

  it.each(["https://acme.com", "HTTPS://acme.com:8443/a?b=c", "http://[::1]:3000/a", "https://ä.de/auth"])(
    "%s is not",
    (url) => {
      expect(problemsOf({ callbackUrls: [url] })).toEqual([]);
    },
  );
});

describe("preferred usernames that users sign in with", () => {
  const aliasAttributes: EnvironmentSettings["aliasAttributes"] = ["email", "preferred_username"];
  const field = "standardAttributes.preferred_username";
  const allowed =
    "neither required nor immutable, because users sign in with it: Cognito takes a preferred username only after the sign-up";

  it.each([{ required: true }, { mutable: false }])("cannot be %j", (preferred_username) => {
    const settings = { standardAttributes: { preferred_username } };
    expect(problemsOf({ ...settings, aliasAttributes })).toEqual(
      refused(field, JSON.stringify(preferred_username), allowed),
    );
    expect(problemsOf(settings)).toEqual([]);
  });

  it("cannot come from an identity provider", () => {
    const okta = { type: "OIDC", clientId: "a", issuer: "https://acme.okta.com" } as const;
    const identityProviders = { Okta: { ...okta, attributeMapping: { preferred_username: "login" } } };
    expect(problemsOf({ identityProviders, aliasAttributes })).toEqual([
      expect.stringContaining('field "identityProviders.Okta.attributeMapping.preferred_username": '),
    ]);
    expect(problemsOf({ identityProviders })).toEqual([]);
  });
});

it("an identity provider of a pool in which users have phone numbers only tells them", () => {
  const saml = { type: "SAML", metadataUrl: "https://acme.com/saml" } as const;
  const settings = { usernameAttributes: ["phone_number"], accountRecovery: ["verified_phone_number"] } as const;
  const withMapping = (attributeMapping: Record<string, string>): EnvironmentSettings => ({
    usernameAttributes: [...settings.usernameAttributes],
    accountRecovery: [...settings.accountRecovery],
    identityProviders: { Acme: { ...saml, attributeMapping } },
  });
  expect(problemsOf(withMapping({}))).toEqual([
    'environment "live", field "identityProviders.Acme.attributeMapping.phone_number": it is missing; allowed: the provider\'s claim for it, because users sign in with their phone number',
  ]);
  expect(problemsOf(withMapping({ phone_number: "phone" }))).toEqual([]);
  // Named only: how they are mapped is not known.
  expect(problemsOf({ ...withMapping({}), identityProviders: ["Acme"] })).toEqual([]);
});

it("tags of a session differ by more than letter case", () => {
  const problems = problemsOf({ identityPool: { principalTags: { Team: "custom:a", team: "custom:b" } } });
  expect(problems).toEqual([expect.stringContaining("keys differ by more than letter case")]);
});

describe("values that have no JSON", () => {
  const circular: Record<string, unknown> = {};
  circular.itself = circular;

  it.each([
    [512n, "512n"],
    [circular, "[object Object]"],
    [Symbol("x"), "Symbol(x)"],
  ])("are refused like any other: %p", (memorySize, shown) => {
    const problems = problemsOf({ memorySize } as unknown as EnvironmentSettings);
    expect(problems).toEqual(refused("memorySize", shown, "a whole number of MB, 128 to 10240"));
  });

  it("are refused in a style, too", () => {
    const problems = problemsOf({ managedLogin: { settings: circular } } as unknown as EnvironmentSettings);
    expect(problems).toEqual([
      expect.stringContaining('field "managedLogin.settings": [object Object] is not allowed'),
    ]);
  });
});

it.each(["nothing.png", "modules/setting.png", "main.ts/logo.png", "a\0b.png"])(
  "a file that is none is refused: %j",
  (logoFile) => {
    expect(problemsOf({ uiCustomization: { logoFile } })).toEqual([
      expect.stringContaining("allowed: the path of a file that is there"),
    ]);
  },
);

describe("the default domain prefix", () => {
  it("is blamed on the project's name where that breaks it everywhere, once", () => {
    const problems = problemsOf({}, { project: "aws-acme", environments: { dev: {}, prod: {} } });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^project settings, field "project": "aws-acme" is not allowed/);
    expect(problems[0]).toContain('the hosted domain\'s prefix is made of it ("aws-acme-dev-v2"), or set domainPrefix');
  });

  it("is blamed on the environment's name where that breaks it", () => {
    const problems = problemsOf({}, { environments: { dev: {}, cognito: {} } });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^environment "cognito": "cognito" is not allowed/);
  });

  it("does not count where another is written", () => {
    expect(problemsOf({ domainPrefix: "acme-login" }, { project: "aws-acme" })).toEqual([]);
  });
});

describe("tags", () => {
  const many = (prefix: string) => Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`${prefix}${i}`, "x"]));

  it("are counted together with the project's and the two that are set", () => {
    expect(problemsOf({ tags: many("a") }, { tags: many("b") })).toEqual(
      refused("tags", "60", "at most 48 tags, those of the project included"),
    );
    expect(problemsOf({ tags: many("a") })).toEqual([]);
  });

  it.each(["Project", "ENVIRONMENT"])("%s is refused, because IAM ignores letter case in keys", (key) => {
    expect(problemsOf({ tags: { [key]: "x" } })[0]).toContain("tag keys other than project and environment, in any");
  });

  it("that differ in letter case only are refused, also across project and environment", () => {
    expect(problemsOf({ tags: { Owner: "a" } }, { tags: { owner: "b" } })[0]).toMatch(
      /^environment "live", field "tags\.Owner": "a" is not allowed; allowed: tag keys that differ by more than/,
    );
  });
});

describe("ARNs of another Region or partition are refused", () => {
  it("a key", () => {
    const arn = `arn:aws:kms:us-east-1:111122223333:${KEY}`;
    expect(problemsOf({ kmsKeyArn: arn })).toEqual(
      refused("kmsKeyArn", JSON.stringify(arn), "a key of the Region eu-west-1"),
    );
    expect(problemsOf({ kmsKeyArn: arn, region: "us-east-1" })).toEqual([]);
  });

  it("a topic", () => {
    const arn = "arn:aws-us-gov:sns:eu-west-1:111122223333:on-call";
    expect(problemsOf({ alarmTopicArn: arn })).toEqual(
      refused("alarmTopicArn", JSON.stringify(arn), "a topic of the Region eu-west-1"),
    );
  });

  it("a role, which has no Region, but a partition", () => {
    const migrateFrom = { ...OLD_POOL, roleArn: "arn:aws-cn:iam::111122223333:role/reader" };
    expect(problemsOf({ migrateFrom, selfSignUp: false })).toEqual(
      refused(
        "migrateFrom.roleArn",
        '"arn:aws-cn:iam::111122223333:role/reader"',
        "a role of the partition of eu-west-1",
      ),
    );
  });

  it("a key of the state's bucket", () => {
    const kmsKeyArn = `arn:aws:kms:eu-west-1:111122223333:${KEY}`;
    expect(problemsOf({}, { state: { region: "eu-central-1", kmsKeyArn } })[0]).toMatch(
      /^project settings, field "state\.kmsKeyArn": .*allowed: a key of the bucket's Region, eu-central-1$/,
    );
    expect(problemsOf({ state: { bucket: "own-bucket", region: "us-east-1", kmsKeyArn } })[0]).toMatch(
      /^environment "live", field "state\.kmsKeyArn": .*allowed: a key of the bucket's Region, us-east-1$/,
    );
    expect(problemsOf({}, { state: { kmsKeyArn } })).toEqual([]);
  });
});

describe("environment variables", () => {
  it("of too many identity providers are refused", () => {
    const identityProviders = Array.from({ length: 150 }, (_, i) => `Provider-of-a-customer-no-${i}`);
    expect(problemsOf({ identityProviders })[0]).toMatch(
      /^environment "live", field "identityProviders": .*allowed: \d+ bytes less, because all environment variables/,
    );
    expect(problemsOf({ identityProviders: identityProviders.slice(0, 100) })).toEqual([]);
  });

  it("of messages that are short enough alone are refused together", () => {
    const messages = { emailTaken: "ä".repeat(200), usernameTaken: "ä".repeat(200) };
    const identityProviders = Array.from({ length: 105 }, (_, i) => `Provider-of-a-customer-no-${i}`);
    expect(problemsOf({ messages, identityProviders })[0]).toContain('field "identityProviders"');
    expect(problemsOf({ messages })).toEqual([]);
  });
});

it("application URLs beside what they stand for are refused", () => {
  const applicationUrls = ["https://a.example"];
  const allowed = "either applicationUrls, or callbackUrls and logoutUrls, which it stands for";
  expect(problemsOf({ applicationUrls, callbackUrls: ["https://a.example/cb"] })).toEqual(
    refused("applicationUrls", '["https://a.example"]', allowed),
  );
});

it("linking without a provider to link is refused", () => {
  expect(problemsOf({ federated: "link" })).toEqual(
    refused(
      "federated",
      '"link"',
      "link only beside the identityProviders whose identities are linked; or refuse, allow",
    ),
  );
});

it.each(["http://127.0.0.1:3000/auth", "http://[::1]/auth", "http://localhost/auth"])(
  "%s is a callback for an application on the same machine",
  (url) => {
    expect(problemsOf({ callbackUrls: [url] })).toEqual([]);
  },
);

const STORED = { clientId: "id", clientSecret: { ssmParameter: "/acme/secret" } };
const OKTA = { type: "OIDC" as const, issuer: "https://acme.okta.com", ...STORED };

describe("identity providers", () => {
  it("are made, or made elsewhere and named", () => {
    expect(problemsOf({ identityProviders: { Google: STORED, AcmeOkta: OKTA } })).toEqual([]);
    expect(problemsOf({ identityProviders: ["Google", "AcmeOkta"] })).toEqual([]);
    expect(problemsOf({ federated: "link", identityProviders: { Google: STORED } })).toEqual([]);
  });

  it.each<[Record<string, unknown>, string, string]>([
    [{ "Acme Okta": OKTA }, "identityProviders.Acme Okta", "without blanks"],
    [{ Login: STORED }, "identityProviders.Login.type", "providers of other types are called Google"],
    [{ Google: { type: "Google", ...STORED } }, "identityProviders.Google.type", "the fields clientId"],
    [
      { AcmeOkta: { ...OKTA, scopes: ["email"] } },
      "identityProviders.AcmeOkta.scopes",
      "a list of OAuth scopes with openid in it",
    ],
    [
      { AcmeOkta: { ...OKTA, attributeMapping: { "custom:plan": "plan" } } },
      "identityProviders.AcmeOkta.attributeMapping.custom:plan",
      "custom attributes of the pool: there are none",
    ],
    [{ AcmeOkta: OKTA, acmeokta: OKTA }, "identityProviders.acmeokta", "by more than letter case"],
    [
      { Acme: { ...OKTA, identifiers: ["a.b"] }, Other: { ...OKTA, identifiers: ["c.d", "A.b"] } },
      "identityProviders.Other.identifiers[1]",
      'an identifier that "Acme" does not have',
    ],
    [{ Acme: { type: "SAML" } }, "identityProviders.Acme.metadataUrl", "either metadataUrl or metadataFile"],
    [
      {
        Google: {
          clientId: "id",
          clientSecret: { secretsManagerSecret: "arn:aws:secretsmanager:us-east-1:111122223333:secret:google-AbCdEf" },
        },
      },
      "identityProviders.Google.clientSecret.secretsManagerSecret",
      "a secret of the pool's Region, eu-west-1",
    ],
  ])("%j is refused", (identityProviders, field, allowed) => {
    const [problem, ...more] = problemsOf({ identityProviders } as unknown as EnvironmentSettings);
    expect(problem).toContain(`environment "live", field "${field}": `);
    expect(problem).toContain(allowed);
    expect(more).toEqual([]);
  });

  it("have no secret written down, and none is shown", () => {
    const identityProviders = { Google: { clientId: "id", clientSecret: "s3cr3t-value" } };
    const [problem] = problemsOf({ identityProviders } as unknown as EnvironmentSettings);
    expect(problem).toMatch(
      /"identityProviders\.Google\.clientSecret": "\(not shown\)" is not allowed; allowed: where the/,
    );
  });
});

describe("app clients", () => {
  const urls = { callbackUrls: ["https://a.example/auth"] };

  it("are refused by name", () => {
    expect(problemsOf({ clients: { web: { clientType: "web" } } })).toEqual([
      'environment "live", field "clients.web.callbackUrls": it is missing; allowed: at least one URL, but with clientType machine',
    ]);
  });

  it("have names that outputs can tell apart", () => {
    const machine = { clientType: "machine" as const, scopes: ["orders/read"] };
    const resourceServers = { orders: { scopes: { read: "Read" } } };
    expect(problemsOf({ resourceServers, clients: { "web-2": machine, web2: machine } })).toEqual([
      'environment "live", field "clients.web2": "web2" is not allowed; allowed: a name that differs from "web-2" by more than hyphens: outputs are named after it',
    ]);
  });

  it("offer identity providers of the environment only", () => {
    const clients = { web: { ...urls, identityProviders: ["Google"] } };
    expect(problemsOf({ clients })).toEqual(
      refused("clients.web.identityProviders", '"Google"', "identity providers of the pool: there are none"),
    );
    expect(problemsOf({ clients, identityProviders: ["Google"] })).toEqual([]);
  });

  it("write what their identity providers set", () => {
    const identityProviders = {
      Google: { ...STORED, attributeMapping: { given_name: "given_name" } },
    };
    const writeAttributes = ["email" as const, "name" as const];
    expect(problemsOf({ identityProviders, clients: { web: { ...urls, writeAttributes } } })).toEqual([]);
    expect(problemsOf({ identityProviders, writeAttributes })).toEqual(
      refused("writeAttributes", '["email","name"]', "a list with what its identityProviders set in it: given_name"),
    );
    const web = { ...urls, writeAttributes, identityProviders: ["Google"] };
    expect(problemsOf({ identityProviders, clients: { web } })[0]).toContain('field "clients.web.writeAttributes"');
  });

  it("have scopes of the environment's resource servers", () => {
    const resourceServers = { orders: { identifier: "https://orders", scopes: { read: "Read" } } };
    const machine = (scope: string) => ({ clients: { m: { clientType: "machine" as const, scopes: [scope] } } });
    expect(problemsOf({ ...machine("https://orders/read"), resourceServers })).toEqual([]);
    expect(problemsOf({ ...machine("orders/read"), resourceServers })).toEqual(
      refused("clients.m.scopes", '"orders/read"', "scopes of the pool's resource servers: https://orders/read"),
    );
  });
});

describe("what belongs to a Region", () => {
  it.each<[string, EnvironmentSettings]>([
    ["groups.editors.roleArn", { groups: { editors: { roleArn: "arn:aws-cn:iam::111122223333:role/editors" } } }],
    [
      "email.sesIdentityArn",
      { email: { sesIdentityArn: "arn:aws-cn:ses:cn-north-1:111122223333:identity/a@acme.com" } },
    ],
    ["snsRegion", { mfa: "OPTIONAL", mfaFactors: ["SMS"], snsRegion: "cn-north-1" }],
    ["snsRegion", { region: "ap-northeast-2", mfa: "OPTIONAL", mfaFactors: ["SMS"] }],
    ["snsRegion", { region: "ap-northeast-2", mfa: "OPTIONAL", mfaFactors: ["SMS"], snsRegion: "ap-northeast-2" }],
    ["identityPool.clients[0]", { identityPool: { clients: ["mobile"] } }],
    ["riskConfiguration", { riskConfiguration: { compromisedCredentials: { action: "BLOCK" } } }],
    ["logDelivery.userAuthEvents", { logDelivery: { userAuthEvents: "CLOUDWATCH" } }],
  ])("is refused elsewhere, or without what it needs: %s", (field, settings) => {
    expect(problemsOf(settings)[0]).toContain(`environment "live", field "${field}"`);
  });

  it.each<EnvironmentSettings>([
    { groups: { editors: { roleArn: "arn:aws:iam::111122223333:role/editors" } } },
    { email: { sesIdentityArn: "arn:aws:ses:us-east-1:111122223333:identity/a@acme.com" } },
    { region: "ap-northeast-2" },
    { region: "ap-northeast-2", mfa: "OPTIONAL", mfaFactors: ["SMS"], snsRegion: "ap-northeast-1" },
  ])("%j is fine", (settings) => {
    expect(problemsOf(settings)).toEqual([]);
  });
});

describe("hosted pages", () => {
  const certificateArn = "arn:aws:acm:us-east-1:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab";
  const customDomain = { name: "auth.acme.com", certificateArn };
  const css = ".label-customizable { color: #336699; }";
  const passkeys = { relyingPartyId: "acme.com" };
  const firstAuthFactors: EnvironmentSettings["firstAuthFactors"] = ["PASSWORD", "WEB_AUTHN"];

  it.each<[string, string, EnvironmentSettings]>([
    [
      "customDomain",
      "{ name, hostedZoneId } or { name, certificateArn }: exactly one",
      { customDomain: { name: "auth.acme.com" } },
    ],
    ["customDomain.name", "a subdomain", { customDomain: { ...customDomain, name: "acme.com" } }],
    [
      "customDomain.certificateArn",
      "a certificate of us-east-1",
      { customDomain: { ...customDomain, certificateArn: certificateArn.replace("us-east-1", "eu-west-1") } },
    ],
    ["customDomain", "nothing in us-gov-west-1", { customDomain, region: "us-gov-west-1" }],
    ["managedLogin", "with the tier LITE", { managedLogin: true, poolTier: "LITE" }],
    [
      "managedLogin.assets[0].file",
      "the path of a file that is there",
      { managedLogin: { settings: { a: 1 }, assets: [{ category: "FORM_LOGO", colorMode: "DARK", file: "no.png" }] } },
    ],
    [
      "managedLogin.assets[0].category",
      "FAVICON_ICO",
      {
        managedLogin: {
          settings: { a: 1 },
          assets: [{ category: "LOGO" as "FORM_LOGO", colorMode: "DARK", file: "no.png" }],
        },
      },
    ],
    ["uiCustomization", "nothing beside managedLogin", { uiCustomization: { css }, managedLogin: true }],
    ["uiCustomization.logoFile", "the path of a file that is there", { uiCustomization: { logoFile: "no.png" } }],
    [
      "passkeys.relyingPartyId",
      "auth.acme.com, the name of customDomain",
      { customDomain, managedLogin: true, firstAuthFactors, passkeys },
    ],
  ])("%s is refused: %s", (field, allowed, settings) => {
    const problems = problemsOf(settings);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(`environment "live", field "${field}"`);
    expect(problems[0]).toContain(allowed);
  });

  it.each<[string, EnvironmentSettings]>([
    [
      "a domain of your own with a zone",
      { customDomain: { name: "auth.acme.com", hostedZoneId: "Z0123456789ABCDEFGHIJ" } },
    ],
    ["classic pages with the tier LITE", { managedLogin: false, poolTier: "LITE", uiCustomization: { css } }],
    ["passkeys of the application's domain, on pages of its own", { customDomain, firstAuthFactors, passkeys }],
    [
      "passkeys of your own domain",
      { customDomain, managedLogin: true, firstAuthFactors, passkeys: { relyingPartyId: "auth.acme.com" } },
    ],
  ])("%s are allowed", (_, settings) => {
    expect(problemsOf(settings)).toEqual([]);
  });

  it("of two environments cannot be on one domain", () => {
    const environments = { dev: { customDomain, region: "eu-west-2" }, live: { customDomain } };
    expect(problemsOf({}, { environments })).toEqual(
      refused("customDomain.name", '"auth.acme.com"', 'a domain that "dev" does not use'),
    );
  });
});

describe("who e-mail is from", () => {
  const sesIdentityArn = "arn:aws:ses:eu-west-1:111122223333:identity/acme.com";

  it.each([
    "Acme, Inc. <auth@acme.com>",
    "Acme ${name} <auth@acme.com>",
    "other@acme.com,auth@acme.com",
    "auth@other@acme.com",
    "auth@mail..acme.com",
    '"Acme <auth@acme.com>',
  ])("cannot be %s", (from) => {
    expect(problemsOf({ email: { sesIdentityArn, from } })).toEqual([
      expect.stringMatching(/field "email.from": .* allowed: an e-mail address, or Name <address>/),
    ]);
  });

  it.each(["auth+1@mail.acme.com", "Acme Inc. <auth@acme.com>", '"Acme, Inc." <auth@acme.com>', "<auth@acme.com>"])(
    "can be %s",
    (from) => {
      expect(problemsOf({ email: { sesIdentityArn, from } })).toEqual([]);
    },
  );
});

it("functions whose names look alike are called by the ARNs that are written", () => {
  const arn = (account: string, name: string) => `arn:aws:lambda:eu-west-1:${account}:function:${name}`;
  const [one, two, three] = [
    arn("111122223333", "look_live"),
    arn("111122223333", "look:live"),
    arn("444455556666", "look_live"),
  ];
  const { resource } = environment({
    triggers: {
      postConfirmation: { functionArn: one },
      preAuthentication: { functionArn: two },
      postAuthentication: { functionArn: three },
      customMessage: { functionArn: one },
    },
  });
  expect(resource.aws_cognito_user_pool?.user_pool?.lambda_config).toMatchObject({
    post_confirmation: one,
    pre_authentication: two,
    post_authentication: three,
    custom_message: one,
  });
  expect(Object.keys(resource.aws_lambda_permission ?? {})).toHaveLength(4);
});

it("an invitation without texts is none", () => {
  const { resource } = environment({ invitationMessage: {} });
  expect(Object.keys(resource.aws_cognito_user_pool?.user_pool?.admin_create_user_config)).toEqual([
    "allow_admin_create_user_only",
  ]);
});

describe("settings that stand in each other's way", () => {
  const FUNCTION = "arn:aws:lambda:eu-west-1:111122223333:function:look";
  const OWN = "arn:aws:lambda:eu-west-1:111122223333:function:acme-live-pre-sign-up";
  const RISKS: EnvironmentSettings = {
    poolTier: "PLUS",
    threatProtection: "AUDIT",
    riskConfiguration: { exceptions: { blockedIpRanges: ["192.0.2.0/24"], skippedIpRanges: ["192.0.2.0/24"] } },
  };

  it.each<[what: string, settings: EnvironmentSettings, field: string, allowed: string]>([
    [
      "a permission for one trigger of a function and not for another",
      {
        triggers: {
          postConfirmation: { functionArn: FUNCTION, permission: false },
          preAuthentication: { functionArn: FUNCTION },
        },
      },
      "triggers.preAuthentication.permission",
      "the same as of postConfirmation",
    ],
    [
      "a function that is made here for another trigger",
      { triggers: { postConfirmation: { functionArn: OWN } } },
      "triggers.postConfirmation.functionArn",
      "a function other than those that are made here",
    ],
    [
      "a domain of Cognito's own",
      { customDomain: { name: "x.auth.eu-west-1.amazoncognito.com", hostedZoneId: "Z0123456789" } },
      "customDomain.name",
      "a subdomain of your own",
    ],
    ["a range that is blocked and skipped", RISKS, "riskConfiguration.exceptions.skippedIpRanges[0]", "not blocked"],
    [
      "a claim that the pool does not have",
      { identityPool: { principalTags: { plan: "custom:plan" } } },
      "identityPool.principalTags.plan",
      "custom attributes of the pool: there are none",
    ],
    [
      "a phone number that never changes, and that users sign in with",
      {
        usernameAttributes: ["email", "phone_number"],
        standardAttributes: { phone_number: { mutable: false } },
      },
      "standardAttributes.phone_number",
      "{ mutable: true }",
    ],
  ])("%s is refused", (_, settings, field, allowed) => {
    const problems = problemsOf(settings);
    expect(problems).toEqual([expect.stringContaining(`field "${field}": `)]);
    expect(problems[0]).toContain(allowed);
  });

  it("a name that is none in JavaScript is refused, wherever it is", () => {
    const named = (json: string) => JSON.parse(json) as EnvironmentSettings;
    expect(problemsOf(named('{ "customAttributes": { "__proto__": { "type": "String" } } }'))).toEqual([
      expect.stringContaining('field "customAttributes.__proto__": '),
    ]);
    expect(problemsOf(named('{ "__proto__": {} }'))).toHaveLength(1);
  });

  it("identity providers can be for other clients than a machine", () => {
    const settings: EnvironmentSettings = {
      clientType: "machine",
      scopes: ["orders/read"],
      resourceServers: { orders: { scopes: { read: "Read orders" } } },
      identityProviders: { Google: { clientId: "1", clientSecret: { ssmParameter: "/acme/google" } } },
      clients: { web: { clientType: "web", callbackUrls: ["https://acme.com/auth"], identityProviders: ["Google"] } },
    };
    expect(problemsOf(settings)).toEqual([]);
    const clients = Object.values(environment(settings, "live").resource.aws_cognito_user_pool_client ?? {});
    expect(clients.map((client) => client.supported_identity_providers)).toEqual([["COGNITO", "Google"], undefined]);
  });
});

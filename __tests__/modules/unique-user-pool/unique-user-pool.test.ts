import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { type TerraformElement, TerraformOutput, TerraformVariable } from "cdktf";
import { BundledFunction } from "../../../modules/bundled-function/bundled-function";
import { UniqueUserPool, type UniqueUserPoolProps } from "../../../modules/unique-user-pool/unique-user-pool";
import { type Document, foreignStackOf, only } from "../../support/stack";

const REGION = "eu-west-1";
const existingPool = { userPoolId: "eu-west-1_AbCdEfGhI" };
const OLD_POOL = { userPoolId: "eu-west-1_OldPool01", clientId: "1oldclient" };

/** A stack of another project with one pool in it. */
function withPool(props: Partial<UniqueUserPoolProps> = {}, use: (users: UniqueUserPool) => void = () => {}): Document {
  return foreignStackOf((stack, bundle) => {
    const bundles = { "pre-sign-up": bundle, "user-migration": bundle };
    use(new UniqueUserPool(stack, "users", { name: "acme", region: REGION, bundles, ...props }));
  });
}

it("needs a name and a Region only, and is then safe: reserved, protected, kept a year", () => {
  const { resource } = withPool();
  expect(only(resource, "aws_cognito_user_pool")).toMatchObject({
    name: "acme",
    deletion_protection: "ACTIVE",
    username_configuration: { case_sensitive: false },
  });
  expect(only(resource, "aws_dynamodb_table")).toMatchObject({
    name: "acme-reservations",
    deletion_protection_enabled: true,
  });
  expect(only(resource, "aws_lambda_function")).toMatchObject({ function_name: "acme-pre-sign-up" });
  expect(only(resource, "aws_cloudwatch_log_group").retention_in_days).toBe(365);
});

it("has two functions, alarms and a dashboard where they are asked for", () => {
  const alarmTopicArn = "arn:aws:sns:eu-west-1:111122223333:on-call";
  const { resource } = withPool({ migrateFrom: OLD_POOL, alarmTopicArn, dashboard: true });
  expect(Object.keys(resource.aws_lambda_function ?? {})).toHaveLength(2);
  expect(Object.keys(resource.aws_cloudwatch_metric_alarm ?? {})).toHaveLength(6);
  expect(only(resource, "aws_cloudwatch_dashboard").dashboard_name).toBe("acme");
});

describe("the hosted pages", () => {
  const certificateArn = "arn:aws:acm:us-east-1:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab";
  const customDomain = { name: "auth.acme.com", certificateArn };
  const pages = { domainPrefix: "acme", customDomain, managedLogin: true, clients: [] };

  it("are at the prefix and at a domain of your own, where users are sent to", () => {
    const { resource, output } = withPool({}, (users) => {
      new TerraformOutput(users, "url", { value: users.addHostedPages(pages).url });
    });
    const domains = Object.values(resource.aws_cognito_user_pool_domain ?? {});
    expect(domains.map(({ domain, managed_login_version }) => [domain, managed_login_version]).sort()).toEqual([
      ["acme", 2],
      ["auth.acme.com", 2],
    ]);
    expect(Object.values(output)[0]?.value).toMatch(
      /^https:\/\/\$\{aws_cognito_user_pool_domain\.\w+custom_domain\w*\.domain\}$/,
    );
  });

  it.each<[string, Partial<UniqueUserPoolProps>, object]>([
    ["managedLogin", { poolTier: "LITE" }, {}],
    ["uiCustomization", {}, { uiCustomization: { css: ".label-customizable {}" } }],
    [
      "passkeys.relyingPartyId",
      { firstAuthFactors: ["PASSWORD", "WEB_AUTHN"], passkeys: { relyingPartyId: "acme.com" } },
      {},
    ],
  ])("refuse the field %s beside %j and %j", (field, pool, more) => {
    expect(() => withPool(pool, (users) => users.addHostedPages({ ...pages, ...more }))).toThrow(`field "${field}"`);
  });
});

it("two pools in one stack have nothing in common", () => {
  const { resource, text } = foreignStackOf((stack, bundle) => {
    const bundles = { "pre-sign-up": bundle };
    for (const name of ["customers", "staff"]) {
      const uniqueness = name === "staff" ? "directory" : "reserved";
      const users = new UniqueUserPool(stack, name, { name: `acme-${name}`, region: REGION, bundles, uniqueness });
      const urls = [`https://${name}.example/auth`];
      users.addClient("web", { callbackUrls: urls, logoutUrls: urls });
      users.addDomain("domain", { domainPrefix: `acme-${name}` });
    }
  });
  expect(Object.values(resource.aws_cognito_user_pool ?? {}).map(({ name }) => name)).toEqual([
    "acme-customers",
    "acme-staff",
  ]);
  const clients = resource.aws_cognito_user_pool_client ?? {};
  expect(Object.values(clients).map(({ name }) => name)).toEqual(["acme-customers-web", "acme-staff-web"]);
  expect(new Set(Object.values(clients).map((client) => client.user_pool_id)).size).toBe(2);
  for (const { source_arn, function_name } of Object.values(resource.aws_lambda_permission ?? {})) {
    const [, owner] = /_pool\.(customers|staff)_/.exec(source_arn) ?? [];
    expect(function_name).toContain(`aws_lambda_function.${owner}_`);
  }
  // The pool that keeps no reservations forgets its table, if it had one.
  expect(JSON.parse(text).removed).toEqual([
    { from: expect.stringMatching(/^aws_dynamodb_table\.staff_reservations_/), lifecycle: { destroy: false } },
  ]);
});

it("one function can serve the triggers of two pools", () => {
  const { resource } = foreignStackOf((stack, bundle) => {
    const welcome = new BundledFunction(stack, "welcome", { functionName: "welcome", bundle });
    for (const name of ["customers", "staff"]) {
      const bundles = { "pre-sign-up": bundle };
      const users = new UniqueUserPool(stack, name, { name, region: REGION, bundles });
      users.addTrigger("postConfirmation", welcome);
    }
  });
  const permissions = Object.values(resource.aws_lambda_permission ?? {}).filter((permission) =>
    permission.function_name.includes("welcome"),
  );
  expect(new Set(permissions.map(({ source_arn }) => source_arn)).size).toBe(2);
  expect(new Set(permissions.map(({ statement_id }) => statement_id)).size).toBe(2);
});

it("protects a pool that is made elsewhere: function and table, and no second pool", () => {
  const document = withPool({ existingPool });
  expect(document.resource).not.toHaveProperty("aws_cognito_user_pool");
  const [address] = Object.keys(document.data.aws_cognito_user_pool ?? {});
  expect(only(document.resource, "aws_lambda_permission").source_arn).toBe(
    `\${data.aws_cognito_user_pool.${address}.arn}`,
  );
  expect(document.text).toContain(`"Resource\\":\\"\${data.aws_cognito_user_pool.${address}.arn}\\"`);
});

it("a role can be granted several pools, each once", () => {
  const { resource } = foreignStackOf((stack, bundle) => {
    const role = new IamRole(stack, "support", { assumeRolePolicy: "{}" });
    for (const name of ["customers", "staff"]) {
      const users = new UniqueUserPool(stack, name, { name, region: REGION, bundles: { "pre-sign-up": bundle } });
      users.grantRead(role);
      users.grantRead(role);
      users.reservations?.grantReserve(role);
    }
  });
  const granted = Object.values(resource.aws_iam_role_policy ?? {}).filter(({ role }) => role.includes("support"));
  expect(granted).toHaveLength(4);
  expect(new Set(granted.map(({ name }) => name)).size).toBe(4);
});

it("gives a role what it needs to look up users", () => {
  const { resource } = foreignStackOf((stack, bundle) => {
    const users = new UniqueUserPool(stack, "users", {
      name: "acme",
      region: REGION,
      bundles: { "pre-sign-up": bundle },
    });
    users.grantRead(new IamRole(stack, "support", { assumeRolePolicy: "{}" }));
  });
  expect(Object.keys(resource.aws_iam_role_policy ?? {}).some((id) => id.startsWith("support_read_users"))).toBe(true);
});

it("opens each part as its default child", () => {
  const { resource } = withPool({}, ({ userPool, preSignUp, reservations }) => {
    for (const part of [userPool, preSignUp.function, reservations]) {
      (part?.node.defaultChild as TerraformElement | undefined)?.addOverride("tags", { own: "1" });
    }
  });
  for (const type of ["aws_cognito_user_pool", "aws_lambda_function", "aws_dynamodb_table"]) {
    expect(only(resource, type).tags).toEqual({ own: "1" });
  }
});

describe("identity providers", () => {
  const google = { clientId: "id", clientSecret: { ssmParameter: "/acme/google" } };
  const urls = { callbackUrls: ["https://a.example/auth"], logoutUrls: ["https://a.example/"] };

  it("that are added can be offered by clients that are added later", () => {
    const { resource } = withPool({}, (users) => {
      const attributeMapping = { given_name: "given_name" };
      const { providerName } = users.addIdentityProvider("google", { name: "Google", ...google, attributeMapping });
      users.addClient("web", { ...urls, identityProviders: [providerName] });
    });
    const [address] = Object.keys(resource.aws_cognito_identity_provider ?? {});
    const client = only(resource, "aws_cognito_user_pool_client");
    expect(client.depends_on).toEqual([`aws_cognito_identity_provider.${address}`]);
    expect(client.write_attributes).toEqual(["email", "name", "nickname", "picture", "given_name"]);
    expect(client.read_attributes).toContain("given_name");
  });

  it("are known, or refused", () => {
    const offer = (props: Partial<UniqueUserPoolProps>, prepare = (_: UniqueUserPool) => {}) =>
      withPool(props, (users) => {
        prepare(users);
        users.addClient("web", { ...urls, identityProviders: ["Google"] });
      });
    expect(() => offer({})).toThrow('"Google" is not allowed; allowed: identity providers of the pool: there are none');
    expect(() => offer({ identityProviders: ["Google"] })).not.toThrow();
    expect(() => offer({}, ({ userPool }) => userPool.registerIdentityProvider({ name: "Google" }))).not.toThrow();
  });

  it("of a pool that is made elsewhere can only be named", () => {
    const beside = (identityProviders: UniqueUserPoolProps["identityProviders"]) =>
      withPool({ existingPool, identityProviders });
    expect(() => beside(["Google"])).not.toThrow();
    expect(() => beside({ Google: google })).toThrow(
      "a list of the names of its providers, because existingPool is managed elsewhere",
    );
  });
});

describe("props that cannot work", () => {
  it.each([
    [{ memorySize: 5 }, 'field "memorySize": 5 is not allowed; allowed: a whole number of MB, 128 to 10240'],
    [{ uniqueness: "maybe" as "reserved" }, 'field "uniqueness": "maybe" is not allowed; allowed: reserved, directory'],
    [
      { federated: "link" },
      'field "federated": "link" is not allowed; allowed: link only beside the identityProviders',
    ],
    [
      { kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1234abcd" },
      'field "kmsKeyArn": "arn:aws:kms:us-east-1:111122223333:key/1234abcd" is not allowed; allowed: a key of the Region eu-west-1',
    ],
    [{ migrateFrom: { ...OLD_POOL, userPoolId: "pool" } }, 'field "migrateFrom.userPoolId": "pool" is not allowed'],
    [{ name: "a".repeat(60) }, 'UniqueUserPool "test/users", field "name"'],
  ] as Array<[Partial<UniqueUserPoolProps>, string]>)("%j is refused", (props, message) => {
    expect(() => withPool(props)).toThrow(message);
  });

  it("are refused all at once", () => {
    expect(() => withPool({ memorySize: 5, unconfirmedHoldHours: 0 })).toThrow(
      /"unconfirmedHoldHours"[^\n]*\n[^\n]*"memorySize"/,
    );
  });

  it("and are known only at plan, are left to the plan", () => {
    const document = foreignStackOf((stack, bundle) => {
      const text = (id: string) => new TerraformVariable(stack, id, { type: "string" }).stringValue;
      const users = new UniqueUserPool(stack, "users", {
        name: "acme",
        region: text("region"),
        bundles: { "pre-sign-up": bundle, "user-migration": bundle },
        memorySize: new TerraformVariable(stack, "size", { type: "number" }).numberValue,
        alarmTopicArn: new SnsTopic(stack, "topic").arn,
        kmsKeyArn: text("key"),
        migrateFrom: { userPoolId: text("old_pool"), clientId: text("client"), roleArn: text("role") },
        email: { sesIdentityArn: text("identity"), from: "auth@acme.com" },
      });
      const callbackUrls = new TerraformVariable(stack, "urls", { type: "list(string)" }).listValue;
      const client = users.addClient("web", { callbackUrls, logoutUrls: callbackUrls, scopes: ["openid"] });
      const domain = users.addDomain("domain", { domainPrefix: text("prefix") });
      new TerraformOutput(stack, "login", { value: domain.loginUrl(client, text("redirect")) });
    });
    expect(Object.values(document.resource.aws_lambda_function ?? {})[0]?.memory_size).toBe("${var.size}");
    expect(document.output.login.value).toContain("&scope=openid&redirect_uri=${urlencode(var.redirect)}");
    expect(document.text).not.toContain("TfToken");
  });

  it("are refused where they are needed while synthesizing", () => {
    expect(() =>
      foreignStackOf((stack, bundle) => {
        const users = new UniqueUserPool(stack, "users", {
          name: "acme",
          region: REGION,
          bundles: { "pre-sign-up": bundle },
        });
        const accessToken = new TerraformVariable(stack, "validity", { type: "string" }).stringValue;
        users.addClient("web", { callbackUrls: ["https://acme.com/auth"], tokenValidity: { accessToken } });
      }),
    ).toThrow('field "tokenValidity.accessToken": "a token" is not allowed; allowed: a number and its unit');
  });

  it.each<[string, Partial<UniqueUserPoolProps>]>([
    ["mfa", { mfa: "ON" }],
    ["groups", { groups: { staff: {} } }],
    ["migrateFrom", { migrateFrom: OLD_POOL }],
  ])("and belong to a pool that is made here are refused beside one that is not: %s", (field, more) => {
    expect(() => withPool({ existingPool, ...more })).toThrow(
      `field "${field}": ${JSON.stringify(Object.values(more)[0])} is not allowed; allowed: nothing, because existingPool is managed elsewhere`,
    );
  });

  it("and a trigger that keeps users unique cannot be given to another function", () => {
    expect(() =>
      foreignStackOf((stack, bundle) => {
        const users = new UniqueUserPool(stack, "users", {
          name: "a",
          region: REGION,
          bundles: { "pre-sign-up": bundle },
        });
        users.addTrigger("preSignUp", new BundledFunction(stack, "own", { functionName: "own", bundle }));
      }),
    ).toThrow("has a function for the trigger preSignUp already");
  });
});

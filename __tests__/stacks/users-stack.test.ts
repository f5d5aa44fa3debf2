import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import type { TerraformResource } from "cdktf";
import type { EnvironmentSettings } from "../../settings/schema";
import { PROJECT } from "../support/settings";
import { only, statementsOf } from "../support/stack";
import { environment, synthesized } from "../support/synth";

/*
 * One block per row of the table of what the baseline describes and where it leaks. What one construct is made of is
 * tested with the construct; here is what they are together.
 */

const stacks = synthesized();
const { dev, staging, prod } = stacks as { [name in "dev" | "staging" | "prod"]: (typeof stacks)[string] & object };

const poolOf = (document = dev) => only(document.resource, "aws_cognito_user_pool");
const clientOf = (document = dev) => only(document.resource, "aws_cognito_user_pool_client");
const functionOf = (document = dev) => only(document.resource, "aws_lambda_function");

describe("row 1: one person, registered twice", () => {
  it("the trigger is attached to the pool, and the pool is blind to case", () => {
    expect(poolOf()).toMatchObject({
      lambda_config: { pre_sign_up: "${aws_lambda_function.pre_sign_up.arn}" },
      username_configuration: { case_sensitive: false },
    });
  });
});

describe("row 2: the pool, V2", () => {
  it("signs in by username and e-mail, and recovers by e-mail only", () => {
    expect(poolOf()).toMatchObject({
      name: "acme-dev-v2",
      alias_attributes: ["email"],
      auto_verified_attributes: ["email"],
      account_recovery_setting: { recovery_mechanism: [{ name: "verified_email", priority: 1 }] },
      schema: [{ name: "email", required: true, mutable: true }],
      user_attribute_update_settings: { attributes_require_verification_before_update: ["email"] },
    });
  });

  it("lets people sign up themselves in prod only, unless an environment says otherwise", () => {
    expect(poolOf(dev).admin_create_user_config.allow_admin_create_user_only).toBe(true);
    expect(poolOf(staging).admin_create_user_config.allow_admin_create_user_only).toBe(true);
    expect(poolOf(prod).admin_create_user_config.allow_admin_create_user_only).toBe(false);
    const open = environment({ selfSignUp: true });
    expect(poolOf(open).admin_create_user_config.allow_admin_create_user_only).toBe(false);
  });

  it("cannot be deleted in prod", () => {
    expect([dev, staging, prod].map((stack) => poolOf(stack).deletion_protection)).toEqual([
      "INACTIVE",
      "INACTIVE",
      "ACTIVE",
    ]);
  });
});

describe("row 3: the app client", () => {
  it("has the baseline's flows, attributes, grant and URLs", () => {
    expect(clientOf()).toMatchObject({
      explicit_auth_flows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      generate_secret: true,
      prevent_user_existence_errors: "ENABLED",
      write_attributes: ["email", "name", "nickname", "picture"],
      read_attributes: ["email", "email_verified", "name", "nickname", "picture"],
      allowed_oauth_flows: ["code"],
      allowed_oauth_scopes: ["email", "openid", "profile"],
      callback_urls: ["http://localhost:3000/auth"],
      logout_urls: ["http://localhost:3000/logout"],
    });
  });

  it("takes several applications", () => {
    const document = environment({ applicationUrls: ["https://a.example", "https://b.example"] });
    expect(clientOf(document)).toMatchObject({
      callback_urls: ["https://a.example/auth", "https://b.example/auth"],
      logout_urls: ["https://a.example/logout", "https://b.example/logout"],
    });
  });
});

describe("row 4: the hosted domain", () => {
  it("is <project>-<environment>-v2, unless the environment says otherwise", () => {
    expect(only(prod.resource, "aws_cognito_user_pool_domain").domain).toBe("acme-prod-v2");
    const other = environment({ domainPrefix: "login-acme" });
    expect(only(other.resource, "aws_cognito_user_pool_domain").domain).toBe("login-acme");
  });
});

describe("a domain of your own", () => {
  const document = environment({ customDomain: { name: "auth.acme.com", hostedZoneId: "Z0123456789ABCDEFGHIJ" } });

  it("is beside the prefix, which stays as it is", () => {
    const { user_pool_domain, custom_domain } = document.resource.aws_cognito_user_pool_domain ?? {};
    expect(user_pool_domain).toEqual(dev.resource.aws_cognito_user_pool_domain?.user_pool_domain);
    expect(custom_domain).toMatchObject({ domain: "auth.acme.com" });
  });

  it("is where all outputs send users", () => {
    const domain = "https://${aws_cognito_user_pool_domain.custom_domain.domain}";
    const { DomainUrl, CognitoURLV2, LoginUrl, CognitoUspLoginUrlV2 } = document.output;
    expect([DomainUrl.value, CognitoURLV2.value]).toEqual([domain, domain]);
    expect(LoginUrl.value).toMatch(`${domain}/login?client_id=`);
    expect(CognitoUspLoginUrlV2.value).toBe(LoginUrl.value);
  });
});

describe("managed login", () => {
  const clients: EnvironmentSettings["clients"] = {
    web: { clientType: "web", callbackUrls: ["https://acme.com/auth"] },
    worker: { clientType: "machine", scopes: ["orders/read"] },
  };
  const resourceServers = { orders: { scopes: { read: "Read orders" } } };
  const document = environment({ managedLogin: true, clients, resourceServers });

  it("has a style for every client that users sign in with, and needs a provider that knows it", () => {
    expect(only(document.resource, "aws_cognito_user_pool_domain").managed_login_version).toBe(2);
    expect(Object.keys(document.resource.aws_cognito_managed_login_branding ?? {}).sort()).toEqual([
      "client_web_branding",
      "user_pool_client_branding",
    ]);
    expect(document.terraform.required_providers.aws.version).toBe(">= 6.13.0, < 7.0.0");
  });
});

describe("row 5: the Pre-SignUp function", () => {
  it("is JavaScript in a zip", () => {
    expect(functionOf()).toMatchObject({ runtime: "nodejs22.x", handler: "index.handler" });
    expect(only(dev.data, "archive_file").type).toBe("zip");
  });
});

describe("row 6: the function's settings", () => {
  it("are INFO and a year in prod, DEBUG and a day elsewhere", () => {
    const settings = [dev, staging, prod].map((stack) => [
      functionOf(stack).environment.variables.LOG_LEVEL,
      only(stack.resource, "aws_cloudwatch_log_group").retention_in_days,
    ]);
    expect(settings).toEqual([
      ["DEBUG", 1],
      ["DEBUG", 1],
      ["INFO", 365],
    ]);
  });

  it("make names of their own, so that environments of one account do not collide", () => {
    const names = [dev, staging, prod].map((stack) => functionOf(stack).function_name);
    expect(names).toEqual(["acme-dev-pre-sign-up", "acme-staging-pre-sign-up", "acme-prod-pre-sign-up"]);
    const named = (stack: typeof dev) =>
      [...stack.text.matchAll(/"(?:name|domain|function_name)": "(acme-[^"]*)"/g)].map((match) => match[1]);
    expect(named(dev).filter((name) => named(prod).includes(name))).toEqual([]);
  });
});

describe("row 7: least privilege", () => {
  it("is the least where nothing is reserved: this pool's users, and being called by the pool", () => {
    const { resource } = environment({ uniqueness: "directory", tracing: false });
    const statements = Object.values(resource.aws_iam_role_policy ?? {}).flatMap((policy) => statementsOf(policy));
    const actions = statements.flatMap((statement) => statement.Action).sort();
    expect(actions).toEqual([
      ...["cognito-idp:AdminDeleteUser", "cognito-idp:AdminGetUser", "cognito-idp:ListUsers"],
      ...["logs:CreateLogStream", "logs:PutLogEvents"],
    ]);
  });

  it("is ListUsers on this pool, and being called by it, and the table", () => {
    expect(statementsOf(dev.resource.aws_iam_role_policy?.pre_sign_up_list_users)).toEqual([
      { Effect: "Allow", Action: "cognito-idp:ListUsers", Resource: "${aws_cognito_user_pool.user_pool.arn}" },
      {
        Effect: "Allow",
        Action: ["cognito-idp:AdminGetUser", "cognito-idp:AdminDeleteUser"],
        Resource: "${aws_cognito_user_pool.user_pool.arn}",
      },
    ]);
    expect(statementsOf(dev.resource.aws_iam_role_policy?.pre_sign_up_use_reservations)).toEqual([
      {
        Effect: "Allow",
        Action: ["dynamodb:PutItem", "dynamodb:DeleteItem"],
        Resource:
          "arn:${data.aws_partition.reservations_partition.partition}:dynamodb:eu-west-1:${data.aws_caller_identity.reservations_account.account_id}:table/acme-dev-reservations",
      },
    ]);
    expect(only(dev.resource, "aws_lambda_permission").source_arn).toBe("${aws_cognito_user_pool.user_pool.arn}");
  });
});

describe("row 8: the shared layer", () => {
  it("is off by default and named by the baseline's parameter where it is on", () => {
    expect(dev.data).not.toHaveProperty("aws_ssm_parameter");
    const layered = environment({ lambdaLayer: true });
    expect(only(layered.data, "aws_ssm_parameter").name).toBe("acme-dev-lambda-layer-parameter");
  });
});

describe("row 9: the outputs", () => {
  const { output } = prod;
  const hosted = "https://${aws_cognito_user_pool_domain.user_pool_domain.domain}.auth.eu-west-1.amazoncognito.com";
  const issuer = "https://${aws_cognito_user_pool.user_pool.endpoint}";

  it("have the baseline's names and say what is true", () => {
    expect(output.CognitoURLV2.value).toBe(hosted);
    expect(output.CognitoUspLoginUrlV2.value).toBe(
      `${hosted}/login?client_id=\${aws_cognito_user_pool_client.user_pool_client.id}` +
        "&response_type=code&scope=email+openid+profile&redirect_uri=http%3A%2F%2Flocalhost%3A3000%2Fauth",
    );
  });

  it("go on with what an application needs", () => {
    expect(output.UserPoolId.value).toBe("${aws_cognito_user_pool.user_pool.id}");
    expect(output.UserPoolClientId.value).toBe("${aws_cognito_user_pool_client.user_pool_client.id}");
    expect(output.Issuer.value).toBe(issuer);
    expect(output.JwksUrl.value).toBe(`${issuer}/.well-known/jwks.json`);
  });

  it("keep the secret secret", () => {
    const sensitive = Object.entries(output)
      .filter(([, { sensitive }]) => sensitive)
      .map(([name]) => name);
    expect(sensitive).toEqual(["UserPoolClientSecret"]);
  });
});

describe("row 10: tags", () => {
  it("are project and environment on everything, with the settings' own", () => {
    const tagged = synthesized({ ...PROJECT, tags: { owner: "identity" } });
    expect(tagged.dev?.provider.aws[0].default_tags).toEqual([
      { tags: { owner: "identity", project: "acme", environment: "${var.workspace}" } },
    ]);
    expect(tagged.dev?.variable.workspace.default).toBe("dev");
  });
});

describe("uniqueness", () => {
  it("is reserved by default, in a table that is protected where the pool is", () => {
    expect(functionOf().environment.variables.RESERVATIONS_TABLE).toBe("${aws_dynamodb_table.reservations.name}");
    expect(only(dev.resource, "aws_dynamodb_table")).toMatchObject({
      name: "acme-dev-reservations",
      deletion_protection_enabled: false,
    });
    expect(only(prod.resource, "aws_dynamodb_table").deletion_protection_enabled).toBe(true);
    expect(dev.output.ReservationsTable.value).toBe("${aws_dynamodb_table.reservations.name}");
  });

  it("by looking first has no table, no grant, no output", () => {
    const document = environment({ uniqueness: "directory" });
    expect(document.resource).not.toHaveProperty("aws_dynamodb_table");
    expect(functionOf(document).environment.variables).not.toHaveProperty("RESERVATIONS_TABLE");
    expect(document.text).not.toContain("dynamodb");
  });

  it("by looking first forgets a table that is protected instead of deleting it", () => {
    const document = JSON.parse(environment({ uniqueness: "directory" }, "prod").text);
    expect(document.removed).toEqual([{ from: "aws_dynamodb_table.reservations", lifecycle: { destroy: false } }]);
  });
});

describe("federated sign-ups", () => {
  it("are refused by default, and no provider but the pool is offered", () => {
    expect(functionOf().environment.variables).not.toHaveProperty("FEDERATED");
    expect(clientOf().supported_identity_providers).toEqual(["COGNITO"]);
    expect(dev.text).not.toContain("AdminLinkProviderForUser");
  });

  it("are linked, with the grant that this needs, where that is asked for", () => {
    const document = environment({ federated: "link", identityProviders: ["Google"] });
    expect(functionOf(document).environment.variables).toMatchObject({
      FEDERATED: "link",
      IDENTITY_PROVIDERS: '["Google"]',
    });
    expect(clientOf(document).supported_identity_providers).toEqual(["COGNITO", "Google"]);
    expect(statementsOf(document.resource.aws_iam_role_policy?.pre_sign_up_link_identities)).toEqual([
      {
        Effect: "Allow",
        Action: "cognito-idp:AdminLinkProviderForUser",
        Resource: "${aws_cognito_user_pool.user_pool.arn}",
      },
    ]);
  });
});

describe("identity providers", () => {
  const google = { clientId: "id", clientSecret: { ssmParameter: "/acme/google" } };

  it("are made before the clients that offer them, and are known to the function by name", () => {
    const document = environment({
      identityProviders: { Google: google, "Acme.Okta": { type: "OIDC", issuer: "https://acme.okta.com", ...google } },
      clients: { web: { clientType: "web", callbackUrls: ["https://a.example/auth"], identityProviders: ["Google"] } },
    });
    const providers = document.resource.aws_cognito_identity_provider ?? {};
    const [second, first] = Object.keys(providers).map((name) => `aws_cognito_identity_provider.${name}`);
    expect(first).toBe("aws_cognito_identity_provider.identity_provider_Google");
    expect(second).toMatch(/^aws_cognito_identity_provider\.identity_provider_Acme_Okta_[0-9a-f]{8}$/);
    expect(document.resource.aws_cognito_user_pool_client?.user_pool_client).toMatchObject({
      supported_identity_providers: ["COGNITO", "Google", "Acme.Okta"],
      depends_on: [first, second],
    });
    expect(document.resource.aws_cognito_user_pool_client?.client_web).toMatchObject({
      supported_identity_providers: ["COGNITO", "Google"],
      depends_on: [first],
    });
    expect(functionOf(document).environment.variables.IDENTITY_PROVIDERS).toBe('["Google","Acme.Okta"]');
  });

  it("that are made elsewhere are only named", () => {
    const document = environment({ identityProviders: ["Google"] });
    expect(document.resource).not.toHaveProperty("aws_cognito_identity_provider");
    expect(clientOf(document)).not.toHaveProperty("depends_on");
    expect(clientOf(document).write_attributes).toEqual(["email", "name", "nickname", "picture"]);
  });
});

describe("accounts of another pool", () => {
  const migrateFrom = { userPoolId: "us-east-1_OldPool01", clientId: "1oldclient" };
  const moving = environment({ migrateFrom, alarmTopicArn: "arn:aws:sns:eu-west-1:111122223333:on-call" });
  const functions = moving.resource.aws_lambda_function ?? {};

  it("move through a function that the pool asks, beside the one that decides about sign-ups", () => {
    expect(poolOf(moving).lambda_config).toEqual({
      pre_sign_up: "${aws_lambda_function.pre_sign_up.arn}",
      user_migration: "${aws_lambda_function.user_migration.arn}",
    });
    expect(functions.user_migration).toMatchObject({ function_name: "acme-dev-user-migration", timeout: 4 });
    expect(JSON.parse(functions.user_migration?.environment.variables.MIGRATE_FROM)).toEqual(migrateFrom);
  });

  it("are held to the same table, and to no less than a sign-up", () => {
    const [signUp, migration] = [functions.pre_sign_up, functions.user_migration];
    const { RESERVATIONS_TABLE, UNCONFIRMED_HOLD_HOURS } = signUp?.environment.variables ?? {};
    expect(RESERVATIONS_TABLE).toBeTruthy();
    expect(migration?.environment.variables).toMatchObject({ RESERVATIONS_TABLE, UNCONFIRMED_HOLD_HOURS });
    expect(moving.resource.aws_iam_role_policy).toHaveProperty("user_migration_use_reservations");
    const looking = environment({ migrateFrom, uniqueness: "directory" });
    expect(looking.text).not.toContain("dynamodb");
  });

  it("have alarms of their own", () => {
    const alarms = Object.values(moving.resource.aws_cloudwatch_metric_alarm ?? {});
    expect(alarms.map(({ alarm_name }) => alarm_name)).toContain("acme-dev-user-migration-failed-closed");
    expect(alarms).toHaveLength(6);
  });

  it("change nothing about the sign-ups' function, the client, or an environment that takes none over", () => {
    expect(functions.pre_sign_up).toEqual(functionOf());
    expect(clientOf(moving)).toEqual(clientOf());
    expect(dev.text).not.toContain("migration");
  });
});

describe("a customer's key", () => {
  const kmsKeyArn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  const migrateFrom = { userPoolId: "us-east-1_OldPool01", clientId: "1oldclient" };
  const everything: EnvironmentSettings = {
    ...{ kmsKeyArn, migrateFrom },
    ...{ federated: "link", identityProviders: ["Google"] },
  };

  /** AWS services through which a function's role may use the key, each with the actions. */
  function services(document: typeof dev, functionId: string): Record<string, string[]> {
    const policies = Object.values(document.resource.aws_iam_role_policy ?? {});
    const role = `\${aws_iam_role.${functionId}_role.name}`;
    const statements = policies.filter((policy) => policy.role === role).flatMap((policy) => statementsOf(policy));
    return Object.fromEntries(
      statements
        .filter(({ Resource }) => Resource === kmsKeyArn)
        .map(({ Action, Condition }) => [
          Condition.StringEquals["kms:ViaService"].replace(/\.eu-west-1\..*/, ""),
          [Action].flat(),
        ]),
    );
  }

  it.each<[string, EnvironmentSettings]>([
    ["everything", everything],
    ["the least", { kmsKeyArn }],
    ["no table", { kmsKeyArn, uniqueness: "directory" }],
  ])("may be used by every role that uses what is encrypted with it (%s)", (_, settings) => {
    const document = environment(settings);
    const functions = Object.entries(document.resource.aws_lambda_function ?? {});
    expect(functions).not.toEqual([]);
    for (const [id, { kms_key_arn, environment: variables }] of functions) {
      const table = variables.variables.RESERVATIONS_TABLE !== undefined;
      expect(kms_key_arn).toBe(kmsKeyArn);
      expect(services(document, id)).toEqual({
        lambda: ["kms:Decrypt"],
        ...(table && { dynamodb: expect.arrayContaining(["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*"]) }),
      });
    }
  });

  it("changes nothing where there is none", () => {
    expect(dev.text).not.toContain("kms");
  });
});

describe("what operators see", () => {
  it("are alarms on the function, where there is a topic to send them to", () => {
    const topic = "arn:aws:sns:eu-west-1:111122223333:on-call";
    const alarms = Object.values(environment({ alarmTopicArn: topic }).resource.aws_cloudwatch_metric_alarm ?? {});
    expect(alarms.map(({ alarm_actions }) => alarm_actions)).toEqual([[topic], [topic], [topic]]);
    expect(dev.resource).not.toHaveProperty("aws_cloudwatch_metric_alarm");
  });

  it("is a dashboard, where one is asked for", () => {
    expect(dev.resource).not.toHaveProperty("aws_cloudwatch_dashboard");
    expect(only(environment({ dashboard: true }).resource, "aws_cloudwatch_dashboard").dashboard_name).toBe("acme-dev");
  });

  it("is what the settings say to refused users", () => {
    const { MESSAGES: said } = functionOf(environment({ messages: { emailTaken: "Taken." } })).environment.variables;
    expect(JSON.parse(said)).toEqual({ emailTaken: "Taken." });
    expect(functionOf().environment.variables).not.toHaveProperty("MESSAGES");
  });
});

describe("the stack", () => {
  it("asks for a provider that knows the runtime", () => {
    const awsOf = (document: typeof dev) => document.terraform.required_providers.aws.version;
    expect(awsOf(dev)).toBe(">= 5.100.0, < 7.0.0");
    expect(awsOf(environment({ runtime: "nodejs24.x" }))).toBe(">= 6.19.0, < 7.0.0");
  });

  it("keeps its state in S3, in the workspace of its name", () => {
    expect(dev.terraform.backend.s3).toMatchObject({
      bucket: "acme-terraform-state",
      key: "acme/terraform.tfstate",
      use_lockfile: true,
      encrypt: true,
    });
    expect(dev.variable.workspace.validation[0].condition).toContain('terraform.workspace == "dev"');
  });

  it("has no path of this machine in it", () => {
    for (const { text } of Object.values(stacks)) {
      expect(text).not.toContain(process.cwd());
      expect(text).not.toMatch(/: "(?:\/(?!aws\/lambda\/)|[A-Z]:\\)/);
    }
  });

  it("is the same text every time", () => {
    expect(synthesized().dev?.text).toBe(dev.text);
  });
});

it("an environment's customize adds resources to its stack, and changes what no setting changes", () => {
  const { resource } = environment({
    customize: (stack, users) => {
      new SnsTopic(stack, "on_call", { name: "on-call" });
      (users.userPool.node.defaultChild as TerraformResource).addOverride("device_configuration", {
        challenge_required_on_new_device: true,
      });
    },
  });
  expect(resource.aws_sns_topic).toMatchObject({ on_call: { name: "on-call" } });
  expect(poolOf({ resource } as typeof dev).device_configuration).toEqual({ challenge_required_on_new_device: true });
});

describe("clients beside the environment's own", () => {
  const document = environment({
    resourceServers: { orders: { scopes: { read: "Read orders" } } },
    groups: { administrators: { precedence: 1 }, "gruppe-ü": {} },
    clients: {
      "mobile-app": { clientType: "native", callbackUrls: ["my-app://auth"] },
      worker: { clientType: "machine", scopes: ["orders/read"] },
    },
  });

  it("are named, at addresses of their own", () => {
    const clients = document.resource.aws_cognito_user_pool_client ?? {};
    expect(Object.fromEntries(Object.entries(clients).map(([id, { name }]) => [id, name]))).toEqual({
      user_pool_client: "acme-dev",
      "client_mobile-app": "acme-dev-mobile-app",
      client_worker: "acme-dev-worker",
    });
  });

  it("have outputs, secrets only where they keep one", () => {
    expect(Object.keys(document.output)).toEqual(
      expect.arrayContaining(["MobileAppClientId", "WorkerClientId", "WorkerClientSecret"]),
    );
    expect(document.output).not.toHaveProperty("MobileAppClientSecret");
    expect(document.output.WorkerClientSecret.sensitive).toBe(true);
  });

  it("may have the scopes of resource servers; groups have addresses that Terraform takes", () => {
    expect(only(document.resource, "aws_cognito_resource_server")).toMatchObject({
      identifier: "orders",
      scope: [{ scope_name: "read", scope_description: "Read orders" }],
    });
    const groups = document.resource.aws_cognito_user_group ?? {};
    expect(Object.values(groups).map(({ name }) => name)).toEqual(["administrators", "gruppe-ü"]);
    for (const id of Object.keys(groups)) expect(id).toMatch(/^[\w-]+$/);
  });
});

it("an environment of machines only has no login URL", () => {
  const { output } = environment({
    clientType: "machine",
    resourceServers: { orders: { scopes: { read: "Read orders" } } },
    scopes: ["orders/read"],
  });
  expect(output).not.toHaveProperty("LoginUrl");
});

describe("customize that cannot work", () => {
  it("names its environment when it fails", () => {
    const fails = () => {
      throw new Error("no");
    };
    expect(() => environment({ customize: fails })).toThrow('customize of the environment "dev" failed');
  });

  it("is refused when it is asynchronous", () => {
    expect(() => environment({ customize: async () => {} })).toThrow("is asynchronous");
  });
});

import { randomBytes } from "node:crypto";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { EMULATOR_OVERRIDE, ProjectCopy } from "../support/project-copy";
import { around, CSS, CSS_OF_CLIENT, makeAround } from "./support/around-pool";
import { type Client, cognito, signUp } from "./support/cognito";
import { describeE2e, story } from "./support/describe-e2e";
import { makeFunction } from "./support/function";
import { OTHER, OTHER_WEB_ACL } from "./support/other-module";
import { storeSecrets } from "./support/secrets";

const suffix = randomBytes(4).toString("hex");
const PROJECT = { project: `adopt-${suffix}`, region: "eu-west-1" };
const POOL = "aws_cognito_user_pool.user_pool";

const ASSOCIATION = "aws_wafv2_web_acl_association.web_acl_association";
const STYLE = "aws_cognito_user_pool_ui_customization.ui_customization";
/** What Cognito's own sender says. */
const EMAIL = { EmailSendingAccount: "COGNITO_DEFAULT", ReplyToEmailAddress: "help@acme.com" };
/** A pool's own function before sign-ups. */
const ONLY_ACME = `exports.handler = async (event) => {
  if (!event.request.userAttributes.email.endsWith("@acme.com")) throw new Error("Only addresses of Acme.");
  return event;
};
`;

interface Made {
  readonly UserPool: { readonly Id: string; readonly Arn: string };
  readonly UserPoolClient: { readonly ClientId: string; readonly ClientSecret?: string };
}

/** What a plan does, each a line: the address and its actions. */
interface Planned {
  readonly resource_changes: ReadonlyArray<{
    readonly address: string;
    readonly mode: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly importing?: object;
      readonly before: unknown;
      readonly after: unknown;
    };
  }>;
}

/** Makes the environment one whose settings are those that were adopted. */
async function useAdopted(copy: ProjectCopy, name: string): Promise<void> {
  const environments = { before: {} };
  const text = `import adopted from "./adopted/${name}";
const project = ${JSON.stringify({ ...PROJECT, environments })};
export default { ...project, environments: { ...project.environments, ${name}: adopted } };
`;
  await writeFile(path.join(copy.folder, "environments.ts"), text);
}

describeE2e("adopt, of pools that were made by hand", () => {
  let copy: ProjectCopy;
  beforeAll(async () => {
    copy = await ProjectCopy.make({ ...PROJECT, environments: { before: {}, aliases: {}, addresses: {}, taken: {} } });
    for (const name of ["aliases", "addresses", "taken"]) await copy.keepStateLocally(name);
  });
  afterAll(() => copy?.remove());

  const make = (operation: string, input: object) => cognito(operation, input) as Promise<Made>;

  async function changes(name: string) {
    const planned = await copy.script("plan", name, "-out=adopted.tfplan");
    expect({ code: planned.code, said: planned.code ? planned.stdout + planned.stderr : "" }).toEqual({
      code: 0,
      said: "",
    });
    const { stdout } = await copy.terraform(name, "show", "-json", "adopted.tfplan");
    const { resource_changes } = JSON.parse(stdout) as Planned;
    const managed = resource_changes.filter(({ mode }) => mode === "managed");
    const of = (action: string, isMeant: (one: (typeof managed)[number]) => boolean = () => true) =>
      managed.filter((one) => one.change.actions.join() === action && isMeant(one)).map(({ address }) => address);
    return {
      imported: managed.filter(({ change }) => change.importing).map(({ address }) => address),
      // That a secret of an identity provider comes from elsewhere, marks it as sensitive: an update that changes nothing.
      updated: of("update", ({ change }) => JSON.stringify(change.before) !== JSON.stringify(change.after)),
      made: of("create"),
      lost: managed.filter(({ change }) => change.actions.includes("delete")).map(({ address }) => address),
    };
  }

  async function deploy(name: string, ...allowed: string[]) {
    const options = allowed.flatMap((address) => ["--allow", address]);
    const { code, stdout, stderr } = await copy.script("deploy", name, "--auto-approve", ...options);
    expect({ code, said: code ? stdout + stderr : "" }).toEqual({ code: 0, said: "" });
    const again = await copy.script("plan", name, "-detailed-exitcode");
    expect({ code: again.code, said: again.code ? again.stdout : "" }).toEqual({ code: 0, said: "" });
    expect(again.stdout).toContain("No changes.");
  }

  describe("one with usernames, aliases, attributes, clients, a domain, groups and functions of its own", () => {
    const step = story();
    let pool: Made["UserPool"];
    let poolId: string;
    let webAcl: string;
    let server: Client;
    let mobile: Client;

    step("is there, with accounts", async () => {
      const [before, after] = await Promise.all([
        makeFunction(`hooks-${suffix}-before`, ONLY_ACME),
        makeFunction(`hooks-${suffix}-after`, "exports.handler = async (event) => event;\n"),
      ]);
      const { UserPool } = await make("CreateUserPool", {
        PoolName: "Customers of Acme",
        AliasAttributes: ["email"],
        AutoVerifiedAttributes: ["email"],
        UserPoolTags: { team: "web" },
        Schema: [
          {
            Name: "plan",
            AttributeDataType: "String",
            StringAttributeConstraints: { MinLength: "1", MaxLength: "20" },
          },
          { Name: "free", AttributeDataType: "String", Mutable: false },
          { Name: "given_name", AttributeDataType: "String", Required: true, Mutable: true },
        ],
        Policies: {
          PasswordPolicy: { MinimumLength: 10, RequireNumbers: true, TemporaryPasswordValidityDays: 3 },
        },
        LambdaConfig: { PreSignUp: before, PostConfirmation: after },
        VerificationMessageTemplate: { EmailSubject: "Your code", EmailMessage: "It is {####}." },
        EmailConfiguration: EMAIL,
      });
      pool = UserPool;
      poolId = pool.Id;
      await cognito("CreateResourceServer", {
        UserPoolId: poolId,
        Identifier: "https://orders.acme.com",
        Name: "Orders API",
        Scopes: [{ ScopeName: "read", ScopeDescription: "Read orders" }],
      });
      await cognito("CreateIdentityProvider", {
        UserPoolId: poolId,
        ProviderName: "Okta",
        ProviderType: "OIDC",
        ProviderDetails: {
          client_id: "acme",
          client_secret: "a-stored-secret",
          oidc_issuer: "https://acme.okta.com",
          authorize_scopes: "openid email",
          attributes_request_method: "POST",
        },
        AttributeMapping: { username: "sub", email: "email", given_name: "first" },
      });
      const web = await make("CreateUserPoolClient", {
        UserPoolId: poolId,
        ClientName: "Web shop",
        GenerateSecret: true,
        CallbackURLs: ["https://acme.com/b", "https://acme.com/a"],
        LogoutURLs: ["https://acme.com/bye"],
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthFlows: ["code", "implicit"],
        AllowedOAuthScopes: ["openid", "https://orders.acme.com/read"],
        SupportedIdentityProviders: ["COGNITO", "Okta"],
        ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        RefreshTokenValidity: 7,
      });
      server = { id: web.UserPoolClient.ClientId, secret: web.UserPoolClient.ClientSecret ?? "" };
      const app = await make("CreateUserPoolClient", {
        UserPoolId: poolId,
        ClientName: "iOS",
        ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      });
      mobile = { id: app.UserPoolClient.ClientId, secret: "" };
      await cognito("CreateUserPoolDomain", { UserPoolId: poolId, Domain: `acme-${suffix}` });
      webAcl = await makeAround(pool, web.UserPoolClient.ClientId);
      await cognito("CreateGroup", { UserPoolId: poolId, GroupName: "Administrators", Description: "All of it" });
      await cognito("CreateGroup", { UserPoolId: poolId, GroupName: "éditeurs", Precedence: 0 });
      const attributes = [
        { Name: "email", Value: "ana@acme.com" },
        { Name: "given_name", Value: "Ana" },
      ];
      await cognito("AdminCreateUser", { UserPoolId: poolId, Username: "ana", UserAttributes: attributes });
    });

    step("is written as settings, and what a person has to decide is said", async () => {
      const { code, stdout, stderr } = await copy.script("adopt", "aliases", "--pool", poolId);
      expect({ code, stderr: code === 2 ? "" : stderr }).toEqual({ code: 2, stderr: "" });
      expect(stdout).toMatch(/which becomes this project's function; it asks arn:aws:lambda:\S+-before once/);
      expect(stdout).not.toContain("not taken over");
      expect(stdout).toContain(
        `(the style of the classic pages of the client ${server.id}): css (uiCustomization: it is for all clients)`,
      );
      expect(stdout).toMatch(/aws_cognito_identity_pool \(eu-west-1:\S+\): identity_pool_name, .*\(identityPool: /);
      // The emulator has no such call.
      expect(stdout).toMatch(/aws_cognito_risk_configuration \(the risk configuration of the pool\): not read \(/);
      expect(stdout).toContain("next: npm run plan -- aliases");
      const text = await readFile(path.join(copy.folder, "adopted/aliases.ts"), "utf8");
      for (const secret of [server.secret, "a-stored-secret"]) expect(stdout + text).not.toContain(secret);
      const parameter = `/${PROJECT.project}/aliases/identity-providers/Okta`;
      expect(stdout).toContain(`aws ssm put-parameter --type SecureString --name ${parameter}`);
      await storeSecrets({ Okta: { type: "OIDC", clientSecret: { ssmParameter: parameter } } as never });
      await useAdopted(copy, "aliases");
    });

    step("is imported by a plan that destroys and replaces nothing", async () => {
      const { imported, updated, made, lost } = await changes("aliases");
      expect(lost).toEqual([]);
      const others = imported.filter((address) => !/group__diteurs_[0-9a-f]{8}$/.test(address));
      expect(imported).toHaveLength(others.length + 1);
      expect(others.sort()).toEqual([
        "aws_cognito_identity_provider.identity_provider_Okta",
        "aws_cognito_resource_server.resource_server_orders-api",
        "aws_cognito_user_group.group_Administrators",
        POOL,
        "aws_cognito_user_pool_client.client_ios",
        "aws_cognito_user_pool_client.user_pool_client",
        "aws_cognito_user_pool_domain.user_pool_domain",
        STYLE,
        ASSOCIATION,
      ]);
      expect(updated).toEqual([POOL]);
      expect(made.filter((address) => /^aws_(?:cognito|waf)/.test(address))).toEqual([]);
    });

    step("is deployed with a change of a client, keeps all else, and a second plan says no changes", async () => {
      const file = path.join(copy.folder, "adopted/aliases.ts");
      await writeFile(file, (await readFile(file, "utf8")).replace("https://acme.com/bye", "https://acme.com/goodbye"));
      await deploy(
        "aliases",
        "aws_cognito_user_pool_client.client_ios",
        POOL,
        "aws_cognito_user_pool_client.user_pool_client",
      );
      expect(await cognito("AdminGetUser", { UserPoolId: poolId, Username: "ana" })).toMatchObject({ Username: "ana" });
      expect(await cognito("DescribeUserPoolClient", { UserPoolId: poolId, ClientId: server.id })).toMatchObject({
        UserPoolClient: {
          ClientName: "Web shop",
          ClientSecret: server.secret,
          LogoutURLs: ["https://acme.com/goodbye"],
        },
      });
      expect(await cognito("DescribeUserPool", { UserPoolId: poolId })).toMatchObject({
        UserPool: { EmailConfiguration: EMAIL },
      });
      expect(await cognito("DescribeUserPoolClient", { UserPoolId: poolId, ClientId: mobile.id })).toMatchObject({
        UserPoolClient: { ClientName: "iOS" },
      });
      expect(await around(pool, "ALL")).toEqual({ webAcl, css: CSS });
      expect(await around(pool, server.id)).toEqual({ webAcl, css: CSS_OF_CLIENT });
    });

    step("is not adopted once more, and no other pool with it", async () => {
      const again = await copy.script("adopt", "aliases", "--pool", poolId);
      expect(again).toMatchObject({ code: 64, stderr: expect.stringContaining("aliases manages it already") });
      const elsewhere = await copy.script("adopt", "addresses", "--pool", poolId);
      expect(elsewhere).toMatchObject({
        code: 64,
        stderr: expect.stringContaining("the environment aliases manages it"),
      });
      const { UserPool } = await make("CreateUserPool", { PoolName: `second-${suffix}` });
      const second = await copy.script("adopt", "aliases", "--pool", UserPool.Id);
      expect(second).toMatchObject({
        code: 64,
        stderr: expect.stringContaining(`has the user pool ${poolId} already`),
      });
    });

    step("refuses a second account for the address of one that it had before", async () => {
      expect(await signUp(server, "other", "Ana@Acme.com")).toContain("already");
    });

    step("its own function before sign-ups is asked about those that this project admits", async () => {
      expect(await signUp(server, "ben", "ben@example.com")).toContain("Only addresses of Acme");
      expect(await signUp(server, "ben", "ben@acme.com")).toBe("admitted");
    });
  });

  describe("one whose users sign in with their addresses", () => {
    const step = story();
    let poolId: string;

    step("is there, with an account", async () => {
      const { UserPool } = await make("CreateUserPool", {
        PoolName: "addresses",
        UsernameAttributes: ["email"],
        UsernameConfiguration: { CaseSensitive: false },
        DeletionProtection: "ACTIVE",
        MfaConfiguration: "OFF",
      });
      poolId = UserPool.Id;
      await make("CreateUserPoolClient", {
        UserPoolId: poolId,
        ClientName: "spa",
        CallbackURLs: ["https://acme.com/"],
        AllowedOAuthFlowsUserPoolClient: true,
        AllowedOAuthFlows: ["code"],
        AllowedOAuthScopes: ["openid"],
        SupportedIdentityProviders: ["COGNITO"],
      });
      await cognito("AdminCreateUser", { UserPoolId: poolId, Username: "ana@example.com" });
    });

    step("is taken over whole: a second plan says no changes", async () => {
      const { code, stderr } = await copy.script("adopt", "addresses", "--pool", poolId);
      expect({ code, stderr: code ? stderr : "" }).toEqual({ code: 0, stderr: "" });
      await useAdopted(copy, "addresses");
      const { imported, updated, lost } = await changes("addresses");
      expect({ updated, lost }).toEqual({ updated: [POOL], lost: [] });
      expect(imported).toEqual([POOL, "aws_cognito_user_pool_client.user_pool_client"]);
      await deploy("addresses", POOL, "aws_cognito_user_pool_client.user_pool_client");
      const { Users } = (await cognito("ListUsers", { UserPoolId: poolId })) as { Users: unknown[] };
      expect(Users).toHaveLength(1);
    });
  });

  describe("one of another Terraform module", () => {
    const step = story();
    const other = () => path.join(copy.folder, "other");
    let poolId: string;

    async function otherModule(...args: string[]): Promise<string> {
      const { code, stdout, stderr } = await copy.run("terraform", [`-chdir=${other()}`, ...args]);
      expect({ code, said: code ? stdout + stderr : "" }).toEqual({ code: 0, said: "" });
      return stdout;
    }

    step("is there", async () => {
      await mkdir(other());
      await writeFile(path.join(other(), "main.tf.json"), JSON.stringify(OTHER));
      await writeFile(path.join(other(), "emulator_override.tf.json"), JSON.stringify(EMULATOR_OVERRIDE));
      await otherModule("init", "-input=false");
      await otherModule("apply", "-input=false", "-auto-approve");
      // As if the domain had been made by hand: only the pool says it.
      await otherModule("state", "rm", "aws_cognito_user_pool_domain.this");
      await otherModule("apply", "-input=false", "-auto-approve", "-refresh-only");
      await writeFile(path.join(copy.folder, "state.json"), await otherModule("show", "-json"));
      poolId = JSON.parse(await otherModule("output", "-json", "pool"));
    });

    step("is written as settings, and as what that module forgets", async () => {
      const { code, stdout, stderr } = await copy.script(
        "adopt",
        "taken",
        "--from",
        path.join(copy.folder, "state.json"),
      );
      expect({ code, stderr }).toEqual({ code: 2, stderr: "" });
      expect(stdout).toContain("First apply adopted/taken.removed.tf in the other module.");
      expect(stdout).toContain("the state has no resource of the pool's prefix domain other-");
      await useAdopted(copy, "taken");
      const { terraform, provider } = OTHER;
      await writeFile(
        path.join(other(), "main.tf.json"),
        JSON.stringify({ terraform, provider, resource: OTHER_WEB_ACL }),
      );
      await cp(path.join(copy.folder, "adopted/taken.removed.tf"), path.join(other(), "removed.tf"));
      expect(await otherModule("apply", "-input=false", "-auto-approve")).toContain("0 destroyed");
      expect((await otherModule("state", "list")).trim()).toBe("aws_wafv2_web_acl.this");
    });

    step("is deployed, and a second plan says no changes", async () => {
      const { imported, updated, lost } = await changes("taken");
      expect({ updated, lost }).toEqual({ updated: [POOL], lost: [] });
      expect(imported).toHaveLength(6);
      expect(imported).toEqual(expect.arrayContaining([STYLE, ASSOCIATION]));
      await deploy("taken", POOL, "aws_cognito_user_pool_client.user_pool_client");
      expect(await cognito("DescribeUserPool", { UserPoolId: poolId })).toMatchObject({
        UserPool: {
          Name: "of-another-module",
          LambdaConfig: { PreSignUp: expect.stringContaining("-taken-pre-sign-up") },
        },
      });
    });
  });
});

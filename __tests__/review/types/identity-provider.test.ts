import { dataProblems } from "../../../review/config/data-sources";
import { judge } from "../../../review/judge";
import { readPlan } from "../../../review/plan";
import { review } from "../../../review/report";
import { IDENTITY_PROVIDER } from "../../../review/types/identity-provider";
import { Edited } from "../../support/plans/edited";
import { findingsOf, planJson } from "../../support/plans/fixture";
import { CLIENT } from "../../support/plans/scenario";
import type { Block } from "../../support/stack";

const PROVIDER = "aws_cognito_identity_provider.other";
const PARAMETER = "data.aws_ssm_parameter.other_secret";
const STORED = "data.aws_secretsmanager_secret_version.other_secret";
const SECRET = "a-secret-of-the-provider";

/** A plan that makes a provider whose secret is read from where it is stored. */
function planWith({ template = `\${${PARAMETER}.value}`, address = PARAMETER, edit = (_: Edited) => {} } = {}): Edited {
  const edited = new Edited(planJson("identity-provider"));
  const { provider_details } = edited.configured(PROVIDER);
  provider_details.constant_value.client_secret = template;
  provider_details.references = [`${address}.value`, address];
  edited.of(PROVIDER).after_sensitive = { provider_details: { client_secret: true } };
  const [, type = ""] = address.split(".");
  const told = type === "aws_ssm_parameter" ? { name: "/acme/other" } : { secret_id: "acme/other" };
  const [[name = "", value = ""] = []] = Object.entries(told);
  const { configuration, prior_state } = edited.json;
  const source = { address, mode: "data", type };
  const expressions = { [name]: { constant_value: value } };
  configuration.root_module.resources.push({ ...source, provider_config_key: "aws", expressions });
  const answer = type === "aws_ssm_parameter" ? "value" : "secret_string";
  prior_state.values.root_module.resources.push({
    ...source,
    values: { ...told, [answer]: template.includes("jsondecode") ? JSON.stringify({ key: SECRET }) : SECRET },
    sensitive_values: { [answer]: true },
  });
  edit(edited);
  return edited;
}

const findings = (edited: Edited) => findingsOf(review(readPlan(edited.json), "prod"));

describe("a secret of an identity provider", () => {
  it.each([
    [`\${${PARAMETER}.value}`, PARAMETER],
    [`\${${STORED}.secret_string}`, STORED],
    [`\${jsondecode(${STORED}.secret_string).key}`, STORED],
    [`\${jsondecode(${STORED}.secret_string)["client-secret"]}`, STORED],
  ])("may be %s", (template, address) => {
    expect(findings(planWith({ template, address }))).toEqual({});
  });

  it("is hidden in the review", () => {
    expect(JSON.stringify(review(readPlan(planWith().json), "prod"))).not.toContain(SECRET);
  });

  it("is blocked where it is written down", () => {
    expect(findings(new Edited(planJson("identity-provider")))).toEqual({ [PROVIDER]: ["identity-provider-secret"] });
  });

  const refers = (template: string) => ({
    constant_value: template,
    references: [`${PARAMETER}.value`, PARAMETER],
  });
  it.each<[string, (edited: Edited) => void, string]>([
    [
      "an output",
      ({ json }) => {
        json.configuration.root_module.outputs.Other = { expression: refers(`\${${PARAMETER}.value}`) };
        json.output_changes.Other = {
          ...{ actions: ["create"], before: null, after: SECRET, after_unknown: false },
          ...{ before_sensitive: false, after_sensitive: false },
        };
      },
      "output.Other",
    ],
    [
      "a sensitive output, which anyone who may read the state can read",
      ({ json }) => {
        json.configuration.root_module.outputs.Other = {
          sensitive: true,
          expression: refers(`\${${PARAMETER}.value}`),
        };
      },
      PARAMETER,
    ],
    [
      "another resource",
      ({ json }) => {
        const copy = { address: "aws_ssm_parameter.copy", mode: "managed", type: "aws_ssm_parameter" };
        const expressions = { value: refers(`\${${PARAMETER}.value}`) };
        json.configuration.root_module.resources.push({ ...copy, provider_config_key: "aws", expressions });
      },
      PARAMETER,
    ],
    [
      "another detail of the provider, which users see",
      (edited) => {
        edited.configured(PROVIDER).provider_details.constant_value.client_id = `\${${PARAMETER}.value}`;
      },
      PARAMETER,
    ],
    [
      "a part of the secret",
      (edited) => {
        edited.configured(PROVIDER).provider_details.constant_value.client_secret = `x\${${PARAMETER}.value}`;
      },
      PARAMETER,
    ],
    [
      "nothing",
      (edited) => {
        edited.configured(PROVIDER).provider_details = { constant_value: {} };
      },
      PARAMETER,
    ],
  ])("is blocked where what is read also goes to %s", (_, edit, address) => {
    expect(Object.keys(findings(planWith({ edit })))).toContain(address);
  });

  it("is blocked where the parameter is named by what no plan shows", () => {
    const edit = (edited: Edited) => {
      edited.configured(PARAMETER).name = { constant_value: `\${${CLIENT}.name}`, references: [`${CLIENT}.name`] };
    };
    expect(findings(planWith({ edit }))[PARAMETER]).toEqual(["data-source"]);
  });

  it("may be read while a plan is made on a server", () => {
    const types = ["aws_ssm_parameter", "aws_secretsmanager_secret_version"];
    expect(types.flatMap((type) => dataProblems(type, { secret: { name: "x" } }, undefined, []))).toEqual([]);
    expect(dataProblems("aws_secretsmanager_secret", { secret: {} }, undefined, [])).toHaveLength(1);
  });
});

const OIDC = {
  ...{ user_pool_id: "eu-west-1_Pool00001", provider_name: "Okta", provider_type: "OIDC" },
  provider_details: {
    ...{ client_id: "a", oidc_issuer: "https://acme.okta.com", authorize_scopes: "openid email" },
    authorize_url: "https://acme.okta.com/authorize",
  },
  attribute_mapping: { username: "sub", email: "email" },
  idp_identifiers: ["acme.com"],
};
const SAML = {
  ...{ user_pool_id: "eu-west-1_Pool00001", provider_name: "Entra", provider_type: "SAML" },
  provider_details: {
    ...{
      MetadataURL: "https://login.example/a.xml",
      EncryptedResponses: "true",
      IDPInit: "false",
      IDPSignout: "false",
    },
    RequestSigningAlgorithm: "rsa-sha256",
  },
};
const FACEBOOK = {
  ...{ user_pool_id: "eu-west-1_Pool00001", provider_name: "Facebook", provider_type: "Facebook" },
  provider_details: {
    client_id: "1",
    api_version: "v17.0",
    authorize_url: "https://www.facebook.com/v17.0/dialog/oauth",
  },
};

/** The rules that find something where a provider becomes another one. */
function rules(before: Block, after: Block, action = "update"): string[] {
  const change = {
    ...{ address: PROVIDER, type: IDENTITY_PROVIDER.type, mode: "managed", action, before, after },
    ...{ afterUnknown: false, beforeSensitive: false, afterSensitive: false, importing: undefined },
  };
  const plan = { resources: [change], state: [], outputs: [], configuration: undefined };
  // biome-ignore lint/suspicious/noExplicitAny: what a judgement needs of a plan
  return [...new Set(judge(change as any, plan as any, IDENTITY_PROVIDER).map(({ rule }) => rule))];
}

const details = (one: { readonly provider_details: object }, changed: object) => ({
  ...one,
  provider_details: { ...one.provider_details, ...changed },
});

it.each<[string, Block, Block, string[]]>([
  ["other identifiers as well", OIDC, { ...OIDC, idp_identifiers: ["acme.com", "acme.org"] }, []],
  ["fewer identifiers", OIDC, { ...OIDC, idp_identifiers: [] }, ["identity-provider-identifiers"]],
  ["more scopes", OIDC, details(OIDC, { authorize_scopes: "openid email profile" }), []],
  ["fewer scopes", OIDC, details(OIDC, { authorize_scopes: "openid" }), ["identity-provider-mapping"]],
  ["another issuer", OIDC, details(OIDC, { oidc_issuer: "https://evil.example" }), ["identity-provider-another"]],
  ["another address", OIDC, details(OIDC, { authorize_url: "https://evil.example" }), ["identity-provider-another"]],
  ["another client", OIDC, details(OIDC, { client_id: "b" }), ["identity-provider-another"]],
  ["another claim", OIDC, { ...OIDC, attribute_mapping: { email: "upn" } }, ["identity-provider-mapping"]],
  ["other metadata", SAML, details(SAML, { MetadataURL: "https://b.example" }), ["identity-provider-another"]],
  ["what Cognito fills in", SAML, details(SAML, { ActiveEncryptionCertificate: "MIIC" }), []],
  ["a sign-out at the provider", SAML, details(SAML, { IDPSignout: "true" }), []],
  ["sign-ins that begin there", SAML, details(SAML, { IDPInit: "true" }), ["identity-provider-signed"]],
  ["no encryption", SAML, details(SAML, { EncryptedResponses: "false" }), ["identity-provider-signed"]],
  ["no signature", SAML, details(SAML, { RequestSigningAlgorithm: null }), ["identity-provider-signed"]],
  [
    "another version of the Graph API",
    FACEBOOK,
    details(FACEBOOK, { api_version: "v21.0", authorize_url: "https://www.facebook.com/v21.0/dialog/oauth" }),
    [],
  ],
  [
    "another host in a provider's name",
    FACEBOOK,
    details(FACEBOOK, { authorize_url: "https://www.facebook.com.evil.example/dialog/oauth" }),
    ["identity-provider-another"],
  ],
])("%s: findings %j", (_, before, after, expected) => {
  expect(rules(before, after)).toEqual(expected);
});

it("a provider that is deleted or replaced is lost to its users", () => {
  expect(rules(OIDC, {}, "delete")).toEqual(["identity-provider-lost"]);
  expect(rules(OIDC, { ...OIDC, provider_name: "Other" }, "replace")).toContain("identity-provider-lost");
});

it("a new provider that Cognito knows is at its own hosts", () => {
  expect(rules({}, FACEBOOK, "create")).not.toContain("identity-provider-another");
  const elsewhere = details(FACEBOOK, { token_url: "https://evil.example/token" });
  expect(rules({}, elsewhere, "create")).toContain("identity-provider-another");
});

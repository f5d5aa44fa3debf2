import type { Block } from "../../stack";
import type { Edited } from "../edited";
import { planJson } from "../fixture";
import { CLIENT } from "../scenario";
import type { Neighbour } from "./neighbour";

/** App clients, and what applications are told. */
export const CLIENT_NEIGHBOURS: readonly Neighbour[] = [
  ...[
    {
      name: "allowed_oauth_scopes",
      values: ["openid", "phone", "aws.cognito.signin.user.admin"],
      rule: "client-scopes",
    },
    { name: "read_attributes", values: ["email", "phone_number", "custom:tenant"], rule: "client-attributes" },
    { name: "write_attributes", values: ["email", "phone_number", "custom:tenant"], rule: "client-attributes" },
    { name: "write_attributes", values: [], rule: "client-attributes" },
  ].map(({ name, values, rule }) => ({
    title: `the first client of a new pool has ${name} ${JSON.stringify(values)}`,
    plan: "first-deployment-with-phone-numbers",
    edit: (plan: Edited) => plan.set(CLIENT, { [name]: values }),
    rule,
  })),
  ...[
    { name: "allowed_oauth_scopes", values: ["openid", "phone"], rule: "client-scopes" },
    { name: "read_attributes", values: ["email", "phone_number"], rule: "client-attributes" },
    { name: "write_attributes", values: ["email", "birthdate"], rule: "client-attributes" },
  ].map(({ name, values, rule }) => ({
    title: `a client that is added to a pool with users has ${name} ${JSON.stringify(values)}`,
    plan: "new-client-implicit",
    edit: (plan: Edited) =>
      plan.set("aws_cognito_user_pool_client.other", { allowed_oauth_flows: ["code"], [name]: values }),
    rule,
  })),
  {
    title: "a second client's tokens are good for longer than those of the present one",
    plan: "new-client-implicit",
    edit: ({ json }) => {
      const present = json.prior_state.values.root_module.resources.find(({ address }: Block) => address === CLIENT);
      Object.assign(present.values, { access_token_validity: 5, token_validity_units: [{ access_token: "minutes" }] });
    },
    rule: "client-longer-tokens",
  },
  {
    title: "a second client offers another identity provider, and identities are linked",
    plan: "weekly-alarm-topic",
    stack: "full",
    edit: (plan) => {
      const other = planJson("client-renamed").resource_changes.find((one: Block) => one.address === CLIENT);
      const conf = planJson("client-renamed").configuration.root_module.resources.find(
        (one: Block) => one.address === CLIENT,
      );
      Object.assign(other, { address: `${CLIENT}2`, name: "user_pool_client2" });
      other.change.actions = ["create"];
      other.change.before = null;
      other.change.after.generate_secret = true;
      other.change.after.supported_identity_providers = ["COGNITO", "Evil"];
      plan.json.resource_changes.push(other);
      plan.json.configuration.root_module.resources.push({ ...conf, address: `${CLIENT}2` });
    },
    rule: "client-identity-providers",
  },
  {
    title: "the login URL names another client",
    plan: "output-added",
    edit: (plan) => {
      const value = plan.json.prior_state.values.outputs.CognitoUspLoginUrlV2.value;
      plan.json.output_changes.CognitoUspLoginUrlV2 = {
        actions: ["update"],
        before: value,
        after: value.replace(/client_id=\w+/, "client_id=1another2345678"),
        after_unknown: false,
        before_sensitive: false,
        after_sensitive: false,
      };
      plan.json.configuration.root_module.outputs.CognitoUspLoginUrlV2 = {
        expression: {
          constant_value:
            "https://${aws_cognito_user_pool_domain.user_pool_domain.domain}.auth.eu-west-1.amazoncognito.com/login?client_id=1another2345678&response_type=code",
          references: [],
        },
      };
    },
    rule: "output-changed",
  },
  {
    title: "the login URL names a second redirect",
    plan: "output-added",
    edit: (plan) => {
      const value = plan.json.prior_state.values.outputs.CognitoUspLoginUrlV2.value;
      plan.json.output_changes.CognitoUspLoginUrlV2 = {
        actions: ["update"],
        before: value,
        after: value.replace(
          /redirect_uri=/,
          "redirect_uri=https%3A%2F%2Fapp.example.com%2Fauth&redirect_uri=https%3A%2F%2Fevil.example%2F&x=",
        ),
        after_unknown: false,
        before_sensitive: false,
        after_sensitive: false,
      };
      plan.json.configuration.root_module.outputs.CognitoUspLoginUrlV2 = {
        expression: {
          constant_value:
            "https://${aws_cognito_user_pool_domain.user_pool_domain.domain}.auth.eu-west-1.amazoncognito.com/login?x",
          references: [],
        },
      };
    },
    rule: "output-changed",
  },
  {
    title: "the client no longer rotates refresh tokens",
    plan: "client-renamed",
    edit: (plan) => {
      plan.of(CLIENT).before.refresh_token_rotation = [{ feature: "ENABLED", retry_grace_period_seconds: 0 }];
      plan.of(CLIENT).after.refresh_token_rotation = [];
    },
    rule: "client-revocation",
  },
  {
    title: "a callback's host ends with a dot",
    plan: "client-renamed",
    edit: (plan) => {
      plan.of(CLIENT).after.callback_urls.push("https://app.example.com./auth");
    },
    rule: "client-callback",
  },
  {
    title: "a callback's host is written with an escape",
    plan: "client-renamed",
    edit: (plan) => {
      plan.of(CLIENT).after.callback_urls.push("https://app.example.com%2eevil.example/auth");
    },
    rule: "client-callback",
  },
  {
    title: "a callback is on localhost, where none is today",
    plan: "client-renamed",
    edit: (plan) => {
      plan.of(CLIENT).after.callback_urls.push("http://localhost:3000/auth");
    },
    rule: "client-callback",
  },
  {
    title: "a callback has a backslash in front of its host",
    plan: "client-renamed",
    edit: (plan) => {
      plan.of(CLIENT).after.callback_urls.push("https:/\\evil.example/auth");
    },
    rule: "client-callback",
  },
  {
    title: "the client has no callback any more",
    plan: "client-renamed",
    edit: (plan) => {
      plan.of(CLIENT).after.callback_urls = [];
    },
    rule: "client-callback",
  },
  {
    title: "the client has no OAuth flow any more",
    plan: "client-renamed",
    edit: (plan) => {
      plan.of(CLIENT).after.allowed_oauth_flows = [];
    },
    rule: "client-flows",
  },
  {
    title: "the client has no scope any more",
    plan: "client-renamed",
    edit: (plan) => {
      plan.of(CLIENT).after.allowed_oauth_scopes = [];
    },
    rule: "client-scopes",
  },
  {
    title: "the client's list of flows is empty, so that Cognito takes its own",
    plan: "client-renamed",
    edit: (plan) => {
      plan.of(CLIENT).after.explicit_auth_flows = [];
    },
    rule: "client-flows",
  },
  {
    title: "the client's list of attributes to read is empty, so that it reads all",
    plan: "client-renamed",
    edit: (plan) => {
      plan.of(CLIENT).after.read_attributes = [];
    },
    rule: "client-attributes",
  },
  {
    title: "the client's list of attributes to write is gone, so that it writes all",
    plan: "client-renamed",
    edit: (plan) => {
      plan.of(CLIENT).after.write_attributes = null;
    },
    rule: "client-attributes",
  },
];

import type { TerraformStack } from "cdktf";
import { z } from "zod";
import { identityPoolSettings } from "../modules/identity-pool/settings";
import { region, text, trueOrFalse } from "../modules/setting/kinds";
import { derived, optional, required, schemaOf, setting, type Written } from "../modules/setting/setting";
import { providersSettings, remoteStateSettings } from "../modules/terraform/settings";
import { hostedPagesSettings } from "../modules/unique-user-pool/hosted-pages";
import { uniqueUserPoolSettings } from "../modules/unique-user-pool/settings";
import type { UniqueUserPool } from "../modules/unique-user-pool/unique-user-pool";
import { cognitoName } from "../modules/user-pool/settings";
import { applicationUrls, userPoolClientSettings } from "../modules/user-pool-client/settings";
import { adoptedSettings } from "./adopted";

/*
 * What environments.ts may hold: the modules' settings, and what only an environment or the whole project has. Every error text is the
 * list of what is allowed: problems.ts puts the environment, the field and the refused value in front of it.
 */

const STATE = `{ ${Object.keys(remoteStateSettings).join(", ")} }`;
const stateSchema = schemaOf(remoteStateSettings, STATE);

/** Adds resources of an environment's own, or changes what `users` is made of (docs/settings.md). */
export type Customize = (stack: TerraformStack, users: UniqueUserPool) => void;

const CLIENT_NAME =
  "1 to 32 lower-case letters, digits and hyphens, starting with a letter, no hyphen at the end; not user-pool, the environment's own";

/** An app client of an environment: what it is, and what it is called. */
export const clientSettings = {
  ...userPoolClientSettings,
  clientName: derived(cognitoName, {
    doc: "name of the app client in Cognito",
    from: "`<project>-<environment>`, and for one of `clients` `-<its name>`",
    source: '"ClientName" of CreateUserPoolClient, Cognito API reference',
  }),
};

export const environmentSettings = {
  production: derived(trueOrFalse, {
    doc: "users rely on this environment: several defaults below follow",
    from: "`true` for `prod`, else `false`",
  }),
  region: optional(region, { doc: "Region of everything but the state", none: "the project's" }),
  applicationUrls: setting(applicationUrls, {
    doc: "where the application runs; callbacks are `<url>/auth`, logouts `<url>/logout`; not beside the next two",
    default: ["http://localhost:3000"],
  }),
  ...clientSettings,
  clients: optional(
    z.record(
      text(/^(?!user-pool$)[a-z](?:[a-z0-9-]{0,30}[a-z0-9])?$/, CLIENT_NAME),
      schemaOf(clientSettings, `{ ${Object.keys(clientSettings).join(", ")} }`),
      { error: '{ mobile: { clientType: "native", callbackUrls: ["my-app://auth"] }, … }' },
    ),
    {
      doc: '`{ mobile: { clientType: "native", callbackUrls: ["my-app://auth"] } }`: app clients beside the environment\'s own, each with the settings of an app client',
      none: "none",
      source: '"CreateUserPoolClient", Cognito API reference',
    },
  ),
  ...hostedPagesSettings,
  userPoolName: derived(cognitoName, {
    doc: "name of the user pool. Cannot be changed once the pool exists",
    from: "`<project>-<environment>-v2`",
    source: '"PoolName" of CreateUserPool, Cognito API reference',
  }),
  ...uniqueUserPoolSettings,
  ...identityPoolSettings,
  ...providersSettings,
  state: optional(
    stateSchema.refine((own) => own.bucket !== undefined || Object.values(own).every((value) => value === undefined), {
      error: "a bucket of its own, if its Region or key are to differ from the project's",
    }),
    {
      doc: `\`${STATE}\` of a bucket of its own for the Terraform state, made by \`npm run bootstrap -- <environment>\``,
      none: "the project's",
    },
  ),
  ...adoptedSettings,
  customize: optional(
    z.custom<Customize>((value) => typeof value === "function", { error: "a function (stack, users) => { … }" }),
    { doc: "adds resources of its own to the environment's stack, or changes its constructs", none: "nothing" },
  ),
};

const PROJECT_NAME = "2 to 30 lower-case letters, digits and hyphens, starting with a letter, no hyphen at the end";
const ENVIRONMENT_NAME =
  "1 to 20 lower-case letters, digits and hyphens, starting with a letter, no hyphen at the end; not state, default or constructor";

export const environmentName = text(/^[a-z](?:[a-z0-9-]{0,18}[a-z0-9])?$/, ENVIRONMENT_NAME)
  // "state" is the stack of the state bucket, "default" Terraform's workspace that cannot be deleted.
  // A stack called "constructor" is one that cdktf takes for made already.
  .refine((name) => !/^(?:state(?:-.*)?|default|constructor)$/.test(name), { error: ENVIRONMENT_NAME });

export const projectSettings = {
  project: required(text(/^[a-z][a-z0-9-]{0,28}[a-z0-9]$/, PROJECT_NAME), {
    doc: "begins every name, and is the `project` tag",
  }),
  region: required(region, { doc: "Region of everything that does not say otherwise" }),
  tags: optional(providersSettings.tags.schema, {
    doc: providersSettings.tags.doc,
    none: "only `project` and `environment`",
  }),
  state: optional(stateSchema, {
    doc: `\`${STATE}\` of the Terraform state`,
    none: "a bucket `<project>-terraform-state`",
  }),
  environments: required(
    z
      .record(environmentName, schemaOf(environmentSettings, "an object of settings, {} for the defaults"), {
        error: "{ dev: {}, staging: {}, prod: {}, … }",
      })
      .refine((all) => Object.keys(all).length > 0, { error: "at least one environment" }),
    { doc: "one entry per environment; `{}` takes every default" },
  ),
};

export const projectSchema = schemaOf(projectSettings, "an object with project, region and environments");

/** What environments.ts exports. */
export type ProjectSettings = Written<typeof projectSettings>;

/** What can be said of one environment; everything has a default. */
export type EnvironmentSettings = Written<typeof environmentSettings>;

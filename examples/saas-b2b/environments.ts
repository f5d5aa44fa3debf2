import type { EnvironmentSettings, ProjectSettings } from "#settings";

/**
 * A service for other companies: each signs its people in by its own SAML provider, machines call the API with client credentials, and accounts are made
 * by administrators.
 */
const service: EnvironmentSettings = {
  selfSignUp: false,
  customAttributes: {
    tenant: { type: "String", maxLength: 36, mutable: false },
    seats: { type: "Number", min: 1, max: 10_000 },
  },
  readAttributes: ["email", "email_verified", "name", "custom:tenant"],
  resourceServers: {
    orders: {
      identifier: "https://api.acme.com/orders",
      scopes: { read: "Read orders", write: "Create and change orders" },
    },
  },
  groups: {
    owners: { description: "May invite and remove users of their company", precedence: 1 },
    members: { description: "May use the service", precedence: 10 },
  },
  clients: {
    importer: {
      clientType: "machine",
      scopes: ["https://api.acme.com/orders/read", "https://api.acme.com/orders/write"],
      tokenValidity: { accessToken: "15 minutes" },
    },
    reports: { clientType: "machine", scopes: ["https://api.acme.com/orders/read"] },
  },
};

/** The SAML provider of a customer: a user who enters an address of its domain on the sign-in page is sent there. */
const saml = (metadataUrl: string, domain: string) => ({
  type: "SAML" as const,
  metadataUrl,
  identifiers: [domain],
  attributeMapping: {
    email: "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
    name: "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name",
  },
});

const project: ProjectSettings = {
  project: "acme-orders",
  region: "eu-west-1",
  environments: {
    staging: { ...service, applicationUrls: ["https://staging.acme.com"] },
    prod: {
      ...service,
      applicationUrls: ["https://app.acme.com"],
      identityProviders: {
        Globex: saml("https://login.globex.com/saml/metadata", "globex.com"),
        Initech: saml("https://initech.okta.com/app/exk1/sso/saml/metadata", "initech.com"),
      },
      mfa: "OPTIONAL",
      passwordPolicy: { minimumLength: 14, passwordHistorySize: 10 },
      email: {
        sesIdentityArn: "arn:aws:ses:eu-west-1:111122223333:identity/acme.com",
        from: "Acme <no-reply@acme.com>",
      },
      alarmTopicArn: "arn:aws:sns:eu-west-1:111122223333:on-call",
      dashboard: true,
    },
  },
};

export default project;

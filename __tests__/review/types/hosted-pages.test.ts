import type { Plan, ResourceChange } from "../../../review/plan";
import { CERTIFICATE, CERTIFICATE_VALIDATION } from "../../../review/types/certificate";
import { MANAGED_LOGIN_BRANDING, UI_CUSTOMIZATION } from "../../../review/types/hosted-pages";
import { ROUTE53_RECORD } from "../../../review/types/route53-record";
import type { ResourceType } from "../../../review/types/type";
import { USER_POOL_DOMAIN } from "../../../review/types/user-pool-domain";
import { UNKNOWN, type Value } from "../../../review/value";

interface Where {
  readonly isNew?: boolean;
  readonly template?: string;
  readonly after?: object;
}

function found(type: ResourceType, path: string, from: Value, to: Value, where: Where = {}): string[] {
  const { isNew = false, template, after = {} } = where;
  const plan = { resources: [], state: [], outputs: [] } as unknown as Plan;
  const change = { address: "a.b", action: isNew ? "create" : "update", after } as unknown as ResourceChange;
  const findings = type.attributes[path]?.finds(from, to, { change, plan, isNew, template });
  return (findings ?? [{ rule: "not-described" }]).map(({ rule }) => rule);
}

const lost = (type: ResourceType, action: string) =>
  type.lost?.({ change: { action } as ResourceChange, plan: {} as Plan, isNew: false, template: undefined });

describe("a style of managed login", () => {
  it("changes freely", () => {
    for (const path of ["settings", "asset", "use_cognito_provided_values"]) {
      expect(found(MANAGED_LOGIN_BRANDING, path, "a", "b")).toEqual([]);
    }
  });

  it("is not taken from a client", () => {
    expect(lost(MANAGED_LOGIN_BRANDING, "delete")).toMatchObject([{ rule: "pages-lost" }]);
    expect(lost(MANAGED_LOGIN_BRANDING, "replace")).toEqual([]);
  });

  it("is a client's of this plan", () => {
    const client = (template: string) =>
      found(MANAGED_LOGIN_BRANDING, "client_id", undefined, UNKNOWN, { isNew: true, template });
    expect(client("${aws_cognito_user_pool_client.client_web.id}")).toEqual([]);
    expect(client("${var.client}")).toEqual(["pages-lost"]);
  });
});

describe("the look of the classic pages", () => {
  it("changes freely", () => {
    const css = ".submitButton-customizable { background-color: #336699; }";
    expect(found(UI_CUSTOMIZATION, "css", undefined, css, { isNew: true })).toEqual([]);
    expect(found(UI_CUSTOMIZATION, "css", css, null)).toEqual([]);
    expect(found(UI_CUSTOMIZATION, "image_file", "a", "b")).toEqual([]);
  });

  it.each([
    "@import 'https://example.org/x';",
    ".logo-customizable { background: URL (https://example.org/x); }",
    ".logo-customizable { background: u\\72l(https://example.org/x); }",
    "</style><script>",
  ])("does not become %s", (css) => {
    expect(found(UI_CUSTOMIZATION, "css", undefined, css, { isNew: true })).toEqual(["pages-style"]);
  });

  it("is not left open until it is applied", () => {
    expect(found(UI_CUSTOMIZATION, "css", undefined, UNKNOWN, { isNew: true })).toEqual(["pages-style"]);
  });
});

describe("a domain", () => {
  const certificate = "arn:aws:acm:us-east-1:111122223333:certificate/1";

  it("begins with either pages, and keeps them", () => {
    const pages = (from: Value, to: Value, isNew = false) =>
      found(USER_POOL_DOMAIN, "managed_login_version", from, to, { isNew });
    expect([pages(undefined, 2, true), pages(undefined, 1, true), pages(0, 1), pages(null, 1)].flat()).toEqual([]);
    expect([pages(1, 2), pages(2, 1), pages(0, 2), pages(1, UNKNOWN)].flat()).toEqual(Array(4).fill("domain-pages"));
  });

  it("begins with a certificate that is there, or that this plan makes, and keeps it", () => {
    const begun = (to: Value, template?: string) =>
      found(USER_POOL_DOMAIN, "certificate_arn", undefined, to, { isNew: true, ...(template && { template }) });
    expect(begun(certificate)).toEqual([]);
    expect(begun(UNKNOWN, "${aws_acm_certificate_validation.x.certificate_arn}")).toEqual([]);
    expect(begun(UNKNOWN, "${data.external.x.result}")).toEqual(["domain-certificate"]);
    expect(found(USER_POOL_DOMAIN, "certificate_arn", certificate, `${certificate}2`)).toEqual(["domain-certificate"]);
  });
});

describe("a certificate", () => {
  it("is proved by DNS, for one name, in us-east-1", () => {
    const after = { domain_name: "auth.acme.com" };
    const made = (path: string, to: Value) => found(CERTIFICATE, path, undefined, to, { isNew: true, after });
    expect(made("validation_method", "DNS")).toEqual([]);
    expect(made("validation_method", "EMAIL")).toEqual(["domain-certificate"]);
    expect(made("subject_alternative_names", ["auth.acme.com"])).toEqual([]);
    expect(made("subject_alternative_names", ["auth.acme.com", "acme.com"])).toEqual(["domain-certificate"]);
    expect(made("private_key", "-----BEGIN")).toEqual(["domain-certificate"]);
    expect(made("region", "us-east-1")).toEqual([]);
    expect(made("region", "eu-west-1")).toEqual(["region-changed"]);
  });

  it("is not lost, and not exchanged unseen", () => {
    expect(lost(CERTIFICATE, "delete")).toMatchObject([{ rule: "domain-certificate" }]);
    expect(lost(CERTIFICATE, "replace")).toMatchObject([{ rule: "domain-certificate" }]);
    expect(found(CERTIFICATE_VALIDATION, "certificate_arn", "a", "b")).toEqual(["domain-certificate"]);
  });
});

describe("a record", () => {
  it("is not lost", () => {
    expect(lost(ROUTE53_RECORD, "delete")).toMatchObject([{ rule: "domain-record" }]);
  });

  it("keeps its name and what it says", () => {
    expect(found(ROUTE53_RECORD, "name", "auth.acme.com", "www.acme.com")).toEqual(["domain-record"]);
    expect(found(ROUTE53_RECORD, "records", ["a"], ["b"])).toEqual(["domain-record"]);
    expect(found(ROUTE53_RECORD, "alias.name", "a.cloudfront.net", "b.cloudfront.net")).toEqual(["domain-record"]);
    expect(found(ROUTE53_RECORD, "zone_id", "Z1", "Z2")).toEqual(["domain-record"]);
    expect(found(ROUTE53_RECORD, "ttl", 60, 300)).toEqual([]);
  });
});

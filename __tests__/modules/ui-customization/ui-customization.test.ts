import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { UiCustomization, type UiCustomizationProps } from "../../../modules/ui-customization/ui-customization";
import { UserPool } from "../../../modules/user-pool/user-pool";
import { UserPoolDomain } from "../../../modules/user-pool-domain/user-pool-domain";
import { only, stackOf } from "../../support/stack";

const CSS = ".submitButton-customizable { background-color: #336699; }";

function customized(style: Omit<UiCustomizationProps, "userPool" | "domain">) {
  const { resource } = stackOf((stack) => {
    const userPool = UserPool.fromUserPoolId(stack, "user_pool", "eu-west-1_AbCdEfGhI");
    const domain = new UserPoolDomain(stack, "domain", { domainPrefix: "acme", region: "eu-west-1", userPool });
    new UiCustomization(stack, "pages", { userPool, domain, ...style });
  });
  return only(resource, "aws_cognito_user_pool_ui_customization");
}

it("is for all clients of the pool, once it has a domain", () => {
  expect(customized({ css: CSS })).toMatchObject({
    user_pool_id: "eu-west-1_AbCdEfGhI",
    css: CSS,
    depends_on: ["aws_cognito_user_pool_domain.domain"],
  });
});

it("has the logo in base64", () => {
  const { image_file } = customized({ logoFile: "examples/full/logo.png" });
  expect(Buffer.from(image_file, "base64").subarray(1, 4).toString()).toBe("PNG");
});

describe("refused", () => {
  const large = path.join(tmpdir(), `large-${process.pid}.jpg`);
  beforeAll(() => writeFileSync(large, Buffer.alloc(100_001)));

  it.each<[string, Omit<UiCustomizationProps, "userPool" | "domain">]>([
    ["uiCustomization", {}],
    ["uiCustomization.css", { css: "@import 'https://example.org/x.css';" }],
    ["uiCustomization.css", { css: ".background-customizable { background: url(https://example.org/x); }" }],
    ["uiCustomization.css", { css: `${CSS}</style><script>` }],
    ["uiCustomization.css", { css: `.label-customizable { color: ${"a".repeat(3000)}; }` }],
    ["uiCustomization.logoFile", { logoFile: "__tests__/support/logo.svg" }],
    ["logoFile", { logoFile: "no/such.png" }],
    ["logoFile", { logoFile: large }],
  ])("%s of %j", (field, style) => {
    expect(() => customized(style)).toThrow(`field "${field}"`);
  });
});

import { App, TerraformOutput, type TerraformStack, Testing } from "cdktf";
import { CustomDomain, type CustomDomainProps } from "../../../modules/custom-domain/custom-domain";
import { Providers } from "../../../modules/terraform/providers";
import { UserPool } from "../../../modules/user-pool/user-pool";
import { ProjectStack } from "../../../stacks/project-stack";
import { only, stackOf } from "../../support/stack";

const ZONE = "Z0123456789ABCDEFGHIJ";
const certificateArn = "arn:aws:acm:us-east-1:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab";
const name = "auth.acme.com";

function add(stack: TerraformStack, props: Partial<CustomDomainProps>): CustomDomain {
  const { region = "eu-west-1" } = props;
  const userPool = UserPool.fromUserPoolId(stack, "user_pool", `${region}_AbCdEfGhI`);
  return new CustomDomain(stack, "domain", { name, region, userPool, ...props });
}

/** The JSON of a stack with a provider for certificates. */
function withProvider(props: Partial<CustomDomainProps> = {}) {
  class Stack extends ProjectStack {}
  const stack = new Stack(new App({ stackTraces: false }), "test");
  const { region = "eu-west-1" } = props;
  const providers = new Providers(stack, "providers", { region, tags: {}, archive: false, certificates: true });
  add(stack, { hostedZoneId: ZONE, certificateProvider: providers.certificates, ...props });
  return JSON.parse(Testing.synth(stack, true));
}

describe("with a hosted zone", () => {
  const { resource } = withProvider();

  it("its certificate is made in us-east-1, and another one before it is deleted", () => {
    expect(only(resource, "aws_acm_certificate")).toMatchObject({
      provider: "aws.certificates",
      domain_name: name,
      validation_method: "DNS",
      lifecycle: { create_before_destroy: true },
    });
  });

  it("the domain waits until the certificate's record is there and ACM has seen it", () => {
    const { domain_certificate_record: record } = resource.aws_route53_record;
    const options = "tolist(aws_acm_certificate.domain_certificate.domain_validation_options).0";
    expect(record).toMatchObject({
      zone_id: ZONE,
      name: `\${${options}.resource_record_name}`,
      type: `\${${options}.resource_record_type}`,
      records: [`\${${options}.resource_record_value}`],
      allow_overwrite: true,
    });
    expect(only(resource, "aws_acm_certificate_validation")).toMatchObject({
      provider: "aws.certificates",
      certificate_arn: "${aws_acm_certificate.domain_certificate.arn}",
      validation_record_fqdns: ["${aws_route53_record.domain_certificate_record.fqdn}"],
    });
    expect(only(resource, "aws_cognito_user_pool_domain")).toMatchObject({
      domain: name,
      certificate_arn: "${aws_acm_certificate_validation.domain_certificate_validation.certificate_arn}",
    });
  });

  it("its address is an alias of the distribution that Cognito makes, and overwrites nothing", () => {
    const { domain_address: address } = resource.aws_route53_record;
    expect(address).toMatchObject({
      zone_id: ZONE,
      name: "${aws_cognito_user_pool_domain.domain.domain}",
      type: "A",
      alias: {
        name: "${aws_cognito_user_pool_domain.domain.cloudfront_distribution}",
        zone_id: "${aws_cognito_user_pool_domain.domain.cloudfront_distribution_zone_id}",
      },
    });
    expect(address).not.toHaveProperty("allow_overwrite");
  });

  it("the stack's own provider makes the certificate where it is of us-east-1", () => {
    const { provider, resource } = withProvider({ region: "us-east-1" });
    expect(provider.aws).toHaveLength(1);
    expect(only(resource, "aws_acm_certificate").provider).toBe("aws");
  });
});

describe("with a certificate that is there", () => {
  const document = stackOf((stack) => {
    new TerraformOutput(stack, "url", { value: add(stack, { certificateArn }).url });
  });

  it("nothing is made but the domain", () => {
    expect(Object.keys(document.resource)).toEqual(["aws_cognito_user_pool_domain"]);
    expect(only(document.resource, "aws_cognito_user_pool_domain").certificate_arn).toBe(certificateArn);
  });

  it("its URL is its name", () => {
    expect(document.output.url.value).toBe("https://${aws_cognito_user_pool_domain.domain.domain}");
  });
});

it.each([
  [undefined, {}],
  [1, { managedLogin: false }],
  [2, { managedLogin: true }],
])("has the version %s of the pages with %j", (version, props) => {
  const { resource } = stackOf((stack) => add(stack, { certificateArn, ...props }));
  expect(only(resource, "aws_cognito_user_pool_domain").managed_login_version).toBe(version);
});

it.each<[string, Partial<CustomDomainProps>]>([
  ["customDomain", {}],
  ["customDomain", { hostedZoneId: ZONE, certificateArn }],
  ["customDomain.name", { certificateArn, name: "acme.com" }],
  ["customDomain.name", { certificateArn, name: "Auth.acme.com" }],
  ["customDomain.name", { certificateArn, name: `${"a".repeat(56)}.acme.com` }],
  ["customDomain.hostedZoneId", { hostedZoneId: "acme.com" }],
  ["customDomain.certificateArn", { certificateArn: "arn:aws:iam::111122223333:server-certificate/x" }],
  ["customDomain.certificateArn", { certificateArn: certificateArn.replace("us-east-1", "eu-west-1") }],
  ["customDomain", { certificateArn, region: "us-gov-west-1" }],
  ["certificateProvider", { hostedZoneId: ZONE }],
])("refuses the field %s of %j", (field, props) => {
  expect(() => stackOf((stack) => add(stack, props))).toThrow(`field "${field}"`);
});

it("takes a name of 63 characters", () => {
  expect(() => stackOf((stack) => add(stack, { certificateArn, name: `${"a".repeat(54)}.acme.com` }))).not.toThrow();
});

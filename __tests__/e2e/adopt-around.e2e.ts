import { adoptionOf } from "../../cli/adopt/plan";
import type { EnvironmentSettings } from "../../settings/schema";
import { answer, CSS, POOL, poolWith, RISKS, WEB_ACL, WITH_THREAT_PROTECTION, WITHOUT_MFA } from "../cli/adopt/around";
import type { Block } from "../support/stack";
import { StubAws } from "../support/stub-aws";
import { synthesized } from "../support/synth";
import { Configuration } from "./support/configuration";
import { describeE2e } from "./support/describe-e2e";

const PLACE = { project: "acme", environment: "dev" };
const POOLS = { whole: WITH_THREAT_PROTECTION, kept: WITHOUT_MFA };
const ADDRESSES = [
  "aws_cognito_risk_configuration.risk_configuration",
  "aws_cognito_user_pool_ui_customization.ui_customization",
  "aws_wafv2_web_acl_association.web_acl_association",
];
const TYPES = ADDRESSES.map((address) => address.split(".")[0] ?? "");

/** What is around an adopted pool, as this project synthesizes it, without the pool, which the stub does not have. */
async function around(name: keyof typeof POOLS) {
  const { settings } = await adoptionOf(poolWith(POOLS[name]), PLACE);
  const { dev } = synthesized({
    ...{ project: PLACE.project, region: "eu-west-1" },
    environments: { dev: settings as EnvironmentSettings },
  });
  if (!dev) throw new Error("not synthesized");
  const imports = (dev.import ?? []) as readonly Block[];
  const idOf = (address: string) => String(imports.find(({ to }) => to === address)?.id);
  const [, poolArn = ""] = idOf("aws_wafv2_web_acl_association.web_acl_association").split(",");
  const resource = JSON.parse(
    JSON.stringify(Object.fromEntries(Object.entries(dev.resource).filter(([type]) => TYPES.includes(type))))
      .replaceAll("${aws_cognito_user_pool.user_pool.id}", POOL)
      .replaceAll("${aws_cognito_user_pool.user_pool.arn}", poolArn)
      .replaceAll('"aws_cognito_user_pool_domain.user_pool_domain"', ""),
  );
  const meant = imports.filter(({ to }) => ADDRESSES.includes(to));
  return { content: { resource }, imports: meant.map(({ to, id }) => ({ to: `module.${name}.${to}`, id })) };
}

/* The emulator has no risk configurations: a stub answers, and the provider that reads it is the real one. */
describeE2e("what is around an adopted pool", () => {
  let stub: StubAws;
  let configuration: Configuration | undefined;
  beforeAll(async () => {
    stub = await StubAws.start((request) =>
      answer(request, {
        DescribeRiskConfiguration: () => ({ RiskConfiguration: { UserPoolId: POOL, ...RISKS } }),
        GetUICustomization: () => ({ UICustomization: { UserPoolId: POOL, ClientId: "ALL", CSS } }),
        GetWebACLForResource: () => ({ WebACL: { ARN: WEB_ACL } }),
      }),
    );
  });
  afterAll(async () => {
    await configuration?.remove();
    await stub.stop();
  });

  it("is imported by a plan that changes nothing, whether settings say it or arguments keep it", async () => {
    const made = { whole: await around("whole"), kept: await around("kept") };
    const endpoints = [{ cognitoidp: stub.endpoint, wafv2: stub.endpoint }];
    configuration = await Configuration.make(
      { whole: made.whole.content, kept: made.kept.content },
      {
        provider: { aws: [{ region: "eu-west-1", endpoints }] },
        import: Object.values(made).flatMap(({ imports }) => imports),
      },
    );
    const { resource_changes } = await configuration.plan();
    const changes = (resource_changes as readonly Block[]).map(({ address, change }) => ({
      address,
      actions: change.actions,
      isImported: change.importing !== undefined,
    }));
    const expected = Object.keys(POOLS).flatMap((name) =>
      ADDRESSES.map((address) => ({ address: `module.${name}.${address}`, actions: ["no-op"], isImported: true })),
    );
    expect(changes).toEqual(expect.arrayContaining(expected));
    expect(changes).toHaveLength(expected.length);
  });
});

import { UserPool } from "../../../modules/user-pool/user-pool";
import { type WebAclSettings, webAclProblems } from "../../../modules/web-acl/settings";
import { WebAcl, WebAclAssociation } from "../../../modules/web-acl/web-acl";
import { only, stackOf } from "../../support/stack";
import { environment } from "../../support/synth";

const ARN = "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/acme/1234abcd-12ab-34cd-56ef-1234567890ab";

const aclWith = (settings: WebAclSettings) =>
  only(
    stackOf((stack) => new WebAcl(stack, "web_acl", { ...settings, name: "acme-dev" })).resource,
    "aws_wafv2_web_acl",
  );

it("blocks what is above the limit of an IP address, and lets the rest through", () => {
  const { rule, ...acl } = aclWith({ requestsPerFiveMinutes: 500 });
  expect(acl).toMatchObject({ name: "acme-dev", scope: "REGIONAL", default_action: { allow: {} } });
  expect(rule).toMatchObject([
    {
      priority: 0,
      action: { block: {} },
      statement: { rate_based_statement: { limit: 500, evaluation_window_sec: 300, aggregate_key_type: "IP" } },
    },
  ]);
});

it("has AWS's rule groups after it, as they are", () => {
  const { rule } = aclWith({ requestsPerFiveMinutes: 500, managedRuleGroups: ["AWSManagedRulesCommonRuleSet"] });
  expect(rule[1]).toMatchObject({
    priority: 1,
    override_action: { none: {} },
    statement: { managed_rule_group_statement: { vendor_name: "AWS", name: "AWSManagedRulesCommonRuleSet" } },
  });
});

it("is in front of the environment's pool, made or given", () => {
  expect(
    only(environment({ waf: { requestsPerFiveMinutes: 500 } }).resource, "aws_wafv2_web_acl_association"),
  ).toMatchObject({
    resource_arn: "${aws_cognito_user_pool.user_pool.arn}",
    web_acl_arn: "${aws_wafv2_web_acl.web_acl.arn}",
  });
  const { resource } = environment({ waf: { webAclArn: ARN } });
  expect(only(resource, "aws_wafv2_web_acl_association").web_acl_arn).toBe(ARN);
  expect(resource).not.toHaveProperty("aws_wafv2_web_acl");
});

it.each([
  [{ requestsPerFiveMinutes: 9 }, "a whole number of requests, 10 to 2000000000"],
  [{ requestsPerFiveMinutes: 100, managedRuleGroups: ["AWSManagedRulesATPRuleSet"] }, "AWSManagedRulesCommonRuleSet"],
])("%j is refused", (settings, message) => {
  expect(() => aclWith(settings as WebAclSettings)).toThrow(message);
});

it("both kinds together are one problem", () => {
  expect(() => environment({ waf: { webAclArn: ARN, requestsPerFiveMinutes: 500 } as WebAclSettings })).toThrow(
    /1 setting cannot be used\.\n.*field "waf": .*allowed: { webAclArn } of a web ACL that is there, or/,
  );
});

it("is refused in the Region where AWS has none for user pools", () => {
  expect(webAclProblems({ requestsPerFiveMinutes: 500 }, "us-gov-east-1")).toMatchObject([{ path: ["waf"] }]);
  expect(webAclProblems({ requestsPerFiveMinutes: 500 }, "us-gov-west-1")).toEqual([]);
});

it("of another Region, or of CloudFront, is refused", () => {
  expect(webAclProblems({ webAclArn: ARN }, "eu-west-1")).toEqual([]);
  expect(webAclProblems({ webAclArn: ARN }, "us-east-1")).toMatchObject([{ path: ["waf", "webAclArn"] }]);
  const globally = () =>
    stackOf((stack) => {
      const userPool = new UserPool(stack, "user_pool", { userPoolName: "p" });
      new WebAclAssociation(stack, "acl", { userPool, webAclArn: ARN.replace("regional", "global") });
    });
  expect(globally).toThrow("the ARN of a REGIONAL web ACL");
});

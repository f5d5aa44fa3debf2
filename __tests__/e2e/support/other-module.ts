import { randomBytes } from "node:crypto";
import { AWS } from "../../../modules/terraform/providers";
import { CSS } from "./around-pool";

const suffix = randomBytes(4).toString("hex");

/** A web ACL, which stays in the other module. */
export const OTHER_WEB_ACL = {
  aws_wafv2_web_acl: {
    this: {
      name: `other-${suffix}`,
      scope: "REGIONAL",
      default_action: { allow: {} },
      visibility_config: { cloudwatch_metrics_enabled: false, sampled_requests_enabled: false, metric_name: "acl" },
    },
  },
};

/** A pool as another module makes it. */
export const OTHER = {
  terraform: { required_providers: { aws: AWS } },
  provider: { aws: [{ region: "eu-west-1" }] },
  output: { pool: { value: "${aws_cognito_user_pool.this[0].id}" } },
  resource: {
    aws_cognito_user_pool: {
      this: {
        count: 1,
        name: "of-another-module",
        alias_attributes: ["email"],
        username_configuration: { case_sensitive: false },
      },
    },
    aws_cognito_user_pool_client: {
      this: { name: "app", user_pool_id: "${aws_cognito_user_pool.this[0].id}", generate_secret: true },
    },
    aws_cognito_user_pool_domain: {
      this: { domain: `other-${suffix}`, user_pool_id: "${aws_cognito_user_pool.this[0].id}" },
    },
    aws_cognito_user_pool_ui_customization: {
      this: { css: CSS, user_pool_id: "${aws_cognito_user_pool_domain.this.user_pool_id}" },
    },
    aws_wafv2_web_acl_association: {
      this: {
        resource_arn: "${aws_cognito_user_pool.this[0].arn}",
        web_acl_arn: "${aws_wafv2_web_acl.this.arn}",
      },
    },
    ...OTHER_WEB_ACL,
    aws_cognito_user_group: {
      this: {
        for_each: '${toset(["staff"])}',
        name: "${each.key}",
        user_pool_id: "${aws_cognito_user_pool.this[0].id}",
      },
    },
  },
};

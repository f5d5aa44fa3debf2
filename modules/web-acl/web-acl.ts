import { Wafv2WebAcl, type Wafv2WebAclConfig } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { Construct } from "constructs";
import { check } from "../setting/props";
import type { UserPoolBase } from "../user-pool/user-pool";
import { type WebAclSettings, webAcl, webAclArn } from "./settings";

export type { Waf } from "./settings";

export interface WebAclProps extends WebAclSettings {
  /** Unique per account and Region. */
  readonly name: string;
}

/** A web ACL that limits the requests of each IP address. The escape hatch to the resource is `node.defaultChild`. */
export class WebAcl extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { name, ...settings }: WebAclProps) {
    super(scope, id);
    check(this, { settings: [webAcl, settings] });
    const { requestsPerFiveMinutes, managedRuleGroups = [] } = settings;
    const visible = (metricName: string) => ({
      cloudwatchMetricsEnabled: true,
      metricName,
      // A sampled request shows what a user sent.
      sampledRequestsEnabled: false,
    });
    this.arn = new Wafv2WebAcl(this, "Default", {
      name,
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      visibilityConfig: visible(name),
      rule: [
        {
          name: "rate",
          priority: 0,
          action: { block: {} },
          // The bindings take statements as Terraform writes them.
          statement: {
            rate_based_statement: {
              limit: requestsPerFiveMinutes,
              evaluation_window_sec: 300,
              aggregate_key_type: "IP",
            },
          },
          visibilityConfig: visible("rate"),
        },
        ...managedRuleGroups.map((group, index) => ({
          name: group,
          priority: index + 1,
          overrideAction: { none: {} },
          statement: { managed_rule_group_statement: { vendor_name: "AWS", name: group } },
          visibilityConfig: visible(group),
        })),
      ],
    } satisfies Wafv2WebAclConfig).arn;
  }
}

export interface WebAclAssociationProps {
  readonly userPool: UserPoolBase;
  readonly webAclArn: string;
}

/** Puts a web ACL in front of a user pool: its API and its hosted pages. */
export class WebAclAssociation extends Construct {
  constructor(scope: Construct, id: string, props: WebAclAssociationProps) {
    super(scope, id);
    check(this, { webAclArn: [webAclArn, props.webAclArn] });
    new Wafv2WebAclAssociation(this, "Default", {
      resourceArn: props.userPool.userPoolArn,
      webAclArn: props.webAclArn,
    });
  }
}

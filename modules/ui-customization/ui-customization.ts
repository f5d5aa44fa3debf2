import { CognitoUserPoolUiCustomization } from "@cdktf/provider-aws/lib/cognito-user-pool-ui-customization";
import { Construct } from "constructs";
import type { z } from "zod";
import { base64Of } from "../setting/files";
import { check, refuse } from "../setting/props";
import type { UserPoolBase } from "../user-pool/user-pool";
import type { UserPoolDomainBase } from "../user-pool-domain/user-pool-domain";
import { uiCustomization, uiCustomizationProblems } from "./settings";

export type UiCustomizationProps = z.output<typeof uiCustomization> & {
  readonly userPool: UserPoolBase;
  /** A domain of the pool, which has to be there first. */
  readonly domain: UserPoolDomainBase;
};

/** What the classic pages look like, for all clients of a pool. The escape hatch to the resource is `node.defaultChild`. */
export class UiCustomization extends Construct {
  constructor(scope: Construct, id: string, { userPool, domain, ...style }: UiCustomizationProps) {
    super(scope, id);
    check(this, { uiCustomization: [uiCustomization, style] });
    refuse(this, uiCustomizationProblems(style), style);
    const { css, logoFile } = style;
    new CognitoUserPoolUiCustomization(this, "Default", {
      userPoolId: userPool.userPoolId,
      ...(css && { css }),
      ...(logoFile && { imageFile: base64Of(logoFile) }),
      dependsOn: [domain.resource],
    });
  }
}

import { CognitoManagedLoginBranding } from "@cdktf/provider-aws/lib/cognito-managed-login-branding";
import { Construct } from "constructs";
import { base64Of } from "../setting/files";
import { check, refuse } from "../setting/props";
import type { UserPoolClient } from "../user-pool-client/user-pool-client";
import { type Branding, branding, brandingProblems, extensionOf } from "./settings";

export interface ManagedLoginBrandingProps extends Partial<Branding> {
  readonly client: UserPoolClient;
}

/**
 * What the pages of managed login look like for one app client: `settings` and `assets` of the branding editor, or Cognito's own style. Without one
 * a client has no pages. The escape hatch to the resource is `node.defaultChild`.
 */
export class ManagedLoginBranding extends Construct {
  constructor(scope: Construct, id: string, { client, ...style }: ManagedLoginBrandingProps) {
    super(scope, id);
    const { settings, assets = [] } = style;
    check(this, {
      settings: [branding.shape.settings.optional(), settings],
      assets: [branding.shape.assets, assets],
    });
    refuse(this, brandingProblems(style), style);
    new CognitoManagedLoginBranding(this, "Default", {
      userPoolId: client.userPool.userPoolId,
      clientId: client.clientId,
      ...(settings ? { settings: JSON.stringify(settings) } : { useCognitoProvidedValues: true }),
      ...(assets.length > 0 && {
        asset: assets.map(({ category, colorMode, file, resourceId }) => ({
          category,
          colorMode,
          extension: extensionOf(file),
          bytes: base64Of(file),
          ...(resourceId && { resourceId }),
        })),
      }),
    });
  }
}

import {
  CognitoIdentityClient,
  DescribeIdentityPoolCommand,
  paginateListIdentityPools,
} from "@aws-sdk/client-cognito-identity";
import {
  type CognitoIdentityProviderClient,
  DescribeManagedLoginBrandingByClientCommand,
  DescribeRiskConfigurationCommand,
  GetLogDeliveryConfigurationCommand,
  GetUICustomizationCommand,
  type UserPoolType,
} from "@aws-sdk/client-cognito-identity-provider";
import { GetWebACLForResourceCommand, WAFV2Client } from "@aws-sdk/client-wafv2";
import { regionOf } from "../../lambda/user-migration/options";
import { RETRIES } from "../clients";
import type { ExistingType } from "./arguments";
import { asArguments } from "./as-provider";
import { type Existing, existingOf } from "./existing";
import { isSaid, outsideLine, unreadLine, whyOutside } from "./outside";

interface Place {
  readonly cognito: CognitoIdentityProviderClient;
  readonly pool: UserPoolType;
  readonly UserPoolId: string;
}

/** What there is of a type, as what it is and its arguments. */
type Read = (place: Place) => AsyncIterable<readonly [what: string, values: object]>;

/** What is around a pool: what is taken over, and a line for each thing that is not, or that could not be read. */
export interface Around {
  readonly others: readonly Existing[];
  readonly outside: readonly string[];
}

/** Reads what is around a pool. `clientIds` are its app clients. */
export async function readAround(
  cognito: CognitoIdentityProviderClient,
  pool: UserPoolType,
  clientIds: readonly string[],
): Promise<Around> {
  const place = { cognito, pool, UserPoolId: pool.Id ?? "" };
  const readers: ReadonlyArray<readonly [type: string, what: string, read: Read]> = [
    ["aws_wafv2_web_acl_association", "the web ACL of the pool", webAcl],
    ["aws_cognito_identity_pool", "identity pools that take the pool's tokens", identityPools],
    ["aws_cognito_log_delivery_configuration", "the log delivery of the pool", logDelivery],
    ["aws_cognito_risk_configuration", "the risk configuration of the pool", risks(undefined)],
    ["aws_cognito_user_pool_ui_customization", "the style of the classic pages", style(undefined)],
    ...clientIds.flatMap((id) => [
      ["aws_cognito_risk_configuration", `the risk configuration of the client ${id}`, risks(id)] as const,
      [
        "aws_cognito_user_pool_ui_customization",
        `the style of the classic pages of the client ${id}`,
        style(id),
      ] as const,
      ["aws_cognito_managed_login_branding", `the style of managed login of the client ${id}`, branding(id)] as const,
    ]),
  ];
  const others: Existing[] = [];
  const outside: string[] = [];
  for (const [type, what, read] of readers) {
    try {
      for await (const [name, answer] of read(place)) {
        const values = asArguments(answer);
        if (whyOutside({ type, values }) === undefined)
          others.push(existingOf(type as ExistingType, values, place.UserPoolId));
        else outside.push(outsideLine(`${type} (${name || what})`, { type, values }));
      }
    } catch (error) {
      if (!NONE.includes((error as Error).name)) outside.push(unreadLine(type, `${type} (${what})`, error));
    }
  }
  return { others, outside };
}

/** What AWS answers where there is none. */
const NONE = ["ResourceNotFoundException", "WAFNonexistentItemException"];

async function* webAcl({ pool }: Place): AsyncGenerator<readonly [string, object]> {
  const client = new WAFV2Client({ region: regionOf(pool.Id ?? ""), ...RETRIES });
  const { WebACL } = await client.send(new GetWebACLForResourceCommand({ ResourceArn: pool.Arn }));
  const { ARN: WebAclArn, ManagedByFirewallManager } = WebACL ?? {};
  if (WebAclArn) yield [WebAclArn, { WebAclArn, ResourceArn: pool.Arn, ManagedByFirewallManager }];
}

async function* identityPools({ UserPoolId }: Place): AsyncGenerator<readonly [string, object]> {
  const client = new CognitoIdentityClient({ region: regionOf(UserPoolId), ...RETRIES });
  for await (const { IdentityPools = [] } of paginateListIdentityPools({ client }, { MaxResults: 60 })) {
    for (const { IdentityPoolId } of IdentityPools) {
      const { $metadata, ...found } = await client.send(new DescribeIdentityPoolCommand({ IdentityPoolId }));
      // "CognitoIdentityProvider", Amazon Cognito federated identities API reference: cognito-idp.<Region>.amazonaws.com/<pool>.
      const isOfPool = found.CognitoIdentityProviders?.some(({ ProviderName }) =>
        ProviderName?.endsWith(`/${UserPoolId}`),
      );
      if (isOfPool) yield [String(IdentityPoolId), { ...found, IdentityPoolId: undefined }];
    }
  }
}

async function* logDelivery({ cognito, UserPoolId }: Place): AsyncGenerator<readonly [string, object]> {
  const answer = await cognito.send(new GetLogDeliveryConfigurationCommand({ UserPoolId }));
  const all = answer.LogDeliveryConfiguration?.LogConfigurations ?? [];
  if (all.length > 0) yield ["", { LogConfigurations: all }];
}

function risks(ClientId: string | undefined): Read {
  return async function* ({ cognito, UserPoolId }) {
    const { RiskConfiguration } = await cognito.send(new DescribeRiskConfigurationCommand({ UserPoolId, ClientId }));
    const { UserPoolId: _, ClientId: of, LastModifiedDate, ...found } = RiskConfiguration ?? {};
    // A client without its own is answered with the pool's.
    if (isSaid(found) && (ClientId === undefined || of === ClientId)) yield ["", { ...found, ClientId }];
  };
}

function style(ClientId: string | undefined): Read {
  return async function* ({ cognito, UserPoolId }) {
    const { UICustomization } = await cognito.send(new GetUICustomizationCommand({ UserPoolId, ClientId }));
    const { CSS: css, ImageUrl, ClientId: of } = UICustomization ?? {};
    if ((css || ImageUrl) && (ClientId === undefined || of === ClientId)) yield ["", { css, ImageUrl, ClientId }];
  };
}

function branding(ClientId: string): Read {
  return async function* ({ cognito, UserPoolId }) {
    const command = new DescribeManagedLoginBrandingByClientCommand({ UserPoolId, ClientId });
    const { ManagedLoginBranding } = await cognito.send(command);
    const {
      Settings: settings,
      Assets: assets,
      UseCognitoProvidedValues: useCognitoProvidedValues,
    } = ManagedLoginBranding ?? {};
    if (ManagedLoginBranding) yield ["", { settings: settings && "set", assets, useCognitoProvidedValues }];
  };
}

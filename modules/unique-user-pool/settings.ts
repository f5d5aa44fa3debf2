import { alarmsProblems, alarmsSettings } from "../alarms/settings";
import { bundledFunctionSettings } from "../bundled-function/settings";
import { customerKeyProblems, customerKeySettings } from "../customer-key/settings";
import { dashboardSettings } from "../dashboard/settings";
import { existingPoolProblems, existingPoolSettings } from "../existing-pool/settings";
import { attributesByProvider, identityProvidersProblems } from "../identity-provider/rules";
import { identityProvidersSettings, providerNames, providersToMake } from "../identity-provider/settings";
import { logDeliveryProblems, logDeliverySettings } from "../log-delivery/settings";
import { preSignUpProblems, preSignUpSettings } from "../pre-sign-up/settings";
import { resourceServersProblems, resourceServersSettings } from "../resource-server/settings";
import { riskConfigurationSettings, riskProblems } from "../risk-configuration/settings";
import { text, trueOrFalse } from "../setting/kinds";
import type { Problem } from "../setting/problems";
import { type Complete, setting, type Written } from "../setting/setting";
import { triggersProblems, triggersSettings } from "../trigger-function/settings";
import { userGroupsProblems, userGroupsSettings } from "../user-group/settings";
import { userMigrationProblems, userMigrationSettings } from "../user-migration/settings";
import {
  attributeSettings,
  customAttributeNames,
  immutableAttributes,
  requiredAttributes,
} from "../user-pool/attributes";
import { identifiersOf } from "../user-pool/identifiers";
import { messageRegionProblems } from "../user-pool/messages";
import { userPoolProblems, userPoolSettings } from "../user-pool/settings";
import { sendsTexts } from "../user-pool/sign-in";
import { signInNameProblems, signInNameSettings } from "../user-pool/sign-in-names";
import { webAclProblems, webAclSettings } from "../web-acl/settings";

const layerSettings = {
  lambdaLayer: setting(trueOrFalse, {
    doc: "attach the layer whose ARN is in SSM parameter `<project>-<environment>-lambda-layer-parameter`",
    default: false,
  }),
};

export const uniqueUserPoolSettings = {
  ...userPoolSettings,
  ...preSignUpSettings,
  ...existingPoolSettings,
  ...identityProvidersSettings,
  ...userMigrationSettings,
  ...bundledFunctionSettings,
  ...layerSettings,
  ...triggersSettings,
  ...customerKeySettings,
  ...alarmsSettings,
  ...dashboardSettings,
  ...resourceServersSettings,
  ...userGroupsSettings,
  ...riskConfigurationSettings,
  ...logDeliverySettings,
  ...webAclSettings,
};

const { deletionProtection } = userPoolSettings;
const { standardAttributes } = attributeSettings;
const { triggers } = triggersSettings;

/** Those that also hold for a pool that is managed elsewhere: its protection is the table's, and what its users sign in with is kept unique. */
export const existingPoolUniqueSettings = {
  deletionProtection,
  ...signInNameSettings,
  standardAttributes,
  ...preSignUpSettings,
  ...existingPoolSettings,
  ...identityProvidersSettings,
  ...bundledFunctionSettings,
  ...layerSettings,
  triggers,
  ...customerKeySettings,
  ...alarmsSettings,
  ...dashboardSettings,
};

/** The same settings as the function needs them: of identity providers it has to know the names. */
export function functionSettings<Settings extends Pick<Complete<typeof uniqueUserPoolSettings>, "identityProviders">>(
  settings: Settings,
): Omit<Settings, "identityProviders"> & { readonly identityProviders: string[] } {
  return { ...settings, identityProviders: providerNames(settings.identityProviders) };
}

/** What begins the names of everything that belongs to a pool, and its Region. */
interface Place {
  readonly name: string;
  readonly region: string;
}

/** Functions and roles are named after it, and refuse a name that gets too long; the shortest has 12 characters more. */
export const uniqueUserPoolName = text(
  /^[A-Za-z0-9-]{1,52}$/,
  "a name of 1 to 52 letters, digits and hyphens, which begins the name of everything that is made",
);

export const tableNameOf = ({ name }: Pick<Place, "name">) => `${name}-reservations`;

/** What these settings must not be together, although each of them is allowed. */
export function uniqueUserPoolProblems(
  settings: Complete<typeof uniqueUserPoolSettings>,
  { name, region }: Place,
): Problem[] {
  const { kmsKeyArn, alarmTopicArn, migrateFrom, uniqueness, unconfirmedHoldHours, logLevel } = settings;
  const identifiers = identifiersOf(settings);
  const { riskConfiguration, logDelivery, waf, existingPool } = settings;
  const reservationsTable = uniqueness === "reserved" ? tableNameOf({ name }) : undefined;
  if (existingPool) {
    const place = {
      region,
      ownFunction: `${name}-pre-sign-up`,
      ownCheck: settings.triggers?.preSignUp,
    };
    return [
      ...existingPoolProblems(existingPool, place),
      ...signInNameProblems(settings),
      ...customerKeyProblems(kmsKeyArn, region),
      ...alarmsProblems(alarmTopicArn, region),
      ...preSignUpProblems(functionSettings(settings), reservationsTable, identifiers),
    ];
  }
  return [
    ...userPoolProblems(settings),
    ...messageRegionProblems(settings, sendsTexts(settings), region),
    ...resourceServersProblems(settings.resourceServers),
    ...triggersProblems(settings, region),
    ...ownFunctionProblems(settings.triggers, name),
    ...userGroupsProblems(settings.groups, region),
    ...(riskConfiguration ? riskProblems(riskConfiguration, settings, region) : []),
    ...(logDelivery ? logDeliveryProblems(logDelivery, settings, region) : []),
    ...(waf ? webAclProblems(waf, region) : []),
    ...customerKeyProblems(kmsKeyArn, region),
    ...alarmsProblems(alarmTopicArn, region),
    ...preSignUpProblems(functionSettings(settings), reservationsTable, identifiers),
    ...identityProvidersProblems(
      settings.identityProviders,
      {
        requiredAttributes: requiredAttributes(settings),
        customAttributes: customAttributeNames(settings),
        immutableAttributes: immutableAttributes(settings),
      },
      region,
    ),
    ...federatedProblems(settings),
    ...(migrateFrom
      ? userMigrationProblems({ migrateFrom, unconfirmedHoldHours, logLevel, reservationsTable, identifiers }, region)
      : []),
  ];
}

/** The functions that keep identifiers unique answer their own trigger only: any other call fails closed. */
function ownFunctionProblems(triggers: Complete<typeof triggersSettings>["triggers"] = {}, name: string): Problem[] {
  const own = [`${name}-pre-sign-up`, `${name}-user-migration`];
  return Object.entries(triggers).flatMap(([trigger, fn]) => {
    const functionArn = fn && "functionArn" in fn ? fn.functionArn : undefined;
    if (!own.includes(functionArn?.split(":")[6] ?? "")) return [];
    const allowed = "a function other than those that are made here";
    return [{ path: ["triggers", trigger, "functionArn"], value: functionArn, allowed }];
  });
}

/** What an identity provider must not, or has to, tell of each user: the function refuses a sign-up that claims too much or too little. */
function federatedProblems(settings: Complete<typeof uniqueUserPoolSettings>): Problem[] {
  const pool = { requiredAttributes: requiredAttributes(settings) };
  const identifiers = identifiersOf(settings);
  return Object.entries(attributesByProvider(settings.identityProviders, pool)).flatMap(([name, mapped]) => {
    if (!Object.hasOwn(providersToMake(settings.identityProviders), name)) return [];
    const path = ["identityProviders", name, "attributeMapping"];
    const needsPhone = identifiers.phone_number === "required" && !pool.requiredAttributes.includes("phone_number");
    return [
      ...(identifiers.preferred_username && mapped.includes("preferred_username")
        ? [
            {
              path: [...path, "preferred_username"],
              value: "preferred_username",
              allowed:
                "other attributes, because users sign in with it: Cognito takes a preferred username only after the sign-up",
            },
          ]
        : []),
      ...(needsPhone && !mapped.includes("phone_number")
        ? [
            {
              path: [...path, "phone_number"],
              value: undefined,
              allowed: "the provider's claim for it, because users sign in with their phone number",
            },
          ]
        : []),
    ];
  });
}

const EXISTING = "because existingPool is managed elsewhere";

/** What is written, but does not hold for a pool that is managed elsewhere. `holding` are fields that do, beside {@link existingPoolUniqueSettings}. */
export function unusedProblems(written: object, holding: readonly string[]): Problem[] {
  const { identityProviders = [], triggers } = written as Written<typeof uniqueUserPoolSettings>;
  const all = [...holding, ...Object.keys(existingPoolUniqueSettings)];
  const others = Object.entries(written).filter(([name, value]) => value !== undefined && !all.includes(name));
  return [
    ...others.map(([name, value]) => ({ path: [name], value, allowed: `nothing, ${EXISTING}: set it there` })),
    ...Object.entries(triggers ?? {})
      .filter(([name, value]) => name !== "preSignUp" && value !== undefined)
      .map(([name, value]) => ({ path: ["triggers", name], value, allowed: `nothing, ${EXISTING}: add it there` })),
    ...(Array.isArray(identityProviders)
      ? []
      : [
          {
            path: ["identityProviders"],
            value: Object.keys(identityProviders),
            allowed: `a list of the names of its providers, ${EXISTING}`,
          },
        ]),
  ];
}

import { z } from "zod";
import { alarmsProblems, alarmsSettings } from "../alarms/settings";
import { bundledFunctionSettings } from "../bundled-function/settings";
import { customerKeyProblems, customerKeySettings } from "../customer-key/settings";
import { dashboardSettings } from "../dashboard/settings";
import { preSignUpProblems, preSignUpSettings } from "../pre-sign-up/settings";
import { resourceServer, resourceServerName, resourceServerProblems } from "../resource-server/settings";
import { text, trueOrFalse } from "../setting/kinds";
import type { Problem } from "../setting/problems";
import { type Complete, optional, setting } from "../setting/setting";
import { userGroup, userGroupName } from "../user-group/settings";
import { userMigrationProblems, userMigrationSettings } from "../user-migration/settings";
import { userPoolProblems, userPoolSettings } from "../user-pool/settings";

export const uniqueUserPoolSettings = {
  ...userPoolSettings,
  ...preSignUpSettings,
  ...userMigrationSettings,
  ...bundledFunctionSettings,
  lambdaLayer: setting(trueOrFalse, {
    doc: "attach the layer whose ARN is in SSM parameter `<project>-<environment>-lambda-layer-parameter`",
    default: false,
  }),
  ...customerKeySettings,
  ...alarmsSettings,
  ...dashboardSettings,
  resourceServers: optional(
    z.record(resourceServerName, resourceServer, {
      error: '{ orders: { scopes: { read: "Read orders" } }, … }',
    }),
    {
      doc: '`{ orders: { scopes: { read: "Read orders" } } }`: APIs that tokens are for; clients then have the scope `orders/read`',
      none: "none",
      source: '"CreateResourceServer", Cognito API reference',
    },
  ),
  groups: optional(
    z.record(userGroupName, userGroup, { error: "{ administrators: { description, precedence, roleArn }, … }" }),
    {
      doc: "`{ administrators: { description, precedence, roleArn } }`: groups of users, a claim of their tokens",
      none: "none",
      source: '"CreateGroup", Cognito API reference',
    },
  ),
};

/** What begins the names of everything that belongs to a pool, and its Region. */
interface Place {
  readonly name: string;
  readonly region: string;
}

/** Functions are named after it; the longest has 15 characters more. */
export const uniqueUserPoolName = text(
  /^[A-Za-z0-9-]{1,49}$/,
  "a name of 1 to 49 letters, digits and hyphens, which begins the name of everything that is made",
);

export const tableNameOf = ({ name }: Pick<Place, "name">) => `${name}-reservations`;

/** What these settings must not be together, although each of them is allowed. */
export function uniqueUserPoolProblems(
  settings: Complete<typeof uniqueUserPoolSettings>,
  { name, region }: Place,
): Problem[] {
  const { kmsKeyArn, alarmTopicArn, migrateFrom, uniqueness, unconfirmedHoldHours, logLevel } = settings;
  const reservationsTable = uniqueness === "reserved" ? tableNameOf({ name }) : undefined;
  return [
    ...userPoolProblems(settings, region),
    ...resourceServerProblems(settings.resourceServers),
    ...customerKeyProblems(kmsKeyArn, region),
    ...alarmsProblems(alarmTopicArn, region),
    ...preSignUpProblems(settings, reservationsTable),
    ...(migrateFrom
      ? userMigrationProblems({ migrateFrom, unconfirmedHoldHours, logLevel, reservationsTable }, region)
      : []),
  ];
}

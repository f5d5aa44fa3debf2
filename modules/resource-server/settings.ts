import { z } from "zod";
import { fields, text } from "../setting/kinds";
import type { Problem } from "../setting/problems";
import { optional } from "../setting/setting";

const SCOPE = "a scope name of 1 to 256 characters without blanks, quotes, backslashes and slashes";
const DESCRIPTION = "a text of 1 to 256 characters";

export const resourceServerName = text(
  /^[a-z][a-z0-9-]{0,62}$/,
  "a name of 1 to 63 lower-case letters, digits and hyphens, starting with a letter",
);

/** "CreateResourceServer", Cognito API reference. */
export const resourceServer = fields(
  {
    /** What scopes begin with, such as https://orders.acme.com. @default the name */
    identifier: text(/^[!#-[\]-~]{1,256}$/, "1 to 256 characters without blanks, quotes and backslashes")
      .optional()
      .meta({ leftOut: "the name" }),
    scopes: z
      .record(text(/^[!#-.0-[\]-~]{1,256}$/, SCOPE), text(/^.{1,256}$/u, DESCRIPTION), {
        error: '{ read: "Read orders", … }',
      })
      .refine((all) => Object.keys(all).length <= 100, { error: "at most 100 scopes" }),
  },
  '{ identifier, scopes: { read: "Read orders", … } }',
);

export type ResourceServerSettings = z.output<typeof resourceServer>;

export const resourceServersSettings = {
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
};

/** The scopes of a resource server, as clients name them. */
export function scopesOfServer(name: string, { identifier = name, scopes }: ResourceServerSettings): string[] {
  return Object.keys(scopes).map((scope) => `${identifier}/${scope}`);
}

/** A pool has one resource server of an identifier. */
export function resourceServersProblems(servers: Readonly<Record<string, ResourceServerSettings>> = {}): Problem[] {
  const identifiers = Object.entries(servers).map(([name, { identifier = name }]) => ({ name, identifier }));
  return identifiers.flatMap(({ name, identifier }, index) => {
    const other = identifiers.slice(0, index).find((one) => one.identifier === identifier);
    if (!other) return [];
    const path = ["resourceServers", name, "identifier"];
    return [{ path, value: identifier, allowed: `another identifier than that of ${JSON.stringify(other.name)}` }];
  });
}

import { around } from "./around";
import { attributes, passwords } from "./attributes";
import { analytics, clientAttributes, clientNames, flows, tokens, urls } from "./client";
import { domain } from "./domain";
import { additionalFlows, featurePlan, firstFactors, mfa, unprotectedPlus } from "./factors";
import { identityPool } from "./identity-pool";
import { identityProviders, mappedAttributes } from "./identity-providers";
import { mail, sms, texts } from "./messages";
import {
  customAuth,
  existingPools,
  functionOfTheRegion,
  senderKey,
  senderTriggers,
  tokenTriggers,
} from "./own-triggers";
import { look, ownDomain, passkeyDomain, style } from "./pages";
import { adaptive, logs, otherResources, risks, webAcl } from "./protection";
import type { Rule } from "./rule";
import { groups, resourceServers } from "./servers-and-groups";
import { signIn } from "./sign-in";
import { triggers } from "./triggers";

/** Every rule, by chapter. */
export const RULES: ReadonlyArray<readonly [chapter: string, rules: readonly Rule[]]> = [
  ["Sign-in", signIn],
  ["Attributes", attributes],
  ["Passwords", passwords],
  [
    "Feature plan and first factors",
    [...featurePlan, ...additionalFlows, ...firstFactors, ...passkeyDomain, unprotectedPlus],
  ],
  ["MFA and recovery", [...mfa, adaptive]],
  ["E-mail and text messages", [...mail, ...sms, ...texts]],
  [
    "Triggers",
    [...senderTriggers, ...tokenTriggers, ...triggers, functionOfTheRegion, ...existingPools, customAuth, senderKey],
  ],
  ["App clients", [...urls, ...flows, ...tokens, ...clientAttributes, ...analytics, ...clientNames]],
  ["Domain and hosted pages", [...domain, ...ownDomain, ...style, ...look]],
  ["Resource servers and groups", [...resourceServers, ...groups]],
  ["Identity providers", [...mappedAttributes, ...identityProviders]],
  ["Logs, risks and WAF", [...logs, ...risks, ...webAcl, ...otherResources]],
  ["Identity pool", identityPool],
  ["Around the pool", around],
];

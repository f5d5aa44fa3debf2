import { around } from "./around";
import { attributes, passwords } from "./attributes";
import { clientAttributes, clientNames, flows, tokens, urls } from "./client";
import { domain } from "./domain";
import { featurePlan, firstFactors, mfa, unprotectedPlus } from "./factors";
import { mail, sms, texts } from "./messages";
import type { Rule } from "./rule";
import { groups, resourceServers } from "./servers-and-groups";
import { signIn } from "./sign-in";
import { triggers } from "./triggers";

/** Every rule, by chapter. */
export const RULES: ReadonlyArray<readonly [chapter: string, rules: readonly Rule[]]> = [
  ["Sign-in", signIn],
  ["Attributes", attributes],
  ["Passwords", passwords],
  ["Feature plan and first factors", [...featurePlan, ...firstFactors, unprotectedPlus]],
  ["MFA and recovery", mfa],
  ["E-mail and text messages", [...mail, ...sms, ...texts]],
  ["Triggers", triggers],
  ["App clients", [...urls, ...flows, ...tokens, ...clientAttributes, ...clientNames]],
  ["Domain", domain],
  ["Resource servers and groups", [...resourceServers, ...groups]],
  ["Around the pool", around],
];

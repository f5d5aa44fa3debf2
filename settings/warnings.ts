import { isLocal } from "../modules/user-pool-client/settings";
import { hostedDomain } from "../modules/user-pool-domain/settings";
import type { Environment } from "./environment";

/** What is allowed in an environment, but unlikely to be meant. */
export function warnings(environment: Environment): string[] {
  // All of it is about a pool that is made here, and its clients.
  if (environment.existingPool) return [];
  return [
    ...paidForNothing(environment),
    ...localCallbacks(environment),
    ...openWhileMoving(environment),
    ...fewMessages(environment),
    ...ownMigration(environment),
    ...classicPages(environment),
    ...passkeysElsewhere(environment),
    ...longRoleName(environment),
  ];
}

/** "User pool feature plans", Cognito developer guide. */
function paidForNothing({ name, poolTier, threatProtection }: Environment): string[] {
  return poolTier === "PLUS" && threatProtection === "OFF"
    ? [
        `environment "${name}" pays for the tier PLUS, but not even watches for risky sign-ins: set threatProtection to AUDIT or ENFORCED.`,
      ]
    : [];
}

function localCallbacks({ name, production, callbackUrls = [] }: Environment): string[] {
  const local = callbackUrls.filter(isLocal);
  return production && local.length > 0
    ? [
        `environment "${name}" redirects users after a sign-in to ${local.join(", ")}: set applicationUrls to where the application runs.`,
      ]
    : [];
}

/** A sign-up does not ask the old pool: it can take what an account that has not come over yet will need. */
function openWhileMoving({ name, migrateFrom, selfSignUp }: Environment): string[] {
  return migrateFrom && selfSignUp
    ? [
        `environment "${name}" lets anyone sign up with usernames of the pool that it takes accounts over from: set selfSignUp to false until they have moved, or read docs/migrating-on-sign-in.md.`,
      ]
    : [];
}

/** "Quotas in Amazon Cognito", developer guide: Cognito's own sender sends 50 messages a day. */
function fewMessages({ name, production, selfSignUp, email }: Environment): string[] {
  return production && selfSignUp && email === undefined
    ? [
        `environment "${name}" lets anyone sign up, but Cognito's own sender sends 50 messages a day: set email, to send by SES.`,
      ]
    : [];
}

/** "Migrate user Lambda trigger", Cognito developer guide: Cognito makes the account of what the function answers. */
function ownMigration({ name, triggers }: Environment): string[] {
  return triggers?.userMigration
    ? [
        `environment "${name}" has a userMigration function of its own: the accounts that it answers with are not looked up for duplicates. migrateFrom does that.`,
      ]
    : [];
}

/** "User pool managed login", Cognito developer guide: the classic pages ask for a password first. */
function classicPages({ name, firstAuthFactors = [], managedLogin }: Environment): string[] {
  const others = firstAuthFactors.filter((factor) => factor !== "PASSWORD");
  return others.length > 0 && !managedLogin
    ? [
        `environment "${name}" has firstAuthFactors that the classic pages do not offer (${others.join(", ")}): set managedLogin, unless users sign in on pages of your own.`,
      ]
    : [];
}

/** "RelyingPartyId" of WebAuthnConfigurationType, Cognito API reference: browsers offer passkeys on pages of that domain only. */
function passkeysElsewhere({
  name,
  region,
  managedLogin,
  customDomain,
  domainPrefix,
  passkeys,
}: Environment): string[] {
  const host = hostedDomain(domainPrefix, region);
  return managedLogin && !customDomain && passkeys && passkeys.relyingPartyId !== host
    ? [
        `environment "${name}" has passkeys of ${passkeys.relyingPartyId}, but the pages of managedLogin are on ${host}, where browsers do not offer them: set passkeys.relyingPartyId to ${host}, or customDomain.`,
      ]
    : [];
}

/** "Amazon Cognito in AWS GovCloud (US)", AWS GovCloud (US) user guide: role and session together have 24 characters there, of which 20 are the role's. */
function longRoleName({ name, project, region, identityPool }: Environment): string[] {
  const roleName = `${project}-${name}-authenticated`;
  return identityPool && region === "us-gov-east-1" && roleName.length > 20
    ? [
        `environment "${name}" has identityPool in us-gov-east-1, where Cognito may not be able to take roles with names of more than 20 characters: ${roleName} has ${roleName.length}.`,
      ]
    : [];
}

import type { Value } from "../value";
import { messageText } from "./message-texts";
import { begins, COMMON, found, identity, must, type ResourceType, reference, rising, subset, superset } from "./type";

const LOOSER = "Cognito would do less about sign-ins that look like an attack.";
const TAKEOVER: readonly Value[] = ["NO_ACTION", "MFA_IF_CONFIGURED", "MFA_REQUIRED", "BLOCK"];
const MAIL = "Warnings to users would come from another sender, or not at all.";

const level = (name: string) => ({
  [`account_takeover_risk_configuration.actions.${name}.event_action`]: rising(
    "risk-looser",
    LOOSER,
    TAKEOVER,
    "NO_ACTION",
  ),
  [`account_takeover_risk_configuration.actions.${name}.notify`]: rising(
    "risk-looser",
    "Users would no longer be told of a sign-in that may not be theirs.",
    [false, true],
    false,
  ),
});
const notify = (name: string) => `account_takeover_risk_configuration.notify_configuration.${name}`;
const text = (mail: string) => ({
  [notify(`${mail}.subject`)]: messageText,
  [notify(`${mail}.text_body`)]: messageText,
  [notify(`${mail}.html_body`)]: messageText,
});
const mail = begins("risk-mail", MAIL);

export const RISK_CONFIGURATION: ResourceType = {
  type: "aws_cognito_risk_configuration",
  isSetting: true,
  lost: () => [
    found(
      "risk-looser",
      "Cognito would treat risks as it does where nothing is said: actions and exceptions are gone.",
    ),
  ],
  forgotten: found("forgotten", "What is done about risks stays, but nothing plans or checks it here from now on."),
  attributes: {
    ...COMMON,
    user_pool_id: must(reference("risk-looser", LOOSER, "aws_cognito_user_pool", "id")),
    client_id: identity("risk-looser", LOOSER),
    ...level("low_action"),
    ...level("medium_action"),
    ...level("high_action"),
    [notify("source_arn")]: mail,
    [notify("from")]: mail,
    [notify("reply_to")]: mail,
    ...text("block_email"),
    ...text("mfa_email"),
    ...text("no_action_email"),
    // Cognito blocks where nothing is said.
    "compromised_credentials_risk_configuration.actions.event_action": rising(
      "risk-looser",
      "Users could go on with a password that is known to be stolen.",
      ["NO_ACTION", "BLOCK"],
      "BLOCK",
    ),
    "compromised_credentials_risk_configuration.event_filter": superset(
      "risk-looser",
      (less) => `Cognito would no longer look for stolen passwords at ${less}.`,
    ),
    "risk_exception_configuration.blocked_ip_range_list": superset(
      "risk-looser",
      (less) => `Requests from ${less} would no longer be blocked.`,
    ),
    "risk_exception_configuration.skipped_ip_range_list": subset(
      "risk-looser",
      (more) => `Sign-ins from ${more} would no longer be checked: a stolen password is enough there.`,
    ),
  },
};

import { defined } from "../../modules/setting/setting";
import type { ExistingType } from "./arguments";
import type { Existing, Json, Values } from "./existing";
import { block } from "./pool-settings";

type Fields = Readonly<Record<string, Json>>;

/** The settings of the web ACL, the style of the classic pages and the risk configuration, as far as they say what is there. */
export function aroundSettings(others: readonly Existing[]): Readonly<Record<string, unknown>> {
  const of = (wanted: ExistingType) => others.find(({ type }) => type === wanted)?.values;
  const webAcl = of("aws_wafv2_web_acl_association");
  const style = of("aws_cognito_user_pool_ui_customization");
  const risks = of("aws_cognito_risk_configuration");
  return defined({
    waf: webAcl && { webAclArn: webAcl.web_acl_arn },
    uiCustomization: style && { css: style.css },
    riskConfiguration: risks && riskSettings(risks),
  });
}

function riskSettings(risks: Values): object {
  const takeover = block(risks, "account_takeover_risk_configuration");
  const credentials = block(risks, "compromised_credentials_risk_configuration");
  const exceptions = block(risks, "risk_exception_configuration");
  return defined({
    accountTakeover: takeover && takeoverSettings(takeover),
    compromisedCredentials:
      credentials && defined({ action: block(credentials, "actions")?.event_action, events: credentials.event_filter }),
    exceptions:
      exceptions &&
      defined({
        blockedIpRanges: exceptions.blocked_ip_range_list,
        skippedIpRanges: exceptions.skipped_ip_range_list,
      }),
  });
}

function takeoverSettings(takeover: Fields): object {
  const actions = block(takeover, "actions") ?? {};
  const notify = block(takeover, "notify_configuration") ?? {};
  const level = (name: string) => {
    const action = block(actions, name);
    return action && defined({ action: action.event_action, notify: action.notify === true ? true : undefined });
  };
  const email = (name: string) => {
    const text = block(notify, name);
    return text && defined({ subject: text.subject, textBody: text.text_body, htmlBody: text.html_body });
  };
  return defined({
    low: level("low_action"),
    medium: level("medium_action"),
    high: level("high_action"),
    notify: defined({
      sesIdentityArn: notify.source_arn,
      from: notify.from,
      replyTo: notify.reply_to,
      blockEmail: email("block_email"),
      mfaEmail: email("mfa_email"),
      noActionEmail: email("no_action_email"),
    }),
  });
}

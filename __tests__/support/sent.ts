import { MESSAGES } from "../../lambda/trigger/messages";
import { withoutFullStop } from "../../lambda/trigger/refusal";
import { MESSAGES as MIGRATION } from "../../lambda/user-migration/declined";

/** The texts as the functions send them: Cognito adds the full stop. */
export const SENT = sent(MESSAGES);
export const SENT_BY_MIGRATION = sent(MIGRATION);

function sent<Texts extends Record<string, string>>(texts: Texts): Record<keyof Texts, string> {
  return Object.fromEntries(Object.entries(texts).map(([reason, text]) => [reason, withoutFullStop(text)])) as Record<
    keyof Texts,
    string
  >;
}

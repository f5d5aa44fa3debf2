import type { SignUpAnswer } from "../emulator/emulated-pool";
import type { SignUpReport } from "./api";

/** Cognito's refusals without asking a function: "SignUp", Cognito API reference. */
const BY_COGNITO = ["InvalidParameterException", "InvalidPasswordException", "UsernameExistsException"];

/** What came of a sign-up, in a word and in a sentence. */
export function verdictOf(answer: SignUpAnswer): Pick<SignUpReport, "verdict" | "message"> {
  if (answer.admitted) return { verdict: "admitted", message: "No other account has them. The account is created." };
  const { code, message } = answer;
  if (code === "UserLambdaValidationException") return { verdict: "refused", message };
  const verdict = BY_COGNITO.includes(code) ? "refused" : "failed";
  return { verdict, message: `Cognito itself says: ${message} (${code})` };
}

import { oneOf, trueOrFalse } from "../setting/kinds";
import { setting } from "../setting/setting";

export const userPoolSettings = {
  selfSignUp: setting(trueOrFalse, {
    doc: "anybody may sign up; otherwise administrators create the accounts",
    default: true,
    outsideProduction: false,
  }),
  deletionProtection: setting(trueOrFalse, {
    doc: "AWS refuses to delete the pool and the table of reservations",
    default: true,
    outsideProduction: false,
  }),
  poolTier: setting(oneOf(["LITE", "ESSENTIALS", "PLUS"]), {
    doc: "feature plan of the pool, which sets its price",
    default: "ESSENTIALS",
    source: '"User pool feature plans", Cognito developer guide',
  }),
};

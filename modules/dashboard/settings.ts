import { trueOrFalse } from "../setting/kinds";
import { setting } from "../setting/setting";

export const dashboardSettings = {
  dashboard: setting(trueOrFalse, {
    doc: "a CloudWatch dashboard of sign-ups, and of accounts that are taken over",
    default: false,
  }),
};

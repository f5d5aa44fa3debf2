import { METRICS, refusalMetrics } from "../../../lambda/pre-sign-up/metrics";

it("tell refusals apart, and count each of them as one", () => {
  expect(refusalMetrics("usernameTaken")).toEqual({ Refused: 1, RefusedUsernameTaken: 1 });
  expect(refusalMetrics("emailTaken")).toEqual({ Refused: 1, RefusedEmailTaken: 1 });
  expect(refusalMetrics("emailNotLinked")).toEqual({ Refused: 1, RefusedLink: 1 });
  expect(refusalMetrics("emailInvisible")).toEqual({ Refused: 1, RefusedSpelling: 1 });
});

it("have names of their own", () => {
  expect(new Set(METRICS).size).toBe(METRICS.length);
});

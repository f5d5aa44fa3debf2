import { METRICS, refusalMetrics } from "../../../lambda/pre-sign-up/metrics";

it("metrics distinguish refusals and count each once", () => {
  expect(refusalMetrics("usernameTaken")).toEqual({ Refused: 1, RefusedUsernameTaken: 1 });
  expect(refusalMetrics("emailTaken")).toEqual({ Refused: 1, RefusedEmailTaken: 1 });
  expect(refusalMetrics("emailNotLinked")).toEqual({ Refused: 1, RefusedLink: 1 });
  expect(refusalMetrics("emailInvisible")).toEqual({ Refused: 1, RefusedSpelling: 1 });
});

it("metrics have distinct names", () => {
  expect(new Set(METRICS).size).toBe(METRICS.length);
});

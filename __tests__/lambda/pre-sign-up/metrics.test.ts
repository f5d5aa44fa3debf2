import { countTo, METRICS, NAMESPACE, refusalMetrics } from "../../../lambda/pre-sign-up/metrics";

it("are one line in CloudWatch's embedded metric format", () => {
  const lines: string[] = [];
  countTo((line) => lines.push(line), "acme-dev-pre-sign-up")({ Admitted: 1, TakenOver: 2 });
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toEqual({
    _aws: {
      Timestamp: expect.any(Number),
      CloudWatchMetrics: [
        {
          Namespace: NAMESPACE,
          Dimensions: [["FunctionName"]],
          Metrics: [
            { Name: "Admitted", Unit: "Count" },
            { Name: "TakenOver", Unit: "Count" },
          ],
        },
      ],
    },
    FunctionName: "acme-dev-pre-sign-up",
    Admitted: 1,
    TakenOver: 2,
  });
});

it("tell refusals apart, and count each of them as one", () => {
  expect(refusalMetrics("usernameTaken")).toEqual({ Refused: 1, RefusedUsernameTaken: 1 });
  expect(refusalMetrics("emailTaken")).toEqual({ Refused: 1, RefusedEmailTaken: 1 });
  expect(refusalMetrics("emailInvisible")).toEqual({ Refused: 1, RefusedSpelling: 1 });
});

it("have names of their own", () => {
  expect(new Set(METRICS).size).toBe(METRICS.length);
});

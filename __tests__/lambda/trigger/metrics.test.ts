import { countTo } from "../../../lambda/trigger/metrics";

it("metrics are one line in CloudWatch's embedded metric format", () => {
  const lines: string[] = [];
  countTo((line) => lines.push(line), "acme-dev-pre-sign-up", "PreSignUp")({ Admitted: 1, TakenOver: 2 });
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toEqual({
    _aws: {
      Timestamp: expect.any(Number),
      CloudWatchMetrics: [
        {
          Namespace: "PreSignUp",
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

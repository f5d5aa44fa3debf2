import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Construct } from "constructs";

export interface DashboardProps {
  readonly name: string;
  readonly region: string;
  readonly functionName: string;
  /** Namespace of the metrics that the function writes itself. */
  readonly namespace: string;
}

/** Sign-ups at a glance: how many come, what becomes of them, how long it takes. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { name, region, functionName, namespace }: DashboardProps) {
    super(scope, id);
    const own = (metric: string) => [namespace, metric, "FunctionName", functionName];
    const lambda = (metric: string, options: object = {}) => [
      "AWS/Lambda",
      metric,
      "FunctionName",
      functionName,
      options,
    ];
    const graphs = [
      { title: "Sign-ups", metrics: [own("Admitted"), own("Refused"), own("FailedClosed")] },
      {
        title: "Refused, by kind",
        metrics: [own("RefusedUsernameTaken"), own("RefusedEmailTaken"), own("RefusedSpelling")],
      },
      { title: "Reservations taken over, accounts linked", metrics: [own("TakenOver"), own("Linked")] },
      {
        title: "Milliseconds to decide",
        metrics: [lambda("Duration", { stat: "p50" }), lambda("Duration", { stat: "p99" })],
      },
      { title: "Calls and throttles", metrics: [lambda("Invocations"), lambda("Throttles")] },
      { title: "Running at once", metrics: [lambda("ConcurrentExecutions", { stat: "Maximum" })] },
    ];
    const widgets = graphs.map(({ title, metrics }, index) => ({
      type: "metric",
      x: (index % 3) * 8,
      y: Math.floor(index / 3) * 6,
      width: 8,
      height: 6,
      properties: { title, region, metrics, view: "timeSeries", stat: "Sum", period: 300 },
    }));
    new CloudwatchDashboard(this, "Default", { dashboardName: name, dashboardBody: JSON.stringify({ widgets }) });
  }
}

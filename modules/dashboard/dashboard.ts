import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Construct } from "constructs";

/** A function that writes metrics of its own. */
export interface MeasuredFunction {
  readonly functionName: string;
  readonly metricsNamespace: string;
}

export interface DashboardProps {
  readonly name: string;
  readonly region: string;
  readonly preSignUp: MeasuredFunction;
  /** The function that takes over accounts of another pool, where there is one. */
  readonly userMigration?: MeasuredFunction | undefined;
}

/** Sign-ups at a glance, and accounts that are taken over: how many come, what becomes of them, how long it takes. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { name, region, preSignUp, userMigration }: DashboardProps) {
    super(scope, id);
    const signUps = metricsOf(preSignUp);
    const migrations = userMigration && metricsOf(userMigration);
    const graphs = [
      { title: "Sign-ups", metrics: signUps.own("Admitted", "Refused", "FailedClosed") },
      {
        title: "Refused, by kind",
        metrics: signUps.own(
          "RefusedUsernameTaken",
          "RefusedEmailTaken",
          "RefusedPhoneTaken",
          "RefusedSpelling",
          "RefusedLink",
        ),
      },
      {
        title: "Reservations taken over, accounts linked, expired accounts",
        metrics: signUps.own("TakenOver", "Linked", "ExpiredDeleted", "ExpiredKept"),
      },
      { title: "Milliseconds to decide", metrics: signUps.durations },
      { title: "Calls and throttles", metrics: signUps.calls },
      { title: "Running at once", metrics: [signUps.lambda("ConcurrentExecutions", { stat: "Maximum" })] },
      ...(migrations
        ? [
            {
              title: "Accounts of the old pool",
              metrics: migrations.own(
                "Migrated",
                "Refused",
                "Conflict",
                "FailedClosed",
                "ExpiredDeleted",
                "ExpiredKept",
              ),
            },
            { title: "Old pool: milliseconds to decide", metrics: migrations.durations },
            { title: "Old pool: calls and throttles", metrics: migrations.calls },
          ]
        : []),
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

function metricsOf({ functionName, metricsNamespace }: MeasuredFunction) {
  const lambda = (metric: string, options: object = {}) => [
    "AWS/Lambda",
    metric,
    "FunctionName",
    functionName,
    options,
  ];
  return {
    lambda,
    own: (...names: readonly string[]) =>
      names.map((metric) => [metricsNamespace, metric, "FunctionName", functionName]),
    durations: [lambda("Duration", { stat: "p50" }), lambda("Duration", { stat: "p99" })],
    calls: [lambda("Invocations"), lambda("Throttles")],
  };
}

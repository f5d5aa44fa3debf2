import { METRICS, NAMESPACE } from "../../../lambda/pre-sign-up/metrics";
import { METRICS as MIGRATION_METRICS, NAMESPACE as MIGRATION_NAMESPACE } from "../../../lambda/user-migration/metrics";
import { Dashboard, type DashboardProps } from "../../../modules/dashboard/dashboard";
import { only, stackOf } from "../../support/stack";

const preSignUp = { functionName: "acme-dev-pre-sign-up", metricsNamespace: NAMESPACE };
const userMigration = { functionName: "acme-dev-user-migration", metricsNamespace: MIGRATION_NAMESPACE };

interface Widget {
  readonly x: number;
  readonly y: number;
  readonly properties: { readonly metrics: ReadonlyArray<readonly string[]> };
}

function dashboard(props: Partial<DashboardProps> = {}) {
  const { resource } = stackOf(
    (stack) => new Dashboard(stack, "dashboard", { name: "acme-dev", region: "eu-west-1", preSignUp, ...props }),
  );
  const { dashboard_name: name, dashboard_body } = only(resource, "aws_cloudwatch_dashboard");
  const { widgets } = JSON.parse(dashboard_body) as { widgets: Widget[] };
  return { name, widgets, metrics: widgets.flatMap(({ properties }) => properties.metrics) };
}

const plain = dashboard();
const both = dashboard({ userMigration });

/** What is shown of a function's own metrics. */
function shown(metrics: ReadonlyArray<readonly string[]>, { metricsNamespace, functionName }: typeof preSignUp) {
  return metrics
    .filter(([of, , , name]) => of === metricsNamespace && name === functionName)
    .map(([, metric]) => metric);
}

it("has a name", () => {
  expect(plain.name).toBe("acme-dev");
});

it("shows every metric that the function counts, and nothing of a function that is not there", () => {
  const { metrics } = plain;
  expect(shown(metrics, preSignUp).sort()).toEqual([...METRICS].sort());
  expect(new Set(metrics.map((metric) => metric[3]))).toEqual(new Set([preSignUp.functionName]));
});

it("shows every metric of the accounts that are taken over, below what there is without them", () => {
  expect(shown(both.metrics, userMigration).sort()).toEqual([...MIGRATION_METRICS].sort());
  expect(both.widgets.slice(0, plain.widgets.length)).toEqual(plain.widgets);
});

it("has widgets that do not overlap", () => {
  for (const { widgets } of [plain, both]) {
    expect(new Set(widgets.map(({ x, y }) => `${x},${y}`)).size).toBe(widgets.length);
  }
});

import { METRICS, NAMESPACE } from "../../../lambda/pre-sign-up/metrics";
import { Dashboard } from "../../../modules/dashboard/dashboard";
import { only, stackOf } from "../../support/stack";

const { dashboard_name, dashboard_body } = only(
  stackOf(
    (stack) =>
      new Dashboard(stack, "dashboard", {
        name: "acme-dev",
        region: "eu-west-1",
        functionName: "acme-dev-pre-sign-up",
        namespace: NAMESPACE,
      }),
  ).resource,
  "aws_cloudwatch_dashboard",
);
const { widgets } = JSON.parse(dashboard_body);

it("has a name", () => {
  expect(dashboard_name).toBe("acme-dev");
});

it("shows every metric that the function counts", () => {
  const shown = widgets.flatMap(({ properties }: { properties: { metrics: string[][] } }) => properties.metrics);
  const own = shown.filter(([namespace]: string[]) => namespace === NAMESPACE).map(([, metric]: string[]) => metric);
  expect(own.sort()).toEqual([...METRICS].sort());
});

it("has widgets that do not overlap", () => {
  const places = widgets.map(({ x, y }: { x: number; y: number }) => `${x},${y}`);
  expect(new Set(places).size).toBe(widgets.length);
});

import { logTo } from "../../../lambda/trigger/log";

function logged(least: string | undefined) {
  const lines: string[] = [];
  const log = logTo((line) => lines.push(line), least);
  for (const level of ["DEBUG", "INFO", "WARN", "ERROR"] as const) log(level, "said", { reason: "none" });
  return lines;
}

it("a log line is one JSON object", () => {
  const [line = ""] = logged("ERROR");
  expect(line.endsWith("\n")).toBe(true);
  expect(JSON.parse(line)).toEqual({
    timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
    level: "ERROR",
    message: "said",
    reason: "none",
  });
});

it.each<[string | undefined, number]>([
  ["DEBUG", 4],
  ["INFO", 3],
  ["WARN", 2],
  ["ERROR", 1],
  ["nonsense", 3],
  [undefined, 3],
])("LOG_LEVEL %s lets %d of four levels through", (level, count) => {
  expect(logged(level)).toHaveLength(count);
});

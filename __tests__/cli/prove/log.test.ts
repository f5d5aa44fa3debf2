import { judged, type LoggedRun } from "../../../cli/prove/log";

const RUN: LoggedRun = {
  since: 0,
  letters: "abcdefghij",
  signUps: [{ username: "prove-1-abcdefghij", email: "p1.abcdefghij@proof.invalid", phone_number: "+447700900001" }],
  counts: { admitted: 1, refused: 2 },
  isInfo: true,
};
const line = (message: string) =>
  JSON.stringify({
    timestamp: "2026-01-01T12:00:00.000Z",
    level: "INFO",
    message,
    requestId: "1",
    trigger: "PreSignUp_SignUp",
  });
const metrics = (counts: object) =>
  JSON.stringify({ _aws: { Timestamp: 1, CloudWatchMetrics: [] }, FunctionName: "f", ...counts });
/** As Lambda writes it beside. */
const REPORT = '{"time":"2026-01-01T12:00:00.000Z","type":"platform.report","record":{"requestId":"1"}}';
const COMPLETE = [
  ...[line("admitted"), metrics({ Admitted: 1 }), line("refused"), metrics({ Refused: 1, RefusedEmailTaken: 1 })],
  ...[line("refused"), metrics({ Refused: 1, RefusedSpelling: 1 }), REPORT, "START RequestId: 1"],
];
const states = (lines: readonly string[], run: Partial<LoggedRun> = {}) =>
  judged(lines, { ...RUN, ...run }).map(({ state }) => state);

it("lines and metrics of every sign-up are seen", () => {
  expect(states(COMPLETE)).toEqual(["held", "held", "held"]);
});

it("what has not come yet is not seen", () => {
  expect(states([])).toEqual(["not seen", "not seen", "not seen"]);
  expect(states(COMPLETE.slice(0, 4))).toEqual(["not seen", "not seen", "held"]);
  expect(states(COMPLETE.filter((each) => !each.includes("_aws")))).toEqual(["held", "not seen", "held"]);
});

it("a level that leaves lines out is not waited for", () => {
  expect(
    states(
      COMPLETE.filter((each) => each.includes("_aws")),
      { isInfo: false },
    ),
  ).toEqual(["held", "held"]);
});

it.each(["user prove-1-ABCDEFGHIJ", "ａｂｃｄｅｆｇｈｉｊ", "number +447700900001"])("%s is personal", (text) => {
  expect(states([...COMPLETE, text])).toEqual(["held", "held", "broken"]);
});

import { reportPage } from "../../../migration/users/report-page";
import { REPORTED as account, REPORT as report } from "../../support/report";

it("shows counts, groups with their decisions, failures, and the accounts over time", () => {
  const page = reportPage(report);
  for (const text of [
    "<td>To create</td><td>12,345</td>",
    "<h3>same username ana</h3>",
    "<td>ana@example.com (verified)</td><td>CONFIRMED</td><td>2023-11-14</td><td>2024-01-02</td><td>keep</td>",
    "<td>none</td>",
    "<td>UserLambdaValidationException: refused</td>",
    "<title>2023-11: 10</title>",
    "Accounts that the move created, by day: none.",
    "Something is left to do",
    "2026-11-27 06:30 UTC",
  ]) {
    expect(page).toContain(text);
  }
});

it("the tallest bar has the whole height, and every bar a place of its own", () => {
  const bars = [...reportPage(report).matchAll(/<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g)];
  expect(bars.map(([, ...sides]) => sides.map(Number))).toEqual([
    [0, 0, 204, 160],
    [240, 160, 204, 0],
    [480, 80, 204, 80],
  ]);
});

it("says what is done, and where a list is cut", () => {
  const done = { ...report, isDone: true, groups: [], groupsInAll: 0, failures: [], failuresInAll: 0 };
  expect(reportPage(done)).toContain("No account needs a decision.");
  expect(reportPage(done)).toContain("No call failed.");
  expect(reportPage(done)).toContain("Nothing is left to do.");
  expect(reportPage({ ...report, groupsInAll: 2000 })).toContain(
    "2,000 groups of accounts in conflict, each with its decisions. The first 1 are below.",
  );
});

it("a text of a pool is text, whatever it is", () => {
  const hostile = `<script>alert("1")</script>&'\u202e\u0007\u200b`;
  const page = reportPage({
    ...report,
    groups: [{ because: hostile, accounts: [{ ...account, username: hostile, email: hostile, decision: hostile }] }],
    failures: [{ sub: hostile, username: hostile, step: hostile, reason: hostile }],
    counts: [{ what: hostile, accounts: 1 }],
  });
  expect(page).not.toContain("<script");
  for (const character of ["\u202e", "\u0007", "\u200b"]) expect(page).not.toContain(character);
  expect(page).toContain("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;\\u{202e}\\u{7}\\u{200b}");
});

it("loads nothing: the page has no address, and its policy allows none", () => {
  const page = reportPage(report);
  expect(page).not.toMatch(/https?:|<script|<link|<img|url\(|@import/);
  expect(page).toContain("default-src 'none'");
});

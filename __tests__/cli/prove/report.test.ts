import { type Report, renderMarkdown, renderText, reportOf } from "../../../cli/prove/report";
import { broken, held, notSeen, type Result } from "../../../cli/prove/result";

const report = (results: readonly Result[], changed: Partial<Report> = {}) =>
  reportOf({
    ...{ environment: "dev", poolId: "eu-west-1_AbCdEfGhI", account: "111122223333", region: "eu-west-1" },
    ...{ endpoint: null, through: "AdminCreateUser", at: "2026-01-01T12:00:00.000Z", results },
    ...{ notShown: ["Nothing of changed addresses."], assumptions: [], deleted: "5 accounts deleted.", ...changed },
  });
const assumption = (state: "as assumed" | "otherwise" | "not seen") => ({
  ...{ assumed: "Cognito does so.", reliedOnBy: ["lambda/a.ts"], state, seen: "It did." },
});

it("the exit code says what is worst", () => {
  expect(report([held("a", "")])).toMatchObject({ exitCode: 0, verdict: "dev: 1 held, 0 broken, 0 not seen." });
  expect(report([held("a", ""), notSeen("b", "")]).exitCode).toBe(2);
  expect(report([broken("a", ""), notSeen("b", "")]).exitCode).toBe(3);
  expect(report([held("a", "")], { assumptions: [assumption("as assumed"), assumption("not seen")] }).exitCode).toBe(0);
  expect(report([held("a", "")], { assumptions: [assumption("otherwise")] })).toMatchObject({
    exitCode: 2,
    verdict: "dev: 1 held, 0 broken, 0 not seen, 1 assumptions seen otherwise.",
  });
});

it("addresses of others stay out of it, the run's own stay in it", () => {
  const answer = 'from_email_address was "Acme <auth@acme.com>", is null; ana@EXAMPLE.com, p1.abc@Proof.Invalid.';
  expect(report([broken("a", answer)]).results[0]?.answer).toBe(
    'from_email_address was "Acme <…@…>", is null; …@…, p1.abc@Proof.Invalid.',
  );
});

it("text and Markdown have all of it, on one line each, with what cannot be seen as code points", () => {
  const results = [broken("the first", "a | b\nc\u200bd"), held("the second", "Admitted.")];
  const whole = report(results, { assumptions: [assumption("otherwise")], endpoint: "http://127.0.0.1:4566" });
  const markdown = renderMarkdown(whole);
  expect(markdown).toContain("### dev: 1 held, 1 broken, 0 not seen, 1 assumptions seen otherwise.");
  expect(markdown).toContain("| ✗ | the first | broken | a \\| b c⟨U+200B⟩d |");
  expect(markdown).toContain("| Cognito does so. | otherwise | It did. Relied on by lambda/a.ts. |");
  expect(markdown).toContain(
    "account 111122223333, eu-west-1, at `http://127.0.0.1:4566` instead of AWS; accounts made by AdminCreateUser",
  );
  for (const rendered of [markdown, renderText(whole)]) {
    for (const words of ["the second", "Nothing of changed addresses.", "5 accounts deleted.", whole.verdict]) {
      expect(rendered).toContain(words);
    }
  }
});

import fc from "fast-check";
import type { Difference } from "../../../review/differences";
import { driftReport } from "../../../review/drift";
import { renderDriftMarkdown, renderMarkdown } from "../../../review/render/markdown";
import { type Report, review } from "../../../review/report";
import { codeIn, tablesOf } from "../../support/markdown";
import { planOf, SCENARIOS } from "../../support/plans/fixture";
import { TABLE } from "../../support/plans/scenario";

it.each(SCENARIOS.map(({ name }) => name))("the review of %s is tables that GitHub reads", (name) => {
  for (const markdown of [
    renderMarkdown(review(planOf(name), "prod")),
    renderDriftMarkdown(driftReport(planOf(name), "prod")),
  ]) {
    expect(() => tablesOf(markdown)).not.toThrow();
    expect(markdown.length).toBeLessThan(65_536);
  }
});

it("begins with the verdict, what is lost, what is blocked, and how to let it through", () => {
  const report = review(planOf("table-forgotten"), "prod");
  const [title, lost, , why = "", command] = renderMarkdown(report, { allowWith: "file" }).split("\n\n");
  expect(title).toBe("### ⛔ Review of prod: blocked");
  expect(lost).toBe(
    "**Lost. deleted: `aws_iam_role_policy.pre_sign_up_use_reservations`; forgotten by the state: `aws_dynamodb_table.reservations`.**",
  );
  expect(why.split("\n")).toContainEqual(
    expect.stringMatching(
      /^- ⛔ `aws_dynamodb_table.reservations` blocked, `forgotten`: The table stays in the account/,
    ),
  );
  expect(command).toBe("If all of what is blocked is meant, a line for each in review-allow.txt:");
  expect(renderMarkdown(review(planOf("domain-renamed"), "prod"))).toContain(
    "If all of what is blocked is meant: `npm run review -- prod --allow aws_cognito_user_pool_domain.user_pool_domain`",
  );
});

it("says what was allowed", () => {
  const addresses = ["aws_cognito_user_pool_domain.user_pool_domain"];
  expect(renderMarkdown(review(planOf("domain-renamed"), "prod", { addresses }))).toMatch(
    /^- ⚠️ `aws_cognito_user_pool_domain.user_pool_domain` allowed, `domain-lost`: /m,
  );
});

it("names a resource in its first row only, with what forces its replacement", () => {
  const [changes = []] = tablesOf(renderMarkdown(review(planOf("table-renamed"), "prod")));
  expect(changes[0]).toEqual(["", "Resource", "Attribute", "Before", "After"]);
  const [deed, resource, , ...sides] = changes[1] ?? [];
  expect([deed, resource]).toEqual([
    "replace",
    `\`${TABLE}\`<br>because it cannot be updated in place<br>forced by \`name\`<br>the new one is made before the old one goes`,
  ]);
  expect(sides.every((cell) => codeIn(cell) !== "")).toBe(true);
  expect(changes.filter(([, name]) => name?.includes(TABLE))).toHaveLength(1);
  expect(changes).toContainEqual([
    "",
    "",
    "`name` **forces replacement**",
    '`"acme-prod-reservations"`',
    '`"another"`',
  ]);
});

const difference = (path: string, before: string, after: string): Difference => {
  return { path, before, after, forcesReplacement: false };
};
const withOutputs = (outputs: readonly Difference[]): Report => ({ ...review(planOf("nothing"), "prod"), outputs });

it("shows any text as it is, whatever Markdown would make of it", () => {
  const text = fc.string({ unit: fc.constantFrom(..."a|`\\\n<*_[]() \"'\u202e\u0007é") });
  fc.assert(
    fc.property(text, text, text, (path, before, after) => {
      const [table = []] = tablesOf(renderMarkdown(withOutputs([difference(`x${path}`, before, after)])));
      const [, one = "", other = ""] = table[1] ?? [];
      expect(table).toHaveLength(2);
      for (const [cell, value] of [
        [one, before],
        [other, after],
      ] as const) {
        const shown = codeIn(cell);
        if (shown.length < 60)
          expect(
            JSON.parse(shown.replaceAll(/\\u\{(\w+)\}/g, (_, hex) => String.fromCodePoint(Number.parseInt(hex, 16)))),
          ).toBe(value);
      }
    }),
  );
});

it("shortens long values to where they differ, and says how long they are", () => {
  const start = "a".repeat(200);
  const [table = []] = tablesOf(
    renderMarkdown(withOutputs([difference("x", `${start}1${start}`, `${start}2${start}`)])),
  );
  expect(table[1]?.[1]).toMatch(/^`…a{20}1a{39}… \(403 characters\)`$/);
  expect(table[1]?.[2]).toMatch(/^`…a{20}2a{39}… \(403 characters\)`$/);
});

it("fits into a comment, and says how much is left out", () => {
  const outputs = Array.from({ length: 1000 }, (_, index) =>
    difference(`output_${index}`, "x".repeat(100), "y".repeat(100)),
  );
  const markdown = renderMarkdown(withOutputs(outputs));
  expect(markdown.length).toBeLessThan(65_536);
  const [table = []] = tablesOf(markdown);
  expect(markdown).toContain(
    `\n\n${1000 - (table.length - 1)} more lines are left out: \`npm run review -- prod --format text\` shows them.`,
  );
});

import { driftReport } from "../../../review/drift";
import { renderDriftText, renderText } from "../../../review/render/text";
import { review } from "../../../review/report";
import { planOf } from "../../support/plans/fixture";

const text = (name: string, addresses: readonly string[] = [], allowWith?: "file") =>
  renderText(review(planOf(name), "prod", { addresses }), { colour: false, ...(allowWith && { allowWith }) });

it("begins with the verdict, what is lost and what was found, and says how to let through what is blocked", () => {
  const lines = text("domain-renamed").split("\n");
  expect(lines.slice(0, 6)).toEqual([
    "Review of prod: blocked",
    "Lost. deleted and made anew: aws_cognito_user_pool_domain.user_pool_domain.",
    "1 to replace, 2 outputs to change.",
    "",
    "aws_cognito_user_pool_domain.user_pool_domain",
    expect.stringMatching(/^ {4}blocked \(domain-lost\): Users can no longer sign in at the present address/),
  ]);
  expect(lines.at(-1)).toBe("    npm run review -- prod --allow aws_cognito_user_pool_domain.user_pool_domain");
  expect(text("domain-renamed", [], "file").split("\n").slice(-2)).toEqual([
    "If all of what is blocked is meant, a line for each in review-allow.txt:",
    "    prod aws_cognito_user_pool_domain.user_pool_domain",
  ]);
  expect(text("nothing")).toBe("Review of prod: nothing to do\nNo resource and no output changes.");
});

it("shows a resource with what becomes of it, why, and its attributes in columns", () => {
  expect(text("client-without-secret")).toMatch(
    new RegExp(
      [
        "^± replace {2}aws_cognito_user_pool_client\\.user_pool_client",
        " {4}because it cannot be updated in place",
        " {4}forced by generate_secret",
      ].join("\n"),
      "m",
    ),
  );
  expect(text("client-without-secret")).toMatch(/^ {4}generate_secret +true +→ false {2}forces replacement$/m);
  expect(text("client-without-secret")).toMatch(/^ {4}client_secret +\(sensitive\) +→ \(known after apply\)$/m);
});

it("advises nothing where no allowance helps, and a file of types where a type is the adopter's own", () => {
  expect(text("pool-schema-changed").split("\n").at(-1)).toBe("No allowance helps: change what is planned.");
  expect(text("function-url").split("\n").slice(-2)).toEqual([
    "Types that are yours, and are to pass from now on, are lines of review-types.txt:",
    "    aws_lambda_function_url",
  ]);
});

it("a tag with words of Terraform's own output cuts nothing off", () => {
  const lines = text("tag-like-terraforms-output");
  expect(lines).not.toContain("Refreshing state...");
  expect(lines).toContain("Refreshing state\\u{2e}\\u{2e}\\u{2e}");
});

it("quotes an address that a shell would take apart", () => {
  const deposed = "aws_dynamodb_table.reservations (deposed 0a1b2c3d)";
  expect(text("table-deposed")).toContain(`--allow '${deposed}'`);
});

it("says what was allowed, moved, taken over and forgotten", () => {
  expect(text("domain-renamed", ["aws_cognito_user_pool_domain.user_pool_domain"])).toContain("allowed (domain-lost)");
  expect(text("pool-moved")).toContain(
    "→ move  aws_cognito_user_pool.people\n    moved from aws_cognito_user_pool.user_pool",
  );
  expect(text("log-imported")).toMatch(/import.* {2}aws_cloudwatch_log_group\.pre_sign_up_logs\n {4}imported: \/aws\//);
  expect(text("table-forgotten")).toContain("blocked (forgotten): The table stays in the account");
});

it("shows only where JSON in a text differs", () => {
  expect(text("policy-changed")).toMatch(/policy\.Statement\.Action +"cognito-idp:ListUsers" +→ \[/);
});

it("says that a plan is not whole", () => {
  expect(text("targeted")).toContain("Something was left out (-target, or deferred)");
});

it("shows what would move the cursor or turn the text around, instead of doing it", () => {
  const report = review(planOf("nothing"), "prod");
  const outputs = [{ path: "x\u202e", before: "a\u009b2J", after: "b\u202ec", forcesReplacement: false }];
  expect(
    renderText({ ...report, outputs }, { colour: false })
      .split("\n")
      .at(-1),
  ).toBe('    x\\u{202e}  "a\\u{9b}2J" → "b\\u{202e}c"');
});

it("colours for a terminal only", () => {
  const coloured = renderText(review(planOf("domain-renamed"), "prod"), { colour: true });
  expect(coloured).toContain("\u001b[31mReview of prod: blocked\u001b[0m");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with one
  expect(coloured.replaceAll(/\u001b\[\d+m/g, "")).toBe(text("domain-renamed"));
  expect(text("domain-renamed")).not.toContain("\u001b");
});

it("lists drift in the same way", () => {
  const drift = (name: string) => renderDriftText(driftReport(planOf(name), "prod"), { colour: false });
  expect(drift("drift-of-nothing")).toBe("prod: nothing was changed outside of Terraform");
  expect(drift("drift-by-hand")).toMatch(
    /^prod: changed outside of Terraform\n\n~ update {2}aws_cognito_user_pool\.user_pool\n/,
  );
  expect(drift("drift-by-hand")).toMatch(/allow_admin_create_user_only +true → false/);
  expect(drift("drift-by-hand")).toContain("- delete  aws_iam_role_policy.by_somebody");
});

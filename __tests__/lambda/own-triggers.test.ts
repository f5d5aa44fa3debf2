import { readFileSync } from "node:fs";
import type { Context, PreTokenGenerationV2TriggerEvent } from "aws-lambda";
import { handler as challenge } from "../../examples/full/triggers/challenge";
import { check } from "../../examples/full/triggers/only-acme";
import { handler as roles } from "../../examples/full/triggers/roles";
import { signUpEvent } from "../support/events";

it.each(["roles.ts", "only-acme.ts"])("docs/triggers.md shows %s as it is tested here", (file) => {
  const text = readFileSync(`examples/full/triggers/${file}`, "utf8").replace("../../../lambda/", "./");
  expect(readFileSync("docs/triggers.md", "utf8")).toContain(`\`\`\`ts\n${text}\`\`\``);
});

it("the example check admits addresses of one domain", async () => {
  const asked = (email: string) => check(signUpEvent("ana", email) as unknown as Parameters<typeof check>[0], 0);
  expect([await asked("ana@acme.com"), await asked("ana@example.com")]).toEqual([
    undefined,
    "Sign up with your address of acme.com.",
  ]);
});

it("the example for tokens has the user's groups", async () => {
  const event = { request: { groupConfiguration: { groupsToOverride: ["a", "b"] } }, response: {} };
  const answer = await roles(event as unknown as PreTokenGenerationV2TriggerEvent, {} as Context, () => {});
  expect(answer).toMatchObject({
    response: {
      claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride: { roles: "a b" } } },
    },
  });
});

it.each([
  ["acme", true],
  ["other", false],
])("the example of a challenge takes the answer %s: %s", async (challengeAnswer, answerCorrect) => {
  const request = { privateChallengeParameters: { answer: "acme" }, challengeAnswer };
  const event = { triggerSource: "VerifyAuthChallengeResponse_Authentication", request, response: {} };
  expect(await challenge(event as unknown as Parameters<typeof challenge>[0])).toMatchObject({
    response: { answerCorrect },
  });
});

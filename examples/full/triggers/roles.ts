import type { PreTokenGenerationV2TriggerHandler } from "aws-lambda";

export const handler: PreTokenGenerationV2TriggerHandler = async (event) => {
  const { groupsToOverride = [] } = event.request.groupConfiguration;
  event.response.claimsAndScopeOverrideDetails = {
    accessTokenGeneration: { claimsToAddOrOverride: { roles: groupsToOverride.join(" ") } },
  };
  return event;
};

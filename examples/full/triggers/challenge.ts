import type {
  CreateAuthChallengeTriggerEvent,
  DefineAuthChallengeTriggerEvent,
  VerifyAuthChallengeResponseTriggerEvent,
} from "aws-lambda";

type Event =
  | CreateAuthChallengeTriggerEvent
  | DefineAuthChallengeTriggerEvent
  | VerifyAuthChallengeResponseTriggerEvent;

/** One question, which has one answer. */
export const handler = async (event: Event) => {
  switch (event.triggerSource) {
    case "DefineAuthChallenge_Authentication": {
      const { session } = event.request;
      const issueTokens = session.at(-1)?.challengeResult === true;
      const failAuthentication = !issueTokens && session.length >= 3;
      Object.assign(event.response, { issueTokens, failAuthentication, challengeName: "CUSTOM_CHALLENGE" });
      break;
    }
    case "CreateAuthChallenge_Authentication":
      event.response.publicChallengeParameters = { question: "What is the team called?" };
      event.response.privateChallengeParameters = { answer: process.env.TEAM ?? "" };
      break;
    case "VerifyAuthChallengeResponse_Authentication": {
      const { privateChallengeParameters, challengeAnswer } = event.request;
      event.response.answerCorrect = challengeAnswer !== "" && challengeAnswer === privateChallengeParameters.answer;
    }
  }
  return event;
};

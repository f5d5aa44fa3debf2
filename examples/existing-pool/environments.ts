import type { ProjectSettings } from "#settings";

/** A pool that another team manages, with its own function before sign-ups: this project puts its function in front, and manages no resource of Cognito. */
const project: ProjectSettings = {
  project: "acme-accounts",
  region: "eu-west-1",
  environments: {
    prod: {
      existingPool: {
        userPoolId: "eu-west-1_hT5mWq2Zr",
        preSignUp: "arn:aws:lambda:eu-west-1:111122223333:function:only-acme",
      },
      aliasAttributes: ["email"],
      standardAttributes: { email: { required: false } },
      alarmTopicArn: "arn:aws:sns:eu-west-1:111122223333:on-call",
    },
  },
};

export default project;

import { FINDERS } from "../../../cli/recover/finders";
import { environment } from "../../support/synth";

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

it("recover has a finder for every type that an environment is made of, whatever its settings", () => {
  const everything = environment({
    alarmTopicArn: "arn:aws:sns:eu-west-1:111122223333:on-call",
    dashboard: true,
    federated: "link",
    identityProviders: { Google: { clientId: "id", clientSecret: { ssmParameter: "/acme/google" } } },
    kmsKeyArn: KEY,
    lambdaLayer: true,
    migrateFrom: { userPoolId: "eu-west-1_OldPool01", clientId: "1example23456789" },
    reservedConcurrency: 5,
  });
  const types = [everything, environment({ uniqueness: "directory" })].flatMap(({ resource }) => Object.keys(resource));
  expect([...new Set(types)].filter((type) => !(type in FINDERS))).toEqual([]);
});

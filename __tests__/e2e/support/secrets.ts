import { awsClient } from "../../../lambda/aws/client";
import type { IdentityProviders } from "../../../modules/identity-provider/settings";
import { secretOf } from "../../../modules/identity-provider/settings";

/** Stores a secret for each identity provider, where its settings say. */
export async function storeSecrets(providers: IdentityProviders): Promise<void> {
  for (const provider of Object.values(providers)) {
    const reference = secretOf(provider);
    if (reference === undefined) continue;
    if ("ssmParameter" in reference) {
      const parameter = { Name: reference.ssmParameter, Type: "SecureString", Value: "a-stored-secret" };
      await send("ssm", "AmazonSSM.PutParameter", { ...parameter, Overwrite: true });
    } else {
      const { secretsManagerSecret: Name, jsonKey } = reference;
      const SecretString = jsonKey === undefined ? "a-stored-secret" : JSON.stringify({ [jsonKey]: "a-stored-secret" });
      await send("secretsmanager", "secretsmanager.CreateSecret", { Name, SecretString });
    }
  }
}

async function send(service: "ssm" | "secretsmanager", target: string, input: object): Promise<void> {
  const call = awsClient({
    ...{ service, region: "eu-west-1", endpoint: process.env.E2E_ENDPOINT, attemptTimeout: 20_000 },
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  await call(target, input, Date.now() + 20_000);
}

import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { freePort } from "./free-port";
import { Running } from "./running";

/** `npm run local`, with what it prints for an application. */
export class LocalPool extends Running {
  /** Brings an environment's pool up on free ports. */
  static async start(folder: string, environment: string): Promise<LocalPool> {
    const ports = ["--port", String(await freePort()), "--page-port", String(await freePort())];
    const local = new LocalPool(folder, ["local", environment, ...ports]);
    await local.says(/Ctrl-C ends it/);
    return local;
  }

  /** A line for the `.env` file. */
  value(name: string): string {
    return new RegExp(`^${name}=(.*)$`, "m").exec(this.output)?.[1] ?? "";
  }

  /** The id of a client, by its name. */
  client(name: string): string {
    return new RegExp(`client ${name}: (\\S+)`).exec(this.output)?.[1] ?? "";
  }

  /** The AWS SDK, as an application has it. */
  sdk(): CognitoIdentityProviderClient {
    return new CognitoIdentityProviderClient({
      endpoint: this.value("COGNITO_ENDPOINT"),
      region: this.value("AWS_REGION"),
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    });
  }

  /** The message to a user that is sent by a call: where to, and its code. */
  async sent(
    username: string,
    call: () => Promise<unknown>,
  ): Promise<{ readonly destination: string; readonly code: string }> {
    const from = await this.read();
    await call();
    const fields = `Username: +${username}\\n +Destination: +(\\S+)\\n *Code: +(\\S+)\\n`;
    const [, destination = "", code = ""] = await this.says(new RegExp(fields), from);
    return { destination, code };
  }
}

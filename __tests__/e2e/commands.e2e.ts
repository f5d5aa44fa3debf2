import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { emulated, ProjectCopy } from "../support/project-copy";
import { PROJECT } from "../support/settings";
import { describeE2e } from "./support/describe-e2e";

describeE2e("what is missing is said in one sentence", () => {
  let copy: ProjectCopy;
  let home: string;
  beforeAll(async () => {
    copy = await ProjectCopy.make(PROJECT);
    home = await mkdtemp(path.join(tmpdir(), "home-"));
  });
  afterAll(async () => {
    await copy?.remove();
    await rm(home, { recursive: true, force: true });
  });

  const lastLine = (text: string) => text.trim().split("\n").at(-1);

  it("credentials", async () => {
    const { PATH, TF_CLI_CONFIG_FILE, TF_PLUGIN_CACHE_DIR } = process.env;
    const env = { PATH, TF_CLI_CONFIG_FILE, TF_PLUGIN_CACHE_DIR, HOME: home, AWS_EC2_METADATA_DISABLED: "true" };
    const { code, stderr } = await copy.scriptWith(env, "plan", "dev");
    expect(code).toBe(1);
    expect(lastLine(stderr)).toBe(
      "There are no AWS credentials: sign in with `aws sso login`, or set AWS_PROFILE or AWS_ACCESS_KEY_ID.",
    );
  });

  it("the registry", async () => {
    await copy.keepStateLocally("dev");
    const env = {
      ...emulated(),
      TF_CLI_CONFIG_FILE: path.join(home, "none.tfrc"),
      TF_PLUGIN_CACHE_DIR: undefined,
      TF_REGISTRY_DISCOVERY_RETRY: "0",
      // Port 9 discards: nothing listens there.
      HTTPS_PROXY: "http://127.0.0.1:9",
      NO_PROXY: "127.0.0.1",
    };
    await writeFile(env.TF_CLI_CONFIG_FILE, "");
    const { code, stderr } = await copy.scriptWith(env, "plan", "dev");
    expect(code).toBe(1);
    expect(lastLine(stderr)).toBe(
      "The Terraform registry cannot be reached, so the providers cannot be installed: check the network and the" +
        " proxy, or name a mirror in Terraform's CLI configuration (provider_installation).",
    );
  });
});

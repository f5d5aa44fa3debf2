import { randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Finished } from "../support/command";
import { emulated, ProjectCopy } from "../support/project-copy";
import type { Deployed } from "./support/breakage";
import { ABOUT_DEPLOYED, BREAKAGES } from "./support/broken-promises";
import { cognito } from "./support/cognito";
import { deployMeant } from "./support/deploy";
import { describeE2e } from "./support/describe-e2e";
import { PreSignUpFront } from "./support/pre-sign-up-front";
import { makeBucket } from "./support/s3";

const project = `prove-${randomBytes(4).toString("hex")}`;

/** A few that have nothing in common: each takes a run of the command. */
const EVERY_TIME = "no trigger|another message|may not call the function";

interface Result {
  readonly promise: string;
  readonly state: string;
  readonly answer: string;
}

/* By AdminCreateUser, the default: in front of the emulator, which calls no function for it, is a server that does. */
describeE2e("a promise that is broken on purpose is named", () => {
  let copy: ProjectCopy;
  let front: PreSignUpFront;
  let deployed: Deployed;
  beforeAll(async () => {
    front = await PreSignUpFront.start(process.env.E2E_ENDPOINT ?? "");
    const alarmTopicArn = "arn:aws:sns:eu-west-1:000000000000:on-call";
    const environments = { dev: { alarmTopicArn, reservedConcurrency: 40 } };
    copy = await ProjectCopy.make({ project, region: "eu-west-1", environments });
    await makeBucket(`${project}-terraform-state`);
  });
  afterAll(async () => {
    await front?.stop();
    await copy?.remove();
  });

  const prove = async () => {
    const args = ["dev", "--apply", "--through", "admin", "--format", "json"];
    const finished = await copy.scriptWith(emulated(front.url), "prove", ...args);
    return { ...finished, results: resultsOf(finished) };
  };
  const resultsOf = ({ code, stdout, stderr }: Finished): readonly Result[] => {
    if (code === 1 || code === 64) throw new Error(stderr);
    return (JSON.parse(stdout) as { results: Result[] }).results;
  };
  const inState = (results: readonly Result[], state: string) => results.filter((result) => result.state === state);
  const accounts = async () =>
    ((await cognito("ListUsers", { UserPoolId: deployed.poolId })) as { Users: unknown[] }).Users;

  it("nothing is broken after a deployment", async () => {
    await deployMeant(copy, "dev");
    const output = async (name: string) => (await copy.script("output", "dev", name)).stdout.trim();
    const name = `${project}-dev-pre-sign-up`;
    const poolId = await output("UserPoolId");
    const [zip = ""] = (await readdir(copy.stack("dev"))).filter((file) => file.endsWith(".zip"));
    deployed = {
      zip: await readFile(path.join(copy.stack("dev"), zip)),
      ...{ name, poolId, clientId: await output("UserPoolClientId"), table: await output("ReservationsTable") },
      functionArn: `arn:aws:lambda:eu-west-1:000000000000:function:${name}`,
      poolArn: `arn:aws:cognito-idp:eu-west-1:000000000000:userpool/${poolId}`,
    };
    const { results, code } = await prove();
    expect({ code, wrong: results.filter(({ state }) => state !== "held") }).toEqual({ code: 0, wrong: [] });
  });

  // BROKEN='table|log' runs those whose title matches, `npm run test:prove` all of them.
  const chosen = BREAKAGES.filter(({ what }) => new RegExp(process.env.BROKEN ?? EVERY_TIME).test(what));
  for (const { what, named, ...breakage } of chosen) {
    it(what, async () => {
      await breakage.break(deployed);
      try {
        const { code, results } = await prove();
        const broken = inState(results, "broken");
        for (const [promise, words] of Object.entries(named)) {
          expect(broken).toContainEqual({ promise, state: "broken", answer: expect.stringContaining(words) });
        }
        const about = (promises: readonly string[]) => promises.filter((each) => ABOUT_DEPLOYED.includes(each)).sort();
        expect(about(broken.map(({ promise }) => promise))).toEqual(about(Object.keys(named)));
        expect(code).toBe(3);
        expect(await accounts()).toEqual([]);
      } finally {
        await breakage.mend?.(deployed);
        if (!breakage.mend || breakage.deploys) await deployMeant(copy, "dev");
      }
    });
  }

  it("what the settings say and is not deployed is named", async () => {
    await copy.configure({ project, region: "eu-west-1", environments: { dev: { logRetentionDays: 30 } } });
    const { code, results } = await prove();
    const promise = "what the settings and the code of this folder say is deployed";
    expect(inState(results, "broken")).toContainEqual({
      ...{ promise, state: "broken", answer: expect.stringContaining("retention_in_days") },
    });
    expect(code).toBe(3);
  });
});

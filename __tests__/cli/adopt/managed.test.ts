import type { FoundPool } from "../../../cli/adopt/existing";
import { refuseManaged, refuseSecondPool } from "../../../cli/adopt/managed";
import { cognitoClient } from "../../../cli/clients";
import { loadProject } from "../../../settings/project";
import { StubAws } from "../../support/stub-aws";
import { POOL } from "./around";

const OWN = "eu-west-1_Own000001";

function refused(tags: Readonly<Record<string, string>>, environment = "prod") {
  const pool = { type: "aws_cognito_user_pool" as const, id: POOL, values: { tags } };
  const found: FoundPool = { poolId: POOL, region: "eu-west-1", pool, clients: [], others: [], outside: [] };
  return () => refuseManaged(found, "acme", environment);
}

describe("the pool's tags", () => {
  it.each([
    ["none", {}],
    ["of the project only", { project: "acme" }],
    ["of the environment only", { environment: "prod" }],
    ["of another project", { project: "other", environment: "prod" }],
  ])("%s: it is adopted", (_, tags) => {
    expect(refused(tags)).not.toThrow();
  });

  it("of the same environment: there is nothing to adopt", () => {
    expect(refused({ project: "acme", environment: "prod" })).toThrow(
      expect.objectContaining({ message: expect.stringContaining("npm run recover -- prod"), exitCode: 64 }),
    );
  });

  it("of another environment: that one manages the pool", () => {
    const said = /the environment one manages it, and two environments would undo each other's changes\. Deploy one,/;
    expect(refused({ project: "acme", environment: "one" }, "two")).toThrow(said);
  });
});

describe("another pool of the environment", () => {
  const before = { ...process.env };
  let stub: StubAws;
  let pools: Readonly<Record<string, { readonly name: string; readonly tags: object }>>;

  beforeAll(async () => {
    stub = await StubAws.start(({ target, input }) => {
      if (target.endsWith("ListUserPools")) {
        const all = Object.entries(pools).map(([Id, { name: Name }]) => ({ Id, Name }));
        // A page each.
        const index = Number(input.NextToken ?? 0);
        return { UserPools: all.slice(index, index + 1), ...(index + 1 < all.length && { NextToken: `${index + 1}` }) };
      }
      const id = String(input.UserPoolId);
      return { UserPool: { Id: id, Arn: `arn:x:${id}`, UserPoolTags: pools[id]?.tags } };
    });
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_ENDPOINT_URL: stub.endpoint,
    });
  });
  afterAll(async () => {
    process.env = before;
    await stub.stop();
  });

  const TAGS = { project: "acme", environment: "prod" };
  const project = (prod: object) => loadProject({ project: "acme", region: "eu-west-1", environments: { prod } });
  const look = (settings = {}) => refuseSecondPool(cognitoClient("eu-west-1"), project(settings), "prod", POOL);
  const foreign = { [POOL]: { name: "acme-prod-v2", tags: TAGS } };

  it.each([
    ["with the name that it has by default", "acme-prod-v2", {}],
    ["with the name that its settings say", "Users", { userPoolName: "Users" }],
    ["with the name that it had before settings were adopted", "acme-prod-v2", { userPoolName: "Users" }],
  ])("%s would be replaced", async (_, name, settings) => {
    pools = { ...foreign, [OWN]: { name, tags: TAGS } };
    await expect(look(settings)).rejects.toMatchObject({
      message: expect.stringContaining(`The environment prod has the user pool ${OWN} already`),
      exitCode: 64,
    });
  });

  it.each([
    ["the pool itself", {}],
    ["one of another name", { [OWN]: { name: "other", tags: TAGS } }],
    ["one that only has the name", { [OWN]: { name: "acme-prod-v2", tags: {} } }],
    ["one of another environment", { [OWN]: { name: "acme-prod-v2", tags: { ...TAGS, environment: "one" } } }],
  ])("%s is none", async (_, others) => {
    pools = { ...foreign, ...others };
    await expect(look()).resolves.toBeUndefined();
  });
});

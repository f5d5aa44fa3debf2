import { StateBucket } from "../../../cli/state/bucket";
import { requireMovedState } from "../../../cli/state/guard";
import { legacyKey, lockKey, stateKey } from "../../../cli/state/keys";
import { releaseLock, stateLock, withLock } from "../../../cli/state/lock";
import { nextStep } from "../../../cli/state/move";
import { parseState, projectsOf, resourceCount } from "../../../cli/state/state";
import { StubS3 } from "../../support/stub-s3";

const { env } = process;
let s3: StubS3;
let bucket: StateBucket;

beforeEach(async () => {
  s3 = await StubS3.start();
  process.env = {
    ...env,
    AWS_ENDPOINT_URL: s3.endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  };
  bucket = await StateBucket.of({ stack: "state", bucket: "acme-terraform-state", region: "eu-west-1" });
});
afterEach(async () => {
  process.env = env;
  await s3.stop();
});

/** A state of one resource that a project has tagged. */
const state = (project: string | undefined, serial = 1, lineage = "a") =>
  JSON.stringify({
    lineage,
    serial,
    resources: [
      { mode: "data", type: "aws_partition", instances: [{ attributes: { id: "aws" } }] },
      { mode: "managed", type: "aws_iam_role", instances: [{ attributes: { tags_all: project ? { project } : {} } }] },
    ],
  });

describe("a bucket of states", () => {
  const calls: Record<string, () => Promise<unknown>> = {
    exists: () => bucket.exists(),
    read: () => bucket.read("key"),
    versions: () => bucket.versions("key"),
    write: () => bucket.write("key", "{}"),
    remove: () => bucket.remove("key"),
    tag: () => bucket.tag("project"),
  };

  it("every call says which account it has to belong to", async () => {
    const methods = Object.getOwnPropertyNames(StateBucket.prototype);
    expect(methods.filter((name) => !["constructor", "where", "explained"].includes(name)).sort()).toEqual(
      Object.keys(calls).sort(),
    );
    for (const call of Object.values(calls)) await call();
    expect(s3.owners).toEqual(Object.keys(calls).map(() => "111122223333"));
  });

  it.each(Object.keys(calls))("of another account is refused: %s", async (name) => {
    s3.owner = "444455556666";
    await expect(calls[name]?.()).rejects.toThrow(
      "The bucket acme-terraform-state belongs to another account than 111122223333, or these credentials may not use it",
    );
  });

  it("writes over nothing that it was not told of", async () => {
    expect(await bucket.write("key", "one")).toBe(true);
    expect(await bucket.write("key", "two")).toBe(false);
    const { etag } = (await bucket.read("key")) ?? {};
    expect(await bucket.write("key", "two", { replaces: '"another"' })).toBe(false);
    expect(await bucket.write("key", "two", { replaces: etag })).toBe(true);
    expect((await bucket.read("key"))?.text).toBe("two");
  });
});

describe("the project of a state", () => {
  it.each([
    [["acme"], state("acme")],
    [["other"], state("other")],
    [[], state(undefined)],
  ])("is %j by its resources' tags", (projects, text) => {
    expect(projectsOf(parseState(text), "acme")).toEqual(projects);
  });

  it("is told by names where there is no tag", () => {
    const named = (attributes: object) =>
      parseState(
        JSON.stringify({
          lineage: "a",
          serial: 1,
          resources: [{ mode: "managed", type: "x", instances: [{ attributes }] }],
        }),
      );
    expect(projectsOf(named({ name: "acme-dev" }), "acme")).toEqual(["acme"]);
    expect(projectsOf(named({ function_name: "acme-dev-pre-sign-up", tags_all: null }), "acme")).toEqual(["acme"]);
    expect(projectsOf(named({ name: "acmes-dev" }), "acme")).toEqual([]);
  });

  it("is none of an empty state", () => {
    expect(parseState("\n")).toBeUndefined();
    expect([projectsOf(undefined, "acme"), resourceCount(undefined)]).toEqual([[], 0]);
    expect(resourceCount(parseState(state("acme")))).toBe(1);
  });
});

describe("a command", () => {
  const guarded = () => requireMovedState(bucket, "acme", "dev");

  it.each([
    ["there is none", undefined, undefined],
    ["it is the project's own", state("acme"), undefined],
    ["only another project's is at the legacy key", undefined, state("other")],
    ["the legacy one was copied, and not deleted yet", state("acme"), state("acme")],
    ["no resource tells whose it is", state(undefined), undefined],
  ])("goes on with its state where %s", async (_, now, legacy) => {
    if (now) s3.objects.set(stateKey("acme", "dev"), now);
    if (legacy) s3.objects.set(legacyKey("dev"), legacy);
    await expect(guarded()).resolves.toBeUndefined();
  });

  it("refuses another project's state", async () => {
    s3.objects.set(stateKey("acme", "dev"), state("other"));
    await expect(guarded()).rejects.toThrow("has resources of the project other: nothing was changed.");
  });

  it("refuses to begin anew while the state is at the legacy key", async () => {
    s3.objects.set(legacyKey("dev"), state("acme"));
    const said =
      "The state of dev is still at env:/dev/terraform.tfstate in acme-terraform-state: move it with `npm run state -- move dev`.";
    await expect(guarded()).rejects.toThrow(said);
    s3.objects.set(stateKey("acme", "dev"), JSON.stringify({ lineage: "new", serial: 1, resources: [] }));
    await expect(guarded()).rejects.toThrow(said);
  });
});

describe("what is to be done to move a state", () => {
  const of = (legacy: string | undefined, present: string | undefined) => {
    const stored = (text: string | undefined) =>
      text === undefined ? undefined : { text, etag: undefined, state: parseState(text) };
    return nextStep("dev", "acme", stored(legacy), stored(present));
  };

  it.each([
    ["nothing", undefined, undefined],
    ["nothing", "", state("acme")],
    ["copy", state("acme"), undefined],
    ["copy", state("acme"), ""],
    ["copy", state("acme"), JSON.stringify({ lineage: "new", serial: 1, resources: [] })],
    ["delete", state("acme"), state("acme")],
    ["delete", state("acme", 3), state("acme", 4)],
  ])("is to %s", (step, legacy, present) => {
    expect(of(legacy, present)).toBe(step);
  });

  it.each([
    ["is that of the project other, not of acme", state("other"), undefined],
    ["it can be told which project it belongs to", state(undefined), undefined],
    ["There are two states of dev", state("acme", 4), state("acme", 3)],
    ["There are two states of dev", state("acme", 4, "a"), state("acme", 5, "b")],
    ["There are two states of dev", state("acme", 4), `${state("acme", 4)}\n`],
  ])("is refused: %s", (said, legacy, present) => {
    expect(() => of(legacy, present)).toThrow(said);
  });
});

describe("the lock on a state", () => {
  const key = stateKey("acme", "dev");
  const options = { operation: "state move", unlock: undefined, advice: (id: string) => `unlock ${id}` };
  const left = (changes: object) =>
    s3.objects.set(lockKey(key), JSON.stringify({ ID: "1", Who: "ana@laptop", Created: "now", Info: "", ...changes }));

  it("is one that Terraform elsewhere finds, and is gone afterwards", async () => {
    await withLock(bucket, key, options, async () => {
      expect(await stateLock(bucket, key)).toMatchObject({
        Operation: "state move",
        Path: `acme-terraform-state/${key}`,
      });
    });
    expect(s3.objects.size).toBe(0);
  });

  it("of another run is respected, unless it is named", async () => {
    left({ Operation: "OperationTypeApply" });
    const work = jest.fn(async () => "done");
    await expect(withLock(bucket, key, options, work)).rejects.toThrow(
      `ana@laptop has held the lock on ${key} since now (OperationTypeApply, lock 1). If that run is dead: unlock 1.`,
    );
    expect(work).not.toHaveBeenCalled();
    expect(await withLock(bucket, key, { ...options, unlock: "1" }, work)).toBe("done");
  });

  it("of this command on this machine is taken over where its process is dead, and respected where it is alive", async () => {
    let who = "";
    await withLock(bucket, key, options, async () => {
      who = (await stateLock(bucket, key))?.Who ?? "";
    });
    left({ Operation: "state move", Who: who, Info: `process ${process.pid}` });
    await expect(withLock(bucket, key, options, async () => "done")).rejects.toThrow("If it may be alive, wait.");
    left({ Operation: "state move", Who: who, Info: "process 4194305" });
    expect(await withLock(bucket, key, options, async () => "done")).toBe("done");
    left({ Operation: "OperationTypeApply", Who: who, Info: "process 4194305" });
    await expect(withLock(bucket, key, options, async () => "done")).rejects.toThrow("If it may be alive, wait.");
  });

  it("is released by its id only", async () => {
    left({});
    await expect(releaseLock(bucket, key, "2")).rejects.toThrow("The lock is 1, not 2: it was not released.");
    await releaseLock(bucket, key, "1");
    expect(await stateLock(bucket, key)).toBeUndefined();
    s3.objects.set(lockKey(key), "half of a lo");
    await expect(stateLock(bucket, key)).rejects.toThrow("is no lock of Terraform's");
  });
});

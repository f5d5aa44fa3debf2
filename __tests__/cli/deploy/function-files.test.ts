import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkDeployedCode, checkFunctionFiles, deploysCode } from "../../../cli/deploy/function-files";
import type { PlanJson } from "../../../cli/deploy/plan-json";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "function-files-"));
  await writeFile(path.join(folder, "code.zip"), "what was reviewed");
});
afterEach(() => rm(folder, { recursive: true }));

const HASH = createHash("sha256").update("what was reviewed").digest("base64");

function plan(after: Record<string, unknown>, ...actions: string[]): PlanJson {
  const change = { actions, before: null, after };
  return {
    resource_changes: [{ address: "aws_lambda_function.f", mode: "managed", type: "aws_lambda_function", change }],
  };
}

it("a function gets the file that the plan was made of", async () => {
  const planned = plan({ filename: "code.zip", source_code_hash: HASH }, "update");
  await checkFunctionFiles(planned, folder);
  await writeFile(path.join(folder, "code.zip"), "something else");
  await expect(checkFunctionFiles(planned, folder)).rejects.toThrow("is not the one that the plan was made of");
  await rm(path.join(folder, "code.zip"));
  await expect(checkFunctionFiles(planned, folder)).rejects.toThrow(`code.zip, which is not in ${folder} any more`);
});

it("a replacement, and a function without a planned hash, are checked too", async () => {
  await expect(
    checkFunctionFiles(plan({ filename: "code.zip", source_code_hash: "x" }, "delete", "create"), folder),
  ).rejects.toThrow("Nothing was changed");
  await expect(checkFunctionFiles(plan({ filename: "code.zip" }, "create"), folder)).rejects.toThrow(
    "Nothing was changed",
  );
});

it("what gets no file is not looked at", async () => {
  await checkFunctionFiles(plan({ filename: "none.zip", source_code_hash: "x" }, "no-op"), folder);
  await checkFunctionFiles(plan({ filename: "none.zip", source_code_hash: "x" }, "delete"), folder);
  await checkFunctionFiles(plan({ image_uri: "image" }, "update"), folder);
});

describe("the code that runs after an apply", () => {
  const state = (code_sha256?: string) => ({
    values: { root_module: { resources: [{ address: "aws_lambda_function.f", values: { code_sha256 } }] } },
  });
  const planned = plan({ filename: "code.zip", source_code_hash: HASH }, "update");

  it("is what was reviewed", () => {
    expect(deploysCode(planned)).toBe(true);
    expect(() => checkDeployedCode(planned, state(HASH))).not.toThrow();
    expect(deploysCode(plan({ filename: "code.zip", source_code_hash: HASH }, "no-op"))).toBe(false);
  });

  it.each([
    ["another code", state("other")],
    ["a code that is not known", state()],
    ["a function that is not there", {}],
  ])("is not %s", (_, after) => {
    expect(() => checkDeployedCode(planned, after)).toThrow(
      expect.objectContaining({
        exitCode: 1,
        message: expect.stringMatching(
          /other code runs than what was reviewed: aws_lambda_function\.f .*To deploy again/,
        ),
      }),
    );
  });
});

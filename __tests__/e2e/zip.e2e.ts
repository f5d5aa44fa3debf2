import { ProjectCopy } from "../support/project-copy";
import { PROJECT } from "../support/settings";
import { describeE2e } from "./support/describe-e2e";

describeE2e("the function's zip", () => {
  const copies: ProjectCopy[] = [];
  afterAll(() => Promise.all(copies.map((copy) => copy.remove())));

  async function plannedHash(umask: string): Promise<string> {
    const copy = await ProjectCopy.make(PROJECT);
    copies.push(copy);
    await copy.keepStateLocally("dev");
    // A shell, because the umask is the process's own.
    const synthAndInit = `umask ${umask} && node cli/run.mjs cli/main.ts plan dev -out=plan.tfplan`;
    expect(await copy.run("sh", ["-c", synthAndInit])).toMatchObject({ code: 0 });
    const { stdout } = await copy.terraform("dev", "show", "-json", "plan.tfplan");
    const { resources } = JSON.parse(stdout).planned_values.root_module;
    return resources.find(({ address }: { address: string }) => address === "aws_lambda_function.pre_sign_up").values
      .source_code_hash;
  }

  it("has the same hash whichever folder and umask it is made in", async () => {
    const hashes = [await plannedHash("022"), await plannedHash("077")];
    expect(hashes[0]).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(hashes[1]).toBe(hashes[0]);
  });
});

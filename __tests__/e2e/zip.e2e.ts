import { ProjectCopy } from "../support/project-copy";
import { PROJECT } from "../support/settings";
import { describeE2e } from "./support/describe-e2e";
import { plannedHash } from "./support/planned-hash";

describeE2e("the function's zip", () => {
  const copies: ProjectCopy[] = [];
  afterAll(() => Promise.all(copies.map((copy) => copy.remove())));

  async function hashWith(umask: string): Promise<string> {
    const copy = await ProjectCopy.make(PROJECT);
    copies.push(copy);
    await copy.keepStateLocally("dev");
    // A shell, because the umask is the process's own.
    const synthAndInit = `umask ${umask} && node cli/run.mjs cli/main.ts plan dev -out=plan.tfplan`;
    expect(await copy.run("sh", ["-c", synthAndInit])).toMatchObject({ code: 0 });
    const { stdout } = await copy.terraform("dev", "show", "-json", "plan.tfplan");
    return plannedHash(JSON.parse(stdout), `${PROJECT.project}-dev-pre-sign-up`);
  }

  it("has the same hash whichever folder and umask it is made in", async () => {
    const hashes = [await hashWith("022"), await hashWith("077")];
    expect(hashes[1]).toBe(hashes[0]);
  });
});

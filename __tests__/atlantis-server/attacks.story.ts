import { describeE2e } from "../e2e/support/describe-e2e";
import { COMMENTS, PULL_REQUESTS } from "./attacks";
import { Scene } from "./scene";

describeE2e("Atlantis refuses", () => {
  let scene: Scene;

  beforeAll(async () => {
    scene = await Scene.make();
    await scene.opened("a-tag", async () => {
      await scene.configure({ dev: { tags: { note: "new" } } });
      // A folder as a plan from a terminal leaves it.
      scene.repository.write(
        "cdktf.out/stacks/prod/cdk.tf.json",
        scene.repository.read("synthesized/prod/cdk.tf.json"),
      );
    });
  });
  afterAll(() => scene?.remove());

  describe("the comment", () => {
    it.each(COMMENTS.map(([comment, answer, user = "ana"]) => [comment, user, answer] as const))(
      "%s, by %s",
      async (comment, user, answer) => {
        const said = await scene.says(comment, user);
        expect(said).toMatch(answer);
        expect(said).not.toMatch(/Plan: \d|Apply complete/);
      },
    );
  });

  describe("the pull request that", () => {
    // Its locks would stand in the way of the next ones.
    beforeAll(() => scene.github.closed(scene.pull));

    it.each(PULL_REQUESTS)(
      "%s",
      async (title, change, answer) => {
        const said = await scene.opened(title.replaceAll(/\W+/g, "-"), () => change(scene));
        if (typeof answer === "string") expect(said).toContain(answer);
        else expect(said).toMatch(answer);
        expect(scene.hasPlan("dev")).toBe(false);
      },
      120_000,
    );
  });

  it("a visitor of its web page without a login", async () => {
    expect(await scene.atlantis.page("/")).toBe(401);
  });
});

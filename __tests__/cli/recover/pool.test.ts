import { choose } from "../../../cli/recover/pool";

const POOL = { what: "user pool", name: "acme-dev", option: "--pool", how: "which one has the accounts" };

it("the pool to take back is the only one of its name, or the one that is asked for", () => {
  expect(choose(["eu-west-1_a"], undefined, POOL)).toBe("eu-west-1_a");
  expect(choose(["eu-west-1_a", "eu-west-1_b"], "eu-west-1_b", POOL)).toBe("eu-west-1_b");
  expect(choose([], undefined, POOL)).toBeUndefined();
});

it("the pool to take back is not guessed among several, nor one of another name", () => {
  expect(() => choose(["eu-west-1_a", "eu-west-1_b"], undefined, POOL)).toThrow(
    "There are 2 user pools called acme-dev, and none of them is in the state: eu-west-1_a, eu-west-1_b." +
      " Say with --pool <id> which one has the accounts.",
  );
  expect(() => choose(["eu-west-1_a"], "eu-west-1_z", POOL)).toThrow(
    "No user pool eu-west-1_z is called acme-dev. There are: eu-west-1_a.",
  );
});

import { partition } from "@aws-sdk/core/client";
import { ALL_REGIONS, partitionOf } from "../../../modules/setting/regions";

/** Every name that is made like a Region's. */
const CANDIDATES = ["us eu ap sa ca me af il mx cn us-gov us-iso us-isob us-isof eu-isoe eusc-de"]
  .flatMap((areas) => areas.split(" "))
  .flatMap((area) =>
    "north south east west central northeast northwest southeast southwest"
      .split(" ")
      .flatMap((side) => [1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => `${area}-${side}-${number}`)),
  );

it("the Regions are those that the AWS SDK knows", () => {
  // The SDK guesses the partition of an unknown name, but describes only what it knows.
  const known = CANDIDATES.filter((name) => "description" in partition(name));
  expect([...ALL_REGIONS].sort()).toEqual(known.sort());
});

it.each(ALL_REGIONS)("%s is of the partition that the AWS SDK says", (region) => {
  expect(partitionOf(region)).toBe(partition(region).name);
});

it("what is no Region has no partition", () => {
  expect(partitionOf("eu-west-9")).toBeUndefined();
});

import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Features } from "../../catalogue/features";
import { environmentSettings } from "../../settings/schema";

const { peers, features, triggers } = parse(readFileSync("docs/features.yaml", "utf8")) as Features;
const all = [...features, ...triggers];

it("every feature is held against six peers", () => {
  expect(peers).toHaveLength(6);
  expect(all.filter((row) => row.peers.length !== peers.length)).toEqual([]);
});

it("settings that are named are settings", () => {
  expect(all.flatMap(({ here }) => here.settings).filter((name) => !(name in environmentSettings))).toEqual([]);
});

it("nothing that a peer offers is missing here", () => {
  const offers = (peer: string) => !/^(?:no|hatch|L1|left|user|known)/.test(peer);
  const missing = all.filter(
    ({ here, peers }) => peers.some(offers) && here.settings.length === 0 && /^(?:no\b|$)/.test(here.text),
  );
  expect(missing.map(({ feature }) => feature)).toEqual([]);
});

import { PEERS } from "./support/peers/all";
import { differences } from "./support/peers/compare";
import { environment } from "./support/synth";

it("x", () => {
  for (const peer of PEERS) {
    for (const d of differences(peer, environment(peer.settings)))
      process.stderr.write(`${peer.title} | ${d.place} | ${JSON.stringify(d.theirs)} | ${JSON.stringify(d.ours)}\n`);
  }
});

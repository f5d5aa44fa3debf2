import { readFileSync, writeFileSync } from "node:fs";
import { PEERS } from "./support/peers/all";
import { type Difference, differences } from "./support/peers/compare";
import type { PeerExample } from "./support/peers/example";
import { environment } from "./support/synth";

const PAGE = "docs/peers.md";
const BEGIN =
  "<!-- differences: made by `REFRESH_PEERS=. npx jest --selectProjects unit --testPathPatterns peers.test` -->";

const peers = PEERS.map((peer) => ({ title: peer.title, peer, found: differences(peer, environment(peer.settings)) }));

/** The explanation of a difference: of its argument, or of one that it is below. */
function reasonOf({ differences = {} }: PeerExample, { place }: Difference): string | undefined {
  const argument = Object.keys(differences).find((one) => place === one || place.startsWith(`${one}.`));
  return argument && differences[argument];
}

describe.each(peers)("$title", ({ peer, found }) => {
  it("its settings make what it makes, but for differences that are explained", () => {
    expect(found.filter((one) => reasonOf(peer, one) === undefined)).toEqual([]);
  });

  it("no explanation is left over", () => {
    const places = found.map(({ place }) => place);
    const needed = (one: string) => places.some((place) => place === one || place.startsWith(`${one}.`));
    expect(Object.keys(peer.differences ?? {}).filter((one) => !needed(one))).toEqual([]);
  });
});

it("docs/peers.md has every example, and every difference", () => {
  const text = readFileSync(PAGE, "utf8");
  const made = `${text.slice(0, text.indexOf(BEGIN))}${BEGIN}\n\n${tables()}\n`;
  if (process.env.REFRESH_PEERS) writeFileSync(PAGE, made);
  else expect(text).toBe(made);
});

function tables(): string {
  return peers
    .map(({ peer, found }) => {
      const { title, source } = peer;
      const types = Object.keys(peer.resources).map((address) => `\`${address.split(".")[0]}\``);
      const rows = found.map((one) => {
        const cells = [code(one.place), value(one.theirs), value(one.ours), reasonOf(peer, one) ?? ""];
        return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
      });
      const table = ["| argument | theirs | here | why |", "| --- | --- | --- | --- |", ...rows];
      const same = `The same: ${[...new Set(types)].join(", ")}.`;
      return [`### ${title}`, `Read from ${source}. ${same}`, ...(rows.length > 0 ? [table.join("\n")] : [])].join(
        "\n\n",
      );
    })
    .join("\n\n");
}

const code = (text: string) => `\`${text}\``;
const value = (one: unknown) => (one === undefined ? "not set" : code(JSON.stringify(one)));

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Finished } from "../support/command";
import { StubCognito } from "../support/stub-cognito";
import { users, usersEnvironment } from "../support/users-command";
import { ACCOUNTS, COUNT, fill } from "./people";
import { ScaleTables } from "./tables";

/*
 * npm run test:scale: everybody of a pool of 20,000 moves, from audit to verification, and two tables with them. The commands
 * are the real ones, each in a process of its own. Cognito is a stub, because cognito-local has no pages and writes its whole
 * file for every account, and ministack has no letter case to heed.
 */
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

const FROM = "eu-west-1_Old";
const TO = "eu-west-1_New";
const COLLIDING = 2 * (COUNT.sameUsername + COUNT.sameEmail + COUNT.sameBoth);
const SKIPPED = COUNT.unconfirmed + COUNT.external + COUNT.noEmail;
const INVITED = ACCOUNTS - COLLIDING - SKIPPED - COUNT.misspelled - COUNT.present - COUNT.taken;
/** With one of each pair, but both of those that only have their username in common. */
const MADE = INVITED + COUNT.misspelled + 2 * COUNT.sameUsername + COUNT.sameEmail + COUNT.sameBoth;
const MAPPED = ACCOUNTS - SKIPPED - COUNT.taken;

async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "scale-"));
  const cognito = await StubCognito.start();
  const old = cognito.addPool(FROM, { caseSensitive: true });
  const target = cognito.addPool(TO);
  const subs = fill(old, target);
  assert.equal(subs.length, ACCOUNTS);
  const tables = await ScaleTables.start(subs);
  const env = { ...usersEnvironment(cognito.endpoint, tables.endpoint), AWS_REGION: "eu-west-1" };
  const both = ["--from", FROM, "--to", TO, "--folder", folder];

  async function step(code: number, lines: readonly string[], ...args: string[]): Promise<Finished> {
    const start = Date.now();
    const result = await users(env, ...args);
    const seconds = ((Date.now() - start) / 1000).toFixed(0);
    process.stdout.write(
      `${args[0]} (${seconds} s)\n${result.stdout.replaceAll(/^[│┌└].*\n/gm, "").replaceAll(/^/gm, "  ")}\n`,
    );
    assert.equal(result.code, code, result.stderr);
    for (const line of lines) assert.ok(result.stdout.includes(line), `"${line}" is not in what ${args[0]} printed`);
    return result;
  }

  try {
    const kinds = `${COUNT.sameUsername} with the same username, ${COUNT.sameEmail} with the same e-mail address, ${COUNT.sameBoth} with both.`;
    const audit = [`${ACCOUNTS} accounts; ${COLLIDING} of them are duplicates, in ${COLLIDING / 2} groups`, kinds];
    await step(2, audit, "audit", "--pool", FROM, "--folder", folder, "--rate", "30");

    const groups = COLLIDING / 2 + COUNT.misspelled + COUNT.taken;
    await step(
      2,
      [
        `  ${INVITED} to invite, ${COUNT.disabled} of them disabled`,
        `  ${COUNT.present} already in the new pool`,
        `  ${COLLIDING + COUNT.misspelled + COUNT.taken} in groups (${groups}) that need a decision`,
        `  ${COUNT.unconfirmed} skipped: never confirmed its sign-up`,
        `  ${COUNT.noEmail} skipped: has no e-mail address for the invitation`,
        `  ${COUNT.external} skipped: comes from an identity provider, which creates it at the next sign-in`,
      ],
      ...["plan", ...both, "--rate", "30"],
    );
    await decide(path.join(folder, "decisions.yaml"));
    await step(0, [`${MADE} accounts would be created, 0 were created before.`], "move", ...both);
    assert.equal(target.users.size, COUNT.present + COUNT.taken);

    const move = ["move", ...both, "--apply", "--invite", "--create-groups", "--rate", "1000"];
    const mapping = path.join(folder, "mapping.csv");
    await step(0, [`${MADE} accounts created`, `The mapping, ${MAPPED} ids`], ...move);
    assert.equal(target.users.size, MADE + COUNT.present + COUNT.taken);
    assert.equal(target.invited.length, MADE - COUNT.disabled);
    assert.equal(new Set(target.invited).size, target.invited.length);
    const staff = [...old.users.values()].filter(({ groups }) => groups.has("staff")).length;
    assert.ok([...target.users.values()].filter(({ groups }) => groups.has("staff")).length <= staff);

    const written = await readFile(mapping, "utf8");
    const there = JSON.stringify([...target.users.values()]);
    await step(0, [`0 accounts created (invitations sent), ${MADE} were created before, 0 existed already.`], ...move);
    assert.equal(JSON.stringify([...target.users.values()]), there);
    assert.equal(await readFile(mapping, "utf8"), written);

    const arrived = [
      `  ${MAPPED} arrived\n`,
      `  ${COUNT.taken} not moved: left out by decision`,
      "No account is missing",
    ];
    await tables.rewriteAndVerify(mapping, (text) => process.stdout.write(`${text}\n\n`));
    await step(0, [...arrived], "verify", ...both, "--table", "orders,devices", "--rate", "30");
    await step(0, ["  0 to invite\n"], "plan", ...both, "--rate", "30");
    process.stdout.write("Everything is as it should be.\n");
  } finally {
    await tables.close();
    await cognito.stop();
    await rm(folder, { recursive: true });
  }
}

/** Decides as a person might: merges accounts of one user, renames one of two users that only share a name, corrects spellings. */
async function decide(file: string): Promise<void> {
  const blocks = (await readFile(file, "utf8")).split(/^(?= {2}- because:)/gm);
  const decided = blocks.map((block) => {
    const [first] = /(?<=^ {6})\S+(?=: undecided)/m.exec(block) ?? [];
    if (block.includes("in the new pool:")) return block.replaceAll(": undecided", ": leave out");
    const canonical = /it would have to be (\S+?)\n/.exec(block)?.[1];
    if (canonical) return block.replace(": undecided", `: keep as ${canonical}`);
    const second = block.includes("same e-mail address")
      ? `merge into ${first} without its groups`
      : `keep as ${first}`;
    return block.replace(": undecided", ": keep").replace(": undecided", `: ${second}`);
  });
  await writeFile(file, decided.join(""));
}

main().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.exitCode = 1;
});

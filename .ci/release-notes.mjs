// Prints what CHANGELOG.md says about the version of a tag. Usage: node .ci/release-notes.mjs v1.2.3
// Ends with exit code 1 where the tag is not the version of package.json, or where CHANGELOG.md has no such version.
import { readFileSync } from "node:fs";

const [tag = ""] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync("package.json", "utf8"));
if (tag !== `v${version}`) fail(`The tag ${tag} is not v${version}, the version of package.json.`);

// "## 1.2.3", or "## 1.2.3 (2026-11-27)", to the next heading of its kind.
const sections = readFileSync("CHANGELOG.md", "utf8").split(/^## /m).slice(1);
const section = sections.find((text) => text.split(/\s/, 1)[0] === version);
if (section === undefined) fail(`CHANGELOG.md has no section "## ${version}".`);
const notes = section.slice(section.indexOf("\n")).trim();
if (notes === "") fail(`CHANGELOG.md says nothing about ${version}.`);
process.stdout.write(`${notes}\n`);

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

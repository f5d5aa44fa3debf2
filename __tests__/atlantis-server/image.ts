import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { EMULATOR_OVERRIDE } from "../support/project-copy";

/** The command of docs/atlantis.md, with this machine's values for what the page leaves open. */
export function flagsOfThePage(home: string, port: number, secret: string): string[] {
  const [command = ""] = /^ *atlantis server [\s\S]*?^ *```$/m.exec(readFileSync("docs/atlantis.md", "utf8")) ?? [];
  const open: Readonly<Record<string, string>> = {
    "web-username": "operator",
    "web-password": "a password",
    "gh-user": "atlantis",
    "gh-token": "token",
    "gh-webhook-secret": secret,
  };
  return [...command.matchAll(/--([\w-]+)=(\S+)/g)].map(([, name = "", value = ""]) => {
    const here = value
      .replace("…", open[name] ?? "…")
      .replace("/etc/atlantis", home)
      .replace("github.com", "127.0.0.1")
      .replace("https://atlantis.example.com", `http://127.0.0.1:${port}`);
    return `--${name}=${here}`;
  });
}

/** Terraform, which finds the emulator's settings beside every stack's JSON while it runs and leaves none of them there. */
export function installTerraform(binaries: string): void {
  const terraform = execFileSync("which", ["terraform"], { encoding: "utf8" }).trim();
  const override = path.join(binaries, "emulator_override.tf.json");
  writeFileSync(override, JSON.stringify(EMULATOR_OVERRIDE));
  const lines = [
    "#!/bin/sh",
    `[ ! -f cdk.tf.json ] || cp ${override} .`,
    `${terraform} "$@"`,
    "code=$?",
    "rm -f emulator_override.tf.json",
    "exit $code",
  ];
  writeFileSync(path.join(binaries, "terraform"), `${lines.join("\n")}\n`, { mode: 0o755 });
}

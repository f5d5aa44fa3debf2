import type { ProjectCopy } from "../../support/project-copy";

/** Deploys an environment, with what its review blocks: as the review says that it is meant. */
export async function deployMeant(copy: ProjectCopy, environment: string): Promise<void> {
  const first = await copy.script("deploy", environment, "--auto-approve");
  const meant = /npm run deploy -- (.+)/.exec(first.stdout)?.[1]?.split(" ") ?? [];
  const { code, stdout, stderr } = first.code === 3 ? await copy.script("deploy", ...meant) : first;
  expect({ code, said: code === 0 ? "" : stdout + stderr }).toEqual({ code: 0, said: "" });
}

import { readdirSync, readFileSync } from "node:fs";
import { CONFIG_FILE, folderProblems, LOCK_FILE, type TrackedFile } from "../../review/config/folder";
import { Failure } from "../failure";
import { GOLDEN } from "../golden-folder";
import { print } from "../print";
import { linesIn } from "../review/allow-file";
import { TYPES_FILE } from "../review/allowances";
import { git } from "./git";

/** Atlantis's "Native Environment Variables" that decide where and how a plan is made. */
export interface AtlantisVariables {
  readonly WORKSPACE?: string;
  readonly REPO_REL_DIR?: string;
  readonly PROJECT_NAME?: string;
  readonly COMMENT_ARGS?: string;
  readonly BASE_BRANCH_NAME?: string;
}

/** Prints why Terraform must not run in this folder, with what a comment asked for; answers the exit code. */
export async function checkFolder(variables: AtlantisVariables): Promise<number> {
  const problems = requestProblems(variables);
  // What the folder holds says nothing where it is not the right one.
  if (problems.length === 0) problems.push(...contentProblems(variables));
  if (problems.length === 0) return 0;
  const where = `${variables.REPO_REL_DIR} in workspace ${variables.WORKSPACE}`;
  print([`Not planned: ${where}`, ...problems.map((problem) => `  ${problem}`)].join("\n"));
  return 3;
}

/** What is wrong with what was asked for: another folder, name or argument than those of a project of this repository. */
function requestProblems({ WORKSPACE = "", REPO_REL_DIR, PROJECT_NAME = "", COMMENT_ARGS = "" }: AtlantisVariables) {
  const folder = `${GOLDEN}/${WORKSPACE}`;
  return [
    ...(REPO_REL_DIR === folder ? [] : [`A plan in workspace ${WORKSPACE} is made in ${folder}, nowhere else.`]),
    ...(PROJECT_NAME === WORKSPACE
      ? []
      : [`The project of workspace ${WORKSPACE} is called ${WORKSPACE}, not ${JSON.stringify(PROJECT_NAME)}.`]),
    ...(COMMENT_ARGS === ""
      ? []
      : ["Arguments after -- are not taken: what is applied is what the pull request says. Comment without them."]),
  ];
}

function contentProblems({ REPO_REL_DIR = "", BASE_BRANCH_NAME }: AtlantisVariables): string[] {
  const base = `origin/${BASE_BRANCH_NAME}`;
  if (!exists(base)) throw new Failure(`There is no ${base} here: the server needs --checkout-strategy=merge.`);
  // What Terraform itself leaves here is not tracked; a file of its names that is tracked comes from the pull request.
  const files = git("ls-files", "--stage", "-z", "--", ".")
    .split("\0")
    .flatMap((line): TrackedFile[] => {
      const [, mode, path] = /^(\d+) \S+ \d\t([\s\S]+)$/.exec(line) ?? [];
      return mode && path ? [{ mode, path }] : [];
    });
  // Terraform, or OpenTofu, reads these whether they are tracked or not.
  const read = readdirSync(".").filter((name) => /\.(?:tf|tofu|tfvars)(?:\.json)?$/.test(name));
  const untracked = read.filter((name) => !files.some(({ path }) => path === name));
  files.push(...untracked.map((path) => ({ mode: "untracked", path })));
  const text = (name: string) => (files.some(({ path }) => path === name) ? readFileSync(name, "utf8") : "");
  const approved = (path: string) => shown(`${base}:${path}`);
  return folderProblems(
    { files, config: text(CONFIG_FILE), lock: text(LOCK_FILE) },
    {
      config: approved(`${REPO_REL_DIR}/${CONFIG_FILE}`),
      types: linesIn(approved(TYPES_FILE) ?? "").map(({ words }) => words),
    },
  );
}

function exists(commit: string): boolean {
  try {
    git("rev-parse", "--verify", `${commit}^{commit}`);
    return true;
  } catch {
    return false;
  }
}

/** The text of a file of a commit; none where that has no such file. */
function shown(object: string): string | undefined {
  try {
    return git("show", object);
  } catch {
    return undefined;
  }
}

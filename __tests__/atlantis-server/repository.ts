import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

const IDENTITY = ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];

/** A bare repository, and a work tree that pushes to it. */
export class Repository {
  readonly bare: string;

  /** Begins with what is in `work` as the first commit of main. */
  constructor(
    folder: string,
    private readonly work: string,
  ) {
    this.bare = path.join(folder, "origin.git");
    execFileSync("git", ["init", "--quiet", "--bare", "--initial-branch=main", this.bare]);
    this.git("init", "--quiet", "--initial-branch=main");
    this.git("remote", "add", "origin", this.bare);
    // The tests' packages are a link here, which an ignored folder is not.
    writeFileSync(path.join(work, ".git/info/exclude"), "node_modules\n");
    this.commit("Begin");
  }

  /** Begins a branch at main, with a clean work tree. */
  branch(name: string): void {
    this.git("reset", "--quiet", "--hard");
    this.git("checkout", "--quiet", "-B", name, "main");
  }

  checkout(branch: string): void {
    this.git("checkout", "--quiet", branch);
  }

  /** Writes a file and has it committed next, also one that is ignored. */
  write(file: string, text: string): void {
    mkdirSync(path.dirname(path.join(this.work, file)), { recursive: true });
    writeFileSync(path.join(this.work, file), text);
    this.git("add", "--force", file);
  }

  read(file: string): string {
    return readFileSync(path.join(this.work, file), "utf8");
  }

  link(file: string, target: string): void {
    symlinkSync(target, path.join(this.work, file));
  }

  remove(file: string): void {
    rmSync(path.join(this.work, file), { recursive: true, force: true });
  }

  /** Commits everything, on the branch that is checked out, and pushes it. */
  commit(message: string): void {
    this.git("add", "--all");
    this.git(...IDENTITY, "commit", "--quiet", "--allow-empty", "--message", message);
    this.git("push", "--quiet", "--force", "origin", "HEAD");
  }

  merge(branch: string): void {
    this.checkout("main");
    this.git(...IDENTITY, "merge", "--quiet", "--no-ff", "--message", `Merge ${branch}`, branch);
    this.git("push", "--quiet", "origin", "main");
  }

  commitOf(branch: string): string {
    return execFileSync("git", ["-C", this.bare, "rev-parse", branch], { encoding: "utf8" }).trim();
  }

  /** Paths that a branch changes. */
  changed(branch: string): string[] {
    const output = execFileSync("git", ["-C", this.bare, "diff", "--name-only", `main...${branch}`], {
      encoding: "utf8",
    });
    return output.split("\n").filter((line) => line !== "");
  }

  private git(...args: string[]): void {
    execFileSync("git", args, { cwd: this.work, stdio: ["ignore", "ignore", "inherit"] });
  }
}

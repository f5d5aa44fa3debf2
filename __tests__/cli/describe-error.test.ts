import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { describeError } from "../../cli/describe-error";
import { Failure } from "../../cli/failure";

it("a file that cannot be used is told in one line, with its name", async () => {
  const written = await writeFile("/none/x.txt", "").catch((error: unknown) => error);
  expect(describeError(written)).toBe("ENOENT: no such file or directory, open '/none/x.txt'");
  try {
    readFileSync("/");
  } catch (error) {
    expect(describeError(error)).toBe("EISDIR: illegal operation on a directory, read");
  }
  const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC", syscall: "write" });
  expect(describeError(full)).toBe("ENOSPC: no space left on device, write");
});

it("what the user can do something about is its message, a mistake of the program its stack", () => {
  expect(describeError(new Failure("Do this."))).toBe("Do this.");
  expect(describeError(new TypeError("on purpose"))).toMatch(/^TypeError: on purpose\n {4}at /);
});

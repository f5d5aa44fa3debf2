/** What Node.js's codes of failed reads and writes mean to an operator, after the name of the file. */
const SENTENCES: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EDQUOT: "the disk quota is used up: make room, then run the same command again",
  EFBIG: "the file would be larger than is allowed here",
  EISDIR: "this is a folder, not a file",
  ENOENT: "there is no such file or folder",
  ENOSPC: "the disk is full: make room, then run the same command again",
  ENOTDIR: "there is no such folder",
  EPERM: "permission denied",
  EROFS: "the disk cannot be written",
};

/** What is wrong with a file; undefined if the error is about something else. */
export function fileProblem(error: unknown): string | undefined {
  const { code, syscall } = (error ?? {}) as NodeJS.ErrnoException;
  return code !== undefined && syscall !== undefined ? SENTENCES[code] : undefined;
}

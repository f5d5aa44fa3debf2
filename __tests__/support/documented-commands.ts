import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** A command that a page shows. */
export interface DocumentedCommand {
  /** `<file>:<line>`. */
  readonly place: string;
  /** From its program on, without comment, redirection and what follows: `npm run plan -- prod -out=prod.tfplan`. */
  readonly text: string;
  /** Whether it is shown in full, in a code block: a command in running text may leave out what it needs. */
  readonly whole: boolean;
}

/** The project's pages: README.md and its neighbours, docs/ and the examples. */
export function pages(): string[] {
  const below = (folder: string) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => path.join(folder, name));
  const files = [...readdirSync("."), ...below("docs"), ...below("examples")];
  return files.filter((name) => name.endsWith(".md")).sort();
}

/** What stands in front of a command: the line's beginning, a prompt, a variable, another command, or a quotation mark. */
const BEFORE = String.raw`(?:^\s*(?:\$ )?|&& |\|\| |; |\$\(|["\x60])(?:[A-Z_]+=\S* )*`;
/** What ends it: another command, a comment, a redirection, an explanation after two spaces, or the quotation's end. */
const COMMAND = new RegExp(`${BEFORE}((?:npm|npx) .+?)(?=\\s*(?:$|&&|\\|\\||;|\\)|"|\\x60| #| >|  ))`, "g");

/** A line of a code block, or a code span of running text. */
export interface CodeLine {
  /** `<file>:<line>`. */
  readonly place: string;
  readonly text: string;
  readonly isBlock: boolean;
}

/** The code of a Markdown text. A backslash at a line's end continues the line: the place is that of the last one. */
export function codeLines(markdown: string, file: string): CodeLine[] {
  let isBlock = false;
  let continued = "";
  return markdown.split("\n").flatMap((line, index) => {
    if (/^\s*```/.test(line)) {
      isBlock = !isBlock;
      return [];
    }
    const text = continued === "" ? line : `${continued} ${line.trim()}`;
    continued = isBlock && /\\$/.test(text) ? text.replace(/\s*\\$/, "") : "";
    if (continued !== "") return [];
    const place = `${file}:${index + 1}`;
    const spans = [...text.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);
    return (isBlock ? [text] : spans).map((code) => ({ place, text: code, isBlock }));
  });
}

/** The calls of npm and npx in a Markdown text: in code blocks, and in code spans of running text. */
export function documentedCommands(markdown: string, file: string): DocumentedCommand[] {
  return codeLines(markdown, file).flatMap(({ place, text, isBlock }) =>
    [...placeholdersJoined(text).matchAll(COMMAND)].map(([, command = ""]) => ({
      place,
      text: command,
      whole: isBlock,
    })),
  );
}

/** `<old pool>` is one word, and its angle brackets redirect nothing. */
function placeholdersJoined(code: string): string {
  return code.replace(/<([a-z][^<>]*)>/gi, (_, name: string) => `‹${name.replaceAll(" ", "-")}›`);
}

/** Every command of every page. */
export function everyDocumentedCommand(): DocumentedCommand[] {
  return pages().flatMap((file) => documentedCommands(readFileSync(file, "utf8"), file));
}

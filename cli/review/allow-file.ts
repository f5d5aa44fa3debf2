import { readFileSync } from "node:fs";
import { Failure } from "../failure";

/** A line of a file of allowances: what may pass in an environment. */
export interface AllowedLine {
  readonly environment: string;
  readonly address: string;
  readonly number: number;
}

/** The lines `<environment> <address>` of a file. */
export function allowedLines(file: string): AllowedLine[] {
  return linesOf(file).map(({ words, number }) => {
    const [, environment, address] = /^(\S+)\s+(\S.*)$/.exec(words) ?? [];
    if (!environment || !address) throw new Failure(`${file}, line ${number}: not <environment> <address>.`, 64);
    return { environment, address, number };
  });
}

/** The resource types of an adopter's own, a line each, that the review lets through. */
export function typesIn(file: string): string[] {
  return linesOf(file).map(({ words, number }) => {
    if (!/^[a-z][a-z0-9_]*$/.test(words)) {
      throw new Failure(`${file}, line ${number}: ${words} is no resource type such as aws_route53_record.`, 64);
    }
    return words;
  });
}

function linesOf(file: string): { readonly words: string; readonly number: number }[] {
  try {
    return linesIn(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Failure(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`, 64);
  }
}

/** The lines of such a file, without what follows a #. */
export function linesIn(text: string): { readonly words: string; readonly number: number }[] {
  return text.split("\n").flatMap((line, index) => {
    const words = line.replace(/(?:^|\s)#.*/, "").trim();
    return words === "" ? [] : [{ words, number: index + 1 }];
  });
}

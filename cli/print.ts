/** Writes a line of a command's result. */
export function print(text: string): void {
  process.stdout.write(`${visible(text)}\n`);
}

/** The same of a text with colours, which has made visible what is in it. */
export function printColoured(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Writes a line about how a command is getting on, apart from its result. */
export function note(text: string): void {
  process.stderr.write(`${visible(text)}\n`);
}

/** Characters of a class as their code points: `⟨U+200B⟩`. */
export function asCodePoints(text: string, characters: RegExp): string {
  return text.replaceAll(characters, (character) => `⟨${codePoint(character)}⟩`);
}

/** The code point of a character as Unicode writes it: `U+200B`. */
export function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/**
 * Control characters as `\u{1b}`: a username may hold what a terminal takes for a command. So are those that turn the direction of a line ("Bidi_Control" of
 * Unicode). Line ends and tabs stay as they are.
 */
export function visible(text: string): string {
  return text.replaceAll(
    /(?![\n\t])[\p{Cc}\p{Bidi_C}]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

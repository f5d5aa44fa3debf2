/** What people read of Terraform's output, also where it is lines of JSON (`-json`). */
export function readableLines(text: string): string {
  return text.replaceAll(/^\{.*\}$/gm, (line) => {
    try {
      return String((JSON.parse(line) as { "@message"?: string })["@message"] ?? "");
    } catch {
      return "";
    }
  });
}

/**
 * Finds messages to users in what cognito-local prints, each in a box, and gives each one's lines. Returns what takes the output as it comes.
 */
export function messagesIn(onMessage: (message: string) => void): (output: Buffer | string) => void {
  let rest = "";
  let box: string[] | undefined;
  return (output) => {
    const lines = (rest + output.toString()).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (/[┌╭]─/.test(line)) box = [];
      else if (/[└╰]─/.test(line)) {
        onMessage((box ?? []).join("\n"));
        box = undefined;
      } else if (box) {
        const text = line.replace(/^.*?│\s?/, "").replace(/\s*│.*$/, "");
        if (text !== "") box.push(`  ${text.trimStart()}`);
      }
    }
  };
}

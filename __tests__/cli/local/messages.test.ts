import { messagesIn } from "../../../cli/local/messages";

it("the text of each box is given, whatever pieces the output comes in", () => {
  const output = [
    "[12:00:00.000] INFO: something else",
    "[12:00:00.001] INFO: ",
    "    ┌───────────────────────────────┐",
    "    │                               │",
    "    │   Username:    ana            │",
    "    │   Code:        123456         │",
    "    │                               │",
    "    └───────────────────────────────┘",
    "[12:00:00.002] INFO: something else",
    "",
  ].join("\n");
  for (const length of [1, 7, output.length]) {
    const messages: string[] = [];
    const take = messagesIn((message) => messages.push(message));
    for (let at = 0; at < output.length; at += length) take(output.slice(at, at + length));
    expect(messages).toEqual(["  Username:    ana\n  Code:        123456"]);
  }
});

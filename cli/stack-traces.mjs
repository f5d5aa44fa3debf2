import { SourceMap } from "node:module";
import path from "node:path";

/**
 * Makes the stack of every error name the lines of the TypeScript that a bundle was made of. Node's own source maps
 * would also read those of every package, which took a third of a synth; this reads one, when an error shows its stack.
 */
export function mapStackTraces(bundle, sourceMap) {
  let map;
  const original = (frame) => {
    if (frame.getFileName() !== bundle) return String(frame);
    const [line, column] = [frame.getLineNumber(), frame.getColumnNumber()];
    map ??= new SourceMap(JSON.parse(sourceMap));
    const { originalSource, originalLine, originalColumn } = map.findEntry(line - 1, column - 1);
    if (originalSource === undefined) return String(frame);
    const source = path.resolve(path.dirname(bundle), originalSource);
    return String(frame).replace(
      `${bundle}:${line}:${column}`,
      () => `${source}:${originalLine + 1}:${originalColumn + 1}`,
    );
  };
  Error.prepareStackTrace = (error, frames) => {
    // cdktf notes a stack with every token, and hardly ever shows one: the lines that are ours do.
    const lines =
      error instanceof Error ? frames.map(original) : frames.filter((frame) => frame.getFileName() === bundle);
    return [Error.prototype.toString.call(error), ...lines].join("\n    at ");
  };
}

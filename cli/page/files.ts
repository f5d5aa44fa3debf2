import { readFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";

const FOLDER = "cli/page/browser";

export interface PageFile {
  readonly type: string;
  readonly body: string;
}

/** What the browser loads, by path. */
export async function pageFiles(): Promise<ReadonlyMap<string, PageFile>> {
  const read = (name: string) => readFile(path.join(FOLDER, name), "utf8");
  const bundled = async (name: string) => {
    const { outputFiles } = await build({
      entryPoints: [path.join(FOLDER, name)],
      bundle: true,
      minify: true,
      format: "esm",
      target: "es2022",
      write: false,
      logLevel: "silent",
    });
    return outputFiles[0]?.text ?? "";
  };
  return new Map([
    ["/", { type: "text/html; charset=utf-8", body: await read("index.html") }],
    ["/page.css", { type: "text/css; charset=utf-8", body: await bundled("page.css") }],
    ["/page.js", { type: "text/javascript; charset=utf-8", body: await bundled("main.ts") }],
    ["/icon.svg", { type: "image/svg+xml", body: await read("icon.svg") }],
  ]);
}

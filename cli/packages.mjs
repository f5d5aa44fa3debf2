import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cachedDataVersionTag } from "node:v8";
import vm from "node:vm";

// Three hundred files, of which Node.js would find, read and compile each one for every command: half of a synth. So they
// are bundled once, and V8's code for them is kept. What they do is the same: whoever requires one of them gets it from
// the bundle, and whatever is not in it is loaded as ever.
const MANY_FILES = /^(?:cdktf|constructs|zod|@cdktf\/[^/]+)(?:\/|$)/;

/**
 * The packages that a bundle of ours requires, as esbuild's metafile tells them, as far as they are of many files. With
 * anything of cdktf come cdktf and constructs themselves: constructs of another package have to be made of the same.
 */
export function packagesOfManyFiles({ outputs }) {
  const paths = Object.values(outputs).flatMap(({ imports }) => imports.map((imported) => imported.path));
  const names = new Set(paths.filter((name) => MANY_FILES.test(name)));
  if ([...names].some((name) => name.includes("cdktf"))) names.add("cdktf").add("constructs");
  return [...names].sort();
}

/**
 * Reads a bundle of packages from a folder, if there is one of what is installed now, and puts it in their place.
 * Answers the names that can be required from it; none where there is no such bundle.
 */
export function loadPackages(folder, require) {
  try {
    const { id, names, files } = JSON.parse(readFileSync(path.join(folder, "current.json"), "utf8"));
    if (!files.every(([file, ...state]) => String(stateOf(file)) === String(state))) return [];
    const bundle = path.join(folder, `${id}.cjs`);
    putInPlace(names, require, evaluate(bundle, readFileSync(bundle, "utf8"), require));
    return names;
  } catch {
    // None yet, or another command has just replaced it, or a machine went down while it was written.
    return [];
  }
}

/** Compiles a bundle, with V8's code for it if that was kept; keeps it if not, once it is known what was called. */
function evaluate(filename, source, require) {
  // V8 takes only its own version's, made with the same flags: cdktf's CLI, for one, sets some.
  const cache = `${filename}.${cachedDataVersionTag()}`;
  let cachedData;
  try {
    cachedData = readFileSync(cache);
  } catch {
    // The first run with this bundle.
  }
  const script = new vm.Script(`(function (exports, require) {${source}\n})`, { filename, cachedData });
  const exports = {};
  script.runInThisContext()(exports, require);
  let used = false;
  if (!cachedData || script.cachedDataRejected) {
    process.once("exit", () => used && replace(cache, script.createCachedData()));
  }
  return (name) => {
    used = true;
    return exports[name];
  };
}

function putInPlace(names, require, packageOf) {
  for (const name of names) {
    const id = require.resolve(name);
    require.cache[id] ??= {
      id,
      filename: id,
      path: path.dirname(id),
      loaded: true,
      children: [],
      paths: [],
      get exports() {
        return packageOf(name);
      },
    };
  }
}

/** Bundles packages into a folder, for the next {@link loadPackages}. */
export async function bundlePackages(names, folder, { build }) {
  const contents = names.map((name) => {
    const text = JSON.stringify(name);
    return `Object.defineProperty(exports, ${text}, { get: () => require(${text}) });`;
  });
  const { outputFiles, metafile } = await build({
    stdin: { contents: contents.join("\n"), resolveDir: "." },
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    legalComments: "none",
    logLevel: "silent",
    metafile: true,
    write: false,
    plugins: [cdktfsArchiver],
  });
  // npm's own note tells which package is where: a new one can come before one that is in the bundle.
  const files = [
    "node_modules/.package-lock.json",
    ...Object.keys(metafile.inputs).filter((file) => !/^<|^archiver:/.test(file)),
  ];
  const id = randomUUID();
  const bundle = path.join(folder, `${id}.cjs`);
  mkdirSync(folder, { recursive: true });
  replace(bundle, outputFiles[0].contents);
  const current = { id, names, files: [bundle, ...files].map((file) => [file, ...stateOf(file)]) };
  replace(path.join(folder, "current.json"), JSON.stringify(current));
  for (const file of readdirSync(folder)) {
    if (file !== "current.json" && !file.startsWith(id)) rmSync(path.join(folder, file), { force: true });
  }
}

/**
 * cdktf loads archiver, an eighth of a synth, and needs it in a process of its own only: it calls the file itself, to make
 * an asset's zip ("archiveSync" in its lib/private/fs.js).
 */
const cdktfsArchiver = {
  name: "archiver",
  setup(build) {
    build.onResolve({ filter: /^archiver$/ }, () => ({ path: "archiver", namespace: "archiver" }));
    build.onLoad({ filter: /^archiver$/, namespace: "archiver" }, () => ({ contents: "" }));
    build.onLoad({ filter: /[\\/]cdktf[\\/]lib[\\/]private[\\/]fs\.js$/ }, ({ path: file }) => ({
      contents: readFileSync(file, "utf8").replaceAll("__filename", JSON.stringify(file)),
    }));
  },
};

/** What changes when a file does: npm gives all files the same time of change. */
function stateOf(file) {
  const { size, ctimeMs } = statSync(file, { throwIfNoEntry: false }) ?? {};
  return [size, ctimeMs];
}

/** Written aside and renamed, so that two commands started at once never read half a file. */
export function replace(file, contents) {
  const aside = `${file}.${randomUUID()}`;
  writeFileSync(aside, contents);
  renameSync(aside, file);
}

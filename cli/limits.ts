import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { Command } from "commander";
import { LIMITS } from "../catalogue/limits/all";
import type { Constraints } from "../catalogue/limits/limit";
import { outputOf } from "./child";
import { inTemporaryFolder } from "./cleanup";
import { describeError } from "./describe-error";
import { Failure } from "./failure";
import { print } from "./print";

/*
 * npm run limits [-- <version>]: what AWS's API model says of each limit, from botocore, which ships it (the JavaScript SDK does not). The
 * newest version, or the one that is named. `git diff` then shows what AWS has changed, and the tests what the settings miss.
 */

const FILE = "catalogue/limits/api.json";
const SERVICES = ["cognito-idp", "cognito-identity"];

interface Shape {
  readonly type: string;
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly key?: { readonly shape: string };
  readonly value?: { readonly shape: string };
}
type Model = Readonly<Record<string, Shape>>;

async function take(version?: string): Promise<void> {
  if (version !== undefined && !/^\d+\.\d+\.\d+$/.test(version)) {
    throw new Failure(`${version} is no version of botocore, such as 1.44.8.`, 64);
  }
  await inTemporaryFolder("botocore", async (folder) => {
    const wanted = version === undefined ? "botocore" : `botocore==${version}`;
    await outputOf("python3", ["-m", "pip", "install", "--quiet", "--no-deps", "--target", folder, wanted]);
    const models = await Promise.all(SERVICES.map((service) => modelOf(path.join(folder, "botocore/data", service))));
    const shapes = Object.assign({}, ...models) as Model;
    const [installed = ""] = (await readdir(folder)).filter((name) => /^botocore-.*\.dist-info$/.test(name));
    const refs = [...new Set(LIMITS.map(({ api }) => api.replace(/(?:\[\]|\{\w+\})$/, "")))].sort();
    const file = {
      botocore: installed.replace(/^botocore-|\.dist-info$/g, ""),
      limits: Object.fromEntries(refs.map((ref) => [ref, constraintsOf(shapes, ref)])),
    };
    await writeFile(FILE, `${JSON.stringify(file, null, 2)}\n`);
    print(`${FILE} is of botocore ${file.botocore}.`);
  });
}

async function modelOf(folder: string): Promise<Model> {
  const newest = (await readdir(folder)).sort().at(-1) ?? "";
  const text = gunzipSync(await readFile(path.join(folder, newest, "service-2.json.gz"))).toString();
  return (JSON.parse(text) as { shapes: Model }).shapes;
}

function constraintsOf(shapes: Model, ref: string): Constraints {
  const [structure = "", member = ""] = ref.split(".");
  const shape = shapes[structure]?.members?.[member]?.shape;
  if (shape === undefined) throw new Error(`AWS's API has no ${ref} any more`);
  return constraints(shapes, shape);
}

function constraints(shapes: Model, name: string): Constraints {
  const shape = (shapes[name] ?? {}) as Shape & Partial<Constraints>;
  const { type = "structure", min, max, pattern, enum: values } = shape;
  const [inner, keys] = [shape.member ?? shape.value, shape.key];
  return {
    type,
    ...{ min, max, pattern, enum: values },
    ...(inner && { of: constraints(shapes, inner.shape) }),
    ...(keys && { keys: constraints(shapes, keys.shape) }),
  } as Constraints;
}

new Command("npm run limits --")
  .description(`takes the limits of AWS's API from botocore into ${FILE}; needs Python 3 with pip`)
  .argument("[version]", "of botocore, such as 1.44.8; the newest one where it is left out")
  .addHelpText(
    "after",
    "\nExit code: 0 when it is written, 1 when it could not be, 64 when the command was called wrongly.",
  )
  .showHelpAfterError("(add --help for what there is)")
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 64))
  .action(take)
  .parseAsync()
  .catch((error: unknown) => {
    process.stderr.write(`${describeError(error)}\n`);
    process.exitCode = error instanceof Failure ? error.exitCode : 1;
  });

import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { LIMITS } from "../../catalogue/limits/all";
import type { Constraints } from "../../catalogue/limits/limit";
import { outputOf } from "../child";
import { inTemporaryFolder } from "../cleanup";
import { print } from "../print";

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

async function main([version]: readonly string[]): Promise<void> {
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

void main(process.argv.slice(2));

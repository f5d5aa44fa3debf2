interface FunctionEntry {
  /** The file that exports `handler`. */
  readonly entry: string;
  /** The environment's setting that deploys the function. @default every environment has it */
  readonly setting?: "migrateFrom";
}

/**
 * Every function that this project deploys, by name. Bundling, `npm run build`, synthesis, stacks and tests read this
 * list: a new function is a folder and a line here.
 */
export const FUNCTIONS = {
  "pre-sign-up": { entry: "lambda/pre-sign-up/index.ts" },
  "user-migration": { entry: "lambda/user-migration/index.ts", setting: "migrateFrom" },
} as const satisfies Record<string, FunctionEntry>;

export type FunctionName = keyof typeof FUNCTIONS;

export const FUNCTION_NAMES = Object.keys(FUNCTIONS) as FunctionName[];

/** A value for every function, by name. */
export function forEveryFunction<T>(of: (name: FunctionName) => T): Record<FunctionName, T> {
  return Object.fromEntries(FUNCTION_NAMES.map((name) => [name, of(name)])) as Record<FunctionName, T>;
}

/** Where a function's bundle is written, relative to the project's folder. */
export function bundleFile(name: FunctionName): string {
  return `.build/lambda/${name}/index.js`;
}

/** The functions that an environment with these settings deploys. */
export function deployedFunctions(settings: { readonly [Setting in "migrateFrom"]?: unknown }): FunctionName[] {
  return FUNCTION_NAMES.filter((name) => {
    const { setting }: FunctionEntry = FUNCTIONS[name];
    return setting === undefined || settings[setting] !== undefined;
  });
}

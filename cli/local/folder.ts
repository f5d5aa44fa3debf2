import path from "node:path";

/** Where the pool of an environment is kept between starts. It holds what developers typed, and is ignored by git. */
export const localFolder = (environment: string) => path.join(".local", environment);

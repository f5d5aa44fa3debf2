import { accessSync, constants, type Stats, statSync } from "node:fs";
import path from "node:path";
import { Failure } from "./failure";

/** A path as the user means it, made absolute: npm runs every script in the project's folder, wherever it was called. */
export function typedPath(file: string): string {
  return path.resolve(process.env.INIT_CWD ?? ".", file);
}

/** An argument that names a file to be read. Throws a {@link Failure} where it cannot be. */
export function readableFile(file: string): string {
  const found = typedPath(file);
  const stats = statsOf(found);
  if (stats === undefined) throw new Failure(`There is no file ${found}.`, 64);
  if (stats.isDirectory()) throw new Failure(`${found} is a folder, not a file.`, 64);
  if (!isPermitted(found, constants.R_OK)) throw new Failure(`${found} cannot be read: permission denied.`, 64);
  return found;
}

/** The same of a file that is read more than once, which a pipe or a device cannot be. */
export function regularFile(file: string): string {
  const found = readableFile(file);
  if (statsOf(found)?.isFile() !== true) throw new Failure(`${found} is no regular file: save it in one.`, 64);
  return found;
}

/** An argument that names a file to be written. Throws a {@link Failure} where it cannot be. */
export function writableFile(file: string): string {
  const target = typedPath(file);
  const folder = path.dirname(target);
  const stats = statsOf(target);
  if (stats?.isDirectory()) throw new Failure(`${target} cannot be written: it is a folder.`, 64);
  if (stats?.isFile() === false) throw new Failure(`${target} cannot be written: it is no regular file.`, 64);
  if (statsOf(folder)?.isDirectory() !== true) {
    throw new Failure(`${target} cannot be written: there is no folder ${folder}.`, 64);
  }
  if (!isPermitted(stats ? target : folder, constants.W_OK)) {
    throw new Failure(`${target} cannot be written: permission denied.`, 64);
  }
  return target;
}

/** The same, or "-" for standard output. */
export function writableFileOrOutput(file: string): string {
  return file === "-" ? file : writableFile(file);
}

/** An argument that names a folder, which is made where there is none. Throws a {@link Failure} where it cannot be. */
export function makeableFolder(folder: string): string {
  const found = typedPath(folder);
  if (statsOf(found)?.isDirectory() === false) throw new Failure(`${found} is a file, not a folder.`, 64);
  return found;
}

/** An argument that names a folder to be read. Throws a {@link Failure} where there is none. */
export function readableFolder(folder: string): string {
  const found = typedPath(folder);
  if (statsOf(found)?.isDirectory() !== true) throw new Failure(`There is no folder ${found}.`, 64);
  return found;
}

function statsOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    // A part of the path is a file, or a folder that may not be looked into.
    return undefined;
  }
}

function isPermitted(file: string, mode: number): boolean {
  try {
    accessSync(file, mode);
    return true;
  } catch {
    return false;
  }
}

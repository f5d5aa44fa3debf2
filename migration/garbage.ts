import { getHeapStatistics } from "node:v8";

/** Bytes that may be parsed before the next garbage collection. */
let left = heapSize();

/**
 * Runs the garbage collector once the parsed bytes equal the heap's size, so that memory does not grow with the input.
 * JSON.parse puts short strings (usernames) into a space that V8 collects only after the heap has grown by half or more,
 * and into a separate string table. Does nothing if Node.js was started without --expose-gc.
 * @param bytes bytes that were just read and are about to be parsed
 */
export function bytesParsed(bytes: number): void {
  left -= bytes;
  if (left > 0) return;
  globalThis.gc?.();
  left = heapSize();
}

function heapSize(): number {
  return getHeapStatistics().used_heap_size;
}

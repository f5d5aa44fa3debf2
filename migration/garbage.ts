import { getHeapStatistics } from "node:v8";

/** Bytes that may be parsed before the next collection. */
let left = heapSize();

/**
 * Collects garbage now and then, so that memory does not grow with what is read: once as many bytes were parsed as the heap
 * has. JSON.parse puts short strings (usernames) where V8 collects only when the heap has grown by half or more, and into a
 * table of its own besides. Does nothing where Node.js was started without --expose-gc.
 * @param bytes bytes that were just read, to be parsed
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

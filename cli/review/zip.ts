import { inflateRawSync } from "node:zlib";

/** A file in a zip archive; its name without the path that it was asked for with. */
export interface ZipEntry {
  readonly name: string;
  readonly content: Buffer;
}

const END = { signature: 0x06054b50, length: 22 };
const HEADER = { signature: 0x02014b50, length: 46 };
const LOCAL = { signature: 0x04034b50, length: 30 };
const [STORED, DEFLATED] = [0, 8];
/** No configuration is larger; a small archive can claim to be. */
const LARGEST = 64 * 1024 * 1024;

/**
 * The files under a path in an archive as Terraform writes plans; nothing for one in another form. Its directory stands at its end, and
 * nothing before, between or behind: so that no reader finds another directory in it than Terraform does.
 */
export function zipEntries(zip: Buffer, under: string): ZipEntry[] | undefined {
  try {
    return directoryOf(zip, under);
  } catch {
    // A number leads out of the archive, or its content cannot be inflated.
    return undefined;
  }
}

function directoryOf(zip: Buffer, under: string): ZipEntry[] | undefined {
  const end = zip.length - END.length;
  if (zip.readUInt32LE(end) !== END.signature || zip.readUInt16LE(end + 20) !== 0) return undefined;
  const count = zip.readUInt16LE(end + 10);
  let offset = zip.readUInt32LE(end + 16);
  if (offset + zip.readUInt32LE(end + 12) !== end) return undefined;
  const entries: ZipEntry[] = [];
  let found = 0;
  for (; offset < end; found++) {
    if (zip.readUInt32LE(offset) !== HEADER.signature) return undefined;
    const name = zip.readUInt16LE(offset + 28);
    const start = zip.readUInt32LE(offset + 42);
    if (zip.readUInt32LE(start) !== LOCAL.signature) return undefined;
    const [method, size] = [zip.readUInt16LE(offset + 10), zip.readUInt32LE(offset + 20)];
    const from = start + LOCAL.length + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28);
    if (from + size > end || (method !== STORED && method !== DEFLATED)) return undefined;
    const content = zip.subarray(from, from + size);
    const path = zip.subarray(offset + HEADER.length, offset + HEADER.length + name).toString();
    if (path.startsWith(under)) {
      entries.push({
        name: path.slice(under.length),
        content: method === STORED ? content : inflateRawSync(content, { maxOutputLength: LARGEST }),
      });
    }
    offset += HEADER.length + name + zip.readUInt16LE(offset + 30) + zip.readUInt16LE(offset + 32);
  }
  return offset === end && found === count ? entries : undefined;
}

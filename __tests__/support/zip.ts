import { deflateRawSync } from "node:zlib";

/** An archive as Go writes it, as far as it is read here. */
export function zip(files: Readonly<Record<string, string | Buffer>>): Buffer {
  const [bodies, headers]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const content = deflateRawSync(text);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50);
    local.writeUInt16LE(name.length, 26);
    const header = Buffer.alloc(46);
    header.writeUInt32LE(0x02014b50);
    header.writeUInt16LE(8, 10);
    header.writeUInt32LE(content.length, 20);
    header.writeUInt16LE(name.length, 28);
    header.writeUInt32LE(offset, 42);
    const body = Buffer.concat([local, Buffer.from(name), content]);
    bodies.push(body);
    headers.push(header, Buffer.from(name));
    offset += body.length;
  }
  const directory = Buffer.concat(headers);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, directory, end]);
}

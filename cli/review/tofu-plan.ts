import { zipEntries } from "./zip";

/*
 * OpenTofu's JSON of a plan is Terraform's without two fields: `complete`, false where something was left out (-target, -exclude),
 * and `applyable`, whether there is something to apply. The review blocks on the first, so it is read from the file that the
 * plan was saved in: a zip, whose entry "tfplan" is the message Plan of OpenTofu's planfile.proto.
 */
const FIELDS = { targets: 5, excluded: 6, mode: 17 };
const REFRESH_ONLY = 2;

/** The JSON of a saved plan, and of OpenTofu's what its file says beside it. Throws an Error where the file is in another form. */
export function withWhatTofuLeavesOut(json: unknown, file: Buffer): unknown {
  const plan = json as { readonly complete?: boolean; readonly resource_drift?: readonly unknown[] };
  if (plan.complete !== undefined) return json;
  const message = zipEntries(file, "tfplan")?.find(({ name }) => name === "")?.content;
  if (message === undefined) throw new Error("A saved plan is not in the form that Terraform or OpenTofu writes.");
  const fields = fieldsOf(message);
  return {
    ...plan,
    complete: !fields.has(FIELDS.targets) && !fields.has(FIELDS.excluded),
    // With changes the review finds that by itself.
    applyable: fields.get(FIELDS.mode) === REFRESH_ONLY && (plan.resource_drift ?? []).length > 0,
  };
}

/** The numbers of the fields that a message of Protocol Buffers has, each with its value where that is a number below 2³². */
function fieldsOf(message: Buffer): Map<number, number> {
  const fields = new Map<number, number>();
  let offset = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = message.readUInt8(offset++);
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  while (offset < message.length) {
    const tag = varint();
    const [field, type] = [Math.floor(tag / 8), tag % 8];
    if (type === 0) fields.set(field, varint());
    else {
      fields.set(field, 0);
      if (type === 1) offset += 8;
      else if (type === 5) offset += 4;
      else if (type === 2) {
        const length = varint();
        offset += length;
      } else throw new Error(`A saved plan has a field of the unknown type ${type}.`);
    }
  }
  return fields;
}

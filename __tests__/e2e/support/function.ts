import { crc32 } from "node:zlib";
import { makeRole } from "./iam";

/** Makes a function of Node.js in the emulated Lambda, past Terraform; answers its ARN. */
export async function makeFunction(FunctionName: string, source: string): Promise<string> {
  const role = `${FunctionName}-role`;
  const nothing = { actions: ["logs:CreateLogGroup"], resource: "*" };
  await makeRole(role, { trusts: "*", externalId: "none", ...nothing });
  const response = await fetch(`${process.env.E2E_ENDPOINT}/2015-03-31/functions`, {
    method: "POST",
    headers: {
      authorization:
        "AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/lambda/aws4_request, SignedHeaders=host, Signature=0",
    },
    body: JSON.stringify({
      FunctionName,
      Runtime: "nodejs20.x",
      Handler: "index.handler",
      Role: `arn:aws:iam::000000000000:role/${role}`,
      Code: { ZipFile: zipOf("index.js", source).toString("base64") },
    }),
  });
  if (!response.ok) throw new Error(await response.text());
  return ((await response.json()) as { FunctionArn: string }).FunctionArn;
}

/** A zip with one file, stored as it is: APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16. */
function zipOf(name: string, text: string): Buffer {
  const data = Buffer.from(text);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt32LE(crc32(data), 10);
  common.writeUInt32LE(data.length, 14);
  common.writeUInt32LE(data.length, 18);
  common.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from("PK\x03\x04"), common, Buffer.from(name), data]);
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE((0o100644 << 16) >>> 0, 6);
  const central = Buffer.concat([Buffer.from("PK\x01\x02\x14\x00"), common, rest, Buffer.from(name)]);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06");
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}

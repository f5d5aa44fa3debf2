import { lookup } from "node:dns/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { withAwsErrors } from "../../cli/aws";

const failing = (error: unknown) => withAwsErrors(() => Promise.reject(error));
const unreachable = (at: string) =>
  expect.objectContaining({
    name: "Failure",
    exitCode: 1,
    message: `AWS cannot be reached${at}: check the network and the name resolution (DNS), and AWS_ENDPOINT_URL if it is set.`,
  });

it("a host without an address is named", async () => {
  const error = await lookup("sts.invalid").catch((error: unknown) => error);
  await expect(failing(error)).rejects.toEqual(unreachable(" at sts.invalid"));
});

it("an address that refuses the connection is named, also where several were tried", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const { cause } = await fetch(`http://127.0.0.1:${port}`).then(
    () => ({ cause: undefined }),
    (error: Error) => error,
  );
  await expect(failing(cause)).rejects.toEqual(unreachable(` at 127.0.0.1:${port}`));
  await expect(failing(new AggregateError([cause]))).rejects.toEqual(unreachable(` at 127.0.0.1:${port}`));
});

it("a call that is not answered in time is a host that cannot be reached", async () => {
  await expect(failing(Object.assign(new Error("…"), { name: "TimeoutError" }))).rejects.toEqual(unreachable(""));
});

it("an error of this program's own stays what it is", async () => {
  const error = new TypeError("on purpose");
  await expect(failing(error)).rejects.toBe(error);
});

it("what AWS refuses is one sentence, and so is an answer that is not AWS's", async () => {
  const answered = (error: Error, httpStatusCode = 400) => Object.assign(error, { $metadata: { httpStatusCode } });
  const refused = answered(Object.assign(new Error("Bad name."), { name: "ValidationException" }));
  await expect(failing(refused)).rejects.toMatchObject({
    name: "Failure",
    message: "AWS refuses the call: ValidationException: Bad name.",
  });
  const late = answered(Object.assign(new Error("Signature expired"), { name: "InvalidSignatureException" }));
  await expect(failing(late)).rejects.toThrow("check this machine's clock, and the secret key");
  await expect(failing(answered(new SyntaxError("Unexpected token <"), 502))).rejects.toThrow(
    "What answered is not AWS (HTTP status 502): check the proxy",
  );
});

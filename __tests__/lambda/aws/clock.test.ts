import { awsClient } from "../../../lambda/aws/client";
import { ServerClock } from "../../../lambda/aws/clock";
import { StubAws } from "../../support/stub-aws";

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toUTCString();

it.each([
  ["is about right", inSeconds(2), 0],
  ["is a minute slow", inSeconds(60), 60],
  ["is a minute fast", inSeconds(-60), -60],
  ["cannot be compared", "yesterday", 0],
  ["cannot be compared, without a date", undefined, 0],
])("a clock that %s", (_, date, seconds) => {
  const clock = new ServerClock();
  clock.observe(date);
  expect(Math.abs(clock.offset / 1000 - seconds)).toBeLessThan(3);
  expect(Math.abs(clock.now() - Date.now() - clock.offset)).toBeLessThan(1000);
});

it("a correction ends when a response shows the right time", () => {
  const clock = new ServerClock();
  clock.observe(inSeconds(60));
  clock.observe(inSeconds(0));
  expect(clock.offset).toBe(0);
});

it("every response is observed, including errors", async () => {
  const stub = await StubAws.start(() => (response) => {
    response.writeHead(400, { date: inSeconds(120) }).end(JSON.stringify({ __type: "Nope" }));
  });
  const clock = new ServerClock();
  const credentials = { accessKeyId: "a", secretAccessKey: "b" };
  const call = awsClient({ service: "dynamodb", region: "eu-west-1", credentials, endpoint: stub.endpoint, clock });
  await expect(call("T.O", {}, Date.now() + 1000)).rejects.toMatchObject({ code: "Nope" });
  expect(clock.offset / 1000).toBeGreaterThan(110);
  await stub.stop();
});

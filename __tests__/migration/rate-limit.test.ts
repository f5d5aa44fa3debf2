import { RateLimiter } from "../../migration/rate-limit";
import { inVirtualTime } from "../support/virtual-time";

it("calls are spread evenly", async () => {
  const times = await inVirtualTime(() => {
    const limiter = new RateLimiter(50);
    const start = Date.now();
    return Promise.all(Array.from({ length: 6 }, () => limiter.acquire().then(() => Date.now() - start)));
  }, 100);
  expect(times).toEqual([0, 20, 40, 60, 80, 100]);
});

it("unused capacity is not accumulated", async () => {
  const waited = await inVirtualTime(async () => {
    const limiter = new RateLimiter(20);
    await limiter.acquire();
    await new Promise((resolve) => setTimeout(resolve, 200));
    const start = Date.now();
    await limiter.acquire();
    await limiter.acquire();
    return Date.now() - start;
  }, 250);
  expect(waited).toBe(50);
});

it("a clock that is set back does not hold calls up", async () => {
  const waited = await inVirtualTime(async () => {
    const limiter = new RateLimiter(20);
    await limiter.acquire();
    jest.setSystemTime(Date.now() - 600_000);
    const start = Date.now();
    await limiter.acquire();
    return Date.now() - start;
  }, 100);
  expect(waited).toBe(50);
});

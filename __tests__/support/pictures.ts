import { stat } from "node:fs/promises";
import type { Page } from "playwright-core";

/** Bytes of a picture. */
const LARGEST = 150_000;

/** Takes a picture from an element to the end of another, or so many pixels of it; as wide as the window. */
export async function takePicture(page: Page, file: string, from: string, to: string | number): Promise<void> {
  const boxOf = async (selector: string) => (await page.locator(selector).first().boundingBox()) ?? { y: 0, height: 0 };
  const { y } = await boxOf(from);
  const end = typeof to === "number" ? { y, height: to } : await boxOf(to);
  const width = page.viewportSize()?.width ?? 0;
  await page.screenshot({ path: file, fullPage: true, clip: { x: 0, y, width, height: end.y + end.height - y } });
  const { size } = await stat(file);
  expect([file, size < LARGEST, size]).toEqual([file, true, size]);
}

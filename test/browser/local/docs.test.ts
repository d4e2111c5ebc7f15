/** The API's documentation and the start page as their reader sees them. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  axe,
  axeInBothThemes,
  DESK,
  launchChromium,
  openPage,
  PHONE,
  shoot,
  sidewaysScroll,
} from "../../support/chromium.ts";
import { type Product, startProduct } from "../../support/product.ts";

let product: Product;
let browser: Browser;
beforeAll(async () => {
  [product, browser] = await Promise.all([
    startProduct({ env: { LEADCLOCK_SEED: "none" } }),
    launchChromium(),
  ]);
});
afterAll(async () => {
  await browser.close();
  await product.stop();
});

describe.each([
  { device: "desk", options: { viewport: DESK } },
  { device: "phone in the dark", options: { viewport: PHONE, colorScheme: "dark" as const } },
])("$device", ({ device, options }) => {
  test.each(["/docs", "/"])("%s is styled, fits, and keeps nobody out", async (path) => {
    const { page, wrong, close } = await openPage(browser, product.origin + path, options);
    await shoot(page, "docs", `${device}${path.replace("/", "-")}`);
    await page.evaluate(() => {
      for (const details of document.querySelectorAll("details")) details.open = true;
    });
    // The page is long, and its colours are the same at any width.
    expect(await (device === "desk" ? axeInBothThemes(page) : axe(page))).toEqual([]);
    expect(await sidewaysScroll(page)).toBe(0);
    // Times is the default: the policy refused the style.
    expect(await page.evaluate(() => getComputedStyle(document.body).fontFamily)).toContain("system-ui");
    expect(wrong).toEqual([]);
    await close();
  });
});

test("an address of a call opens it", async () => {
  const { page, close } = await openPage(browser, `${product.origin}/docs#recordTouch`);
  await page.waitForSelector("#recordTouch", { state: "visible" });
  expect(await page.locator("#recordTouch pre").textContent()).toContain(
    `curl -X POST '${product.origin}/v1/leads/{id}/touches'`,
  );
  await close();
});

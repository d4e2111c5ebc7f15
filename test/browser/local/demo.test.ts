/** The demo site: somebody else's page with our form in it, and the same form as plain HTML. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  axeInBothThemes,
  launchChromium,
  layoutShift,
  openPage,
  PHONE,
  shoot,
  sidewaysScroll,
} from "../../support/chromium.ts";
import { type Product, startProduct } from "../../support/product.ts";

let product: Product;
let browser: Browser;
beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct({ seed: "demo" }), launchChromium()]);
});
afterAll(async () => {
  await browser.close();
  await product.stop();
});

describe.for([
  ["desk", {}],
  ["phone in the dark", { viewport: PHONE, colorScheme: "dark" }],
] as const)("on a %s", ([name, options]) => {
  test("the form renders and moves nothing", async () => {
    const { page, wrong, close } = await openPage(browser, `${product.origin}/demo`, options);
    await page.getByLabel("e-mail").or(page.getByLabel("email")).first().waitFor();
    expect(await layoutShift(page)).toBeLessThan(0.001);
    // The whole form, not one that waits in too small a room.
    const form = page.locator("leadclock-form");
    expect(
      await form.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight),
    ).toBeLessThanOrEqual(1);
    await shoot(page, "local", `demo ${name}`);
    await page.locator("#how").scrollIntoViewIfNeeded();
    await page.locator("#plans").scrollIntoViewIfNeeded();
    await shoot(page, "local", `demo below ${name}`);
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await axeInBothThemes(page)).toEqual([]);
    expect(wrong).toEqual([]);
    await close();
  });

  test("the plain form is whole", async () => {
    const { page, wrong, close } = await openPage(browser, `${product.origin}/demo/no-js`, options);
    await shoot(page, "local", `demo plain ${name}`);
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await axeInBothThemes(page)).toEqual([]);
    expect(wrong).toEqual([]);
    await close();
  });
});

test("without JavaScript a visitor still gets through", async () => {
  const { page, close } = await openPage(browser, `${product.origin}/demo`, { javaScriptEnabled: false });
  await page.locator("#talk").getByRole("link", { name: "Book a demo" }).click();
  await page.getByLabel("Work e-mail").fill("visitor@firm.example");
  await page.getByLabel("Company").fill("Firm Example");
  await page.getByRole("main").getByRole("button", { name: "Book a demo" }).click();
  await page.waitForURL((url) => !url.pathname.startsWith("/demo"));
  expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
  await close();
});

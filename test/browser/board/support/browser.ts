/** A page for the board's tests that collects everything that went wrong in it. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { DESK } from "../../../support/chromium.ts";

export interface Visit {
  page: Page;
  /** Uncaught errors and refused resources (the security policy's included). */
  wrong: string[];
  close: () => Promise<void>;
}

export async function visit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({
    viewport: DESK,
    timezoneId: "America/New_York",
    locale: "en-GB",
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && /Content Security Policy|Refused to/.test(message.text()))
      wrong.push(message.text());
  });
  return { page, wrong, close: () => context.close() };
}

/** Whether anything makes the page scroll sideways. */
export const overflows = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const wide = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= wide) return [];
    return [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > wide + 1)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`)
      .slice(0, 5);
  });

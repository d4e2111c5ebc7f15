/** One browser, one stand-in server, one site per test file; what tests ask of a page again and again. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { buildWidget } from "../../../widget/build.ts";
import { axe, axeInBothThemes, launchChromium } from "../../support/chromium.ts";
import { startSite, startStandIn, type StandIn } from "./stand-in.ts";

export interface Stage {
  server: StandIn;
  browser: Browser;
  /** A fresh visitor on a page of `pages/`, such as `02-body`. */
  visit: (page: string, options?: BrowserContextOptions) => Promise<Page>;
  close: () => Promise<void>;
}

/** Layout shifts are counted from the first moment, as a field measurement would. */
function countShifts(): void {
  const counter = window as unknown as { layoutShift: number };
  counter.layoutShift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
    })[]) {
      if (!entry.hadRecentInput) counter.layoutShift += entry.value;
    }
  }).observe({ type: "layout-shift", buffered: true });
}

export async function openStage(): Promise<Stage> {
  const outDir = mkdtempSync(join(tmpdir(), "leadclock-widget-"));
  await buildWidget(outDir);
  const server = await startStandIn(outDir);
  const site = await startSite(server.url);
  const browser = await launchChromium();
  const visit = async (name: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Berlin", ...options });
    await context.addInitScript(countShifts);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(`${site.url}${name.replace(/^(\S+?)(\?.*)?$/, "$1.html$2")}`);
    return page;
  };
  const close = async (): Promise<void> => {
    await browser.close();
    await Promise.all([server.close(), site.close()]);
    rmSync(outDir, { recursive: true });
  };
  return { server, browser, visit, close };
}

export const shiftOf = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as { layoutShift: number }).layoutShift);

const WITHIN = { within: "leadclock-form" };

/** @returns one line per violation inside the form, empty when it is accessible as far as axe can tell */
export const violations = (page: Page): Promise<string[]> => axe(page, WITHIN);

/** The same, and contrast in the theme the page is not in. */
export const violationsInBothThemes = (page: Page): Promise<string[]> => axeInBothThemes(page, WITHIN);

/** Names of the embed's events so far, in order; call before anything happens. */
export async function recordEvents(
  page: Page,
): Promise<() => Promise<{ type: string; detail: Record<string, unknown> }[]>> {
  await page.evaluate(() => {
    const seen: unknown[] = [];
    (window as unknown as { seen: unknown[] }).seen = seen;
    for (const type of ["ready", "submit", "acknowledged", "error"]) {
      document.addEventListener(`leadclock:${type}`, (event) =>
        seen.push({ type, detail: (event as CustomEvent).detail }),
      );
    }
  });
  return () =>
    page.evaluate(
      () => (window as unknown as { seen: { type: string; detail: Record<string, unknown> }[] }).seen,
    );
}

/** Fill the `demo` form in as a visitor would. */
export async function fillDemo(page: Page): Promise<void> {
  await page.getByLabel("Work e-mail").first().fill("kim@umbrella.example");
  await page.getByLabel("Name").first().fill("Kim Doe");
  await page.getByRole("checkbox").first().check();
}

/** What every browser test of the board needs: one build and one browser a file, a server and a page a test. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { FakeApi } from "./api.ts";
import { launchChromium } from "../../../support/chromium.ts";
import { visit, type Visit } from "./browser.ts";
import { buildOnce, serveBoard, type BoardServer } from "./server.ts";

/** Only a test that fails waits this long; a busy machine may take seconds for what takes none. */
const PATIENCE_MS = 20_000;

/** Where a page is looked at. */
export const LOOKS = [
  ["desk", {}],
  ["phone", { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }],
] as const;

export interface Scene {
  page: Page;
  server: BoardServer;
  api: FakeApi;
}

export function useStage() {
  let built: Awaited<ReturnType<typeof buildOnce>>;
  let browser: Browser;
  const open: { visit: Visit; server: BoardServer }[] = [];

  beforeAll(async () => {
    [built, browser] = await Promise.all([buildOnce(), launchChromium()]);
  });
  afterEach(async () => {
    const wrong = open.flatMap(({ visit: { wrong } }) => wrong);
    for (const { visit: page, server } of open.splice(0)) {
      await page.close();
      await server.close();
    }
    expect(wrong, "errors in the page, or things its security policy refused").toEqual([]);
  });
  afterAll(async () => {
    await browser?.close();
    await built?.remove();
  });

  /** Opens a path of the board in a fresh context against a fresh API. */
  return async (path: string, api = new FakeApi(), options: BrowserContextOptions = {}): Promise<Scene> => {
    const server = await serveBoard(built.dir, api);
    const page = await visit(browser, options);
    open.push({ visit: page, server });
    page.page.setDefaultTimeout(PATIENCE_MS);
    await page.page.goto(server.origin + path);
    return { page: page.page, server, api };
  };
}

/** Waits until something becomes so: the board acts on its own clock. */
export async function eventually<T>(
  read: () => Promise<T> | T,
  check: (value: T) => boolean,
  ms = PATIENCE_MS,
): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const value = await read();
    if (check(value)) return value;
    if (Date.now() > end) throw new Error(`still ${JSON.stringify(value)} after ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

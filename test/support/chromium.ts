/** Chromium for what a person sees: a page that collects what went wrong in it, axe, and what moved. */
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

export const DESK = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

/**
 * Only the last such flag counts, so Playwright's own choice comes first. The popups of the address bar are pages of their
 * own in every window, seen by nobody: they cost each context two seconds of processor time.
 */
const WITHOUT = [
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "HttpsFirstBalancedModeAutoEnable",
  "LensOverlay",
  "MediaRouter",
  "PaintHolding",
  "ThirdPartyStoragePartitioning",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "OptimizationHints",
  "NetworkTimeServiceQuerying",
  "AimEnabled",
  "PreconnectToSearch",
  "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
];

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      `--disable-features=${WITHOUT.join(",")}`,
    ],
  });
}

export interface Visit {
  readonly page: Page;
  /** Uncaught errors, failed loads, and whatever the security policy refused. */
  readonly wrong: string[];
  readonly close: () => Promise<void>;
}

export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: DESK,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    ...options,
  });
  const page = await context.newPage();
  const wrong: string[] = [];
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") wrong.push(`${message.text()} ${message.location().url}`);
  });
  await page.goto(url);
  return { page, wrong, close: () => context.close() };
}

interface AxeResult {
  readonly violations: readonly {
    id: string;
    nodes: readonly { target: unknown[]; failureSummary?: string }[];
  }[];
}

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export interface AxeOptions {
  /** Selector of the part to look at; the whole page if left out. */
  readonly within?: string;
  readonly contrastOnly?: boolean;
}

/** Violations as short lines. Evaluated rather than injected: a strict policy lets no foreign script in. */
export async function axe(page: Page, { within, contrastOnly = false }: AxeOptions = {}): Promise<string[]> {
  const known = await page.evaluate(() => "axe" in globalThis);
  if (!known) await page.evaluate(axeSource);
  const options = {
    iframes: false,
    resultTypes: ["violations"],
    ...(contrastOnly && { runOnly: ["color-contrast"] }),
  };
  const { violations } = await page.evaluate(
    ({ context, options }) => {
      const { axe: checker } = globalThis as unknown as {
        axe: { run(context: unknown, options: object): Promise<AxeResult> };
      };
      return checker.run(context ?? document, options);
    },
    { context: within === undefined ? null : { include: [[within]] }, options },
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")} ${failureSummary ?? ""}`),
  );
}

/** Every rule in the theme the page is in, then contrast in the other: themes differ in nothing but colours. */
export async function axeInBothThemes(
  page: Page,
  options: Pick<AxeOptions, "within"> = {},
): Promise<string[]> {
  const isDark = await page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
  const [here, there] = isDark ? (["dark", "light"] as const) : (["light", "dark"] as const);
  const found = await axe(page, options);
  await page.emulateMedia({ colorScheme: there });
  const other = await axe(page, { ...options, contrastOnly: true });
  await page.emulateMedia({ colorScheme: here });
  return [...found.map((line) => `${here}: ${line}`), ...other.map((line) => `${there}: ${line}`)];
}

/** By how much the page is wider than the window, in px. */
export function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Cumulative layout shift since the page began, as the browser counts it. */
export function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & {
            value: number;
            hadRecentInput: boolean;
          })[]) {
            if (!entry.hadRecentInput) sum += entry.value;
          }
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(sum), 300);
      }),
  );
}

/** Kept outside the repository, for people to look at. */
export async function shoot(page: Page, folder: string, name: string): Promise<void> {
  const directory = process.env["LEADCLOCK_SHOTS"];
  if (directory === undefined) return;
  mkdirSync(`${directory}/${folder}`, { recursive: true });
  await page.screenshot({ path: `${directory}/${folder}/${name}.png` });
}

/** The real product and one browser, and what a test needs to follow a lead through both. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";
import type { ConfigInput } from "../../../../schema/config/document.ts";
import type { Board } from "../../../../schema/wire/board.ts";
import type { Lead } from "../../../../schema/wire/lead.ts";
import { launchChromium, openPage, type Visit } from "../../../support/chromium.ts";
import { type Product, type ProductOptions, startProduct } from "../../../support/product.ts";
import { teamDocument, type TeamOptions } from "../../../support/team.ts";

export interface Message {
  seq: number;
  kind: string;
  to: string;
  subject: string;
  text: string;
  verdict: string;
}

export interface World {
  readonly product: Product;
  readonly browser: Browser;
  /** Opens an address of the product in a fresh browser profile. */
  visit(path: string, options?: BrowserContextOptions): Promise<Visit>;
  api<T>(method: string, path: string, body?: unknown): Promise<T>;
  publish(document: ConfigInput): Promise<void>;
  leadOf(email: string): Promise<Lead>;
  /** The first message that fits, once there is one. */
  message(about: string, fits: (message: Message) => boolean, kind?: string): Promise<Message>;
  /** A profile signed in by the mailed link, as its `storageState`. */
  signedIn(email: string): Promise<State>;
  close(): Promise<void>;
}

type State = NonNullable<BrowserContextOptions["storageState"]>;

/** Tries until it is there; ten seconds are more than anything here may take. */
export async function eventually<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 15_000;
  while (Date.now() < deadline) {
    const found = await look();
    if (found !== undefined) return found;
    await sleep(100);
  }
  throw new Error(`${what} didn't come`);
}

export async function openWorld(options: ProductOptions = {}): Promise<World> {
  const env = { LEADCLOCK_RATE_LIMIT: "off", ...options.env };
  const [product, browser] = await Promise.all([startProduct({ ...options, env }), launchChromium()]);
  const { origin } = product;

  const api = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const answer = await fetch(origin + path, {
      method,
      headers: { authorization: `Bearer ${product.apiKey}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as T;
  };
  const message = (about: string, fits: (message: Message) => boolean, kind = "mail"): Promise<Message> =>
    eventually(about, async () => {
      const answer = await fetch(`${origin}/inbox.json?kind=${kind}&limit=500`);
      return ((await answer.json()) as { messages: Message[] }).messages.find(fits);
    });
  const visit = (path: string, more?: BrowserContextOptions) => openPage(browser, origin + path, more);

  return {
    product,
    browser,
    visit,
    api,
    message,
    async publish(document) {
      await api("PUT", "/v1/config", document);
    },
    async leadOf(email) {
      const { leads } = await api<{ leads: Lead[] }>("GET", `/v1/leads?q=${encodeURIComponent(email)}`);
      expect(leads, `leads of ${email}`).toHaveLength(1);
      return api<Lead>("GET", `/v1/leads/${leads[0]!.id}`);
    },
    async signedIn(email) {
      const { page, close } = await visit("/board");
      await askForLink(page, email);
      await page.goto(
        linkIn(await message("the link", (mail) => mail.to === email && mail.subject.startsWith("Sign in"))),
      );
      await page.getByRole("heading", { name: "Awaiting first touch" }).waitFor();
      const state = await page.context().storageState();
      await close();
      return state;
    },
    async close() {
      await browser.close();
      await product.stop();
    },
  };
}

export async function askForLink(page: Page, email: string): Promise<void> {
  await page.getByLabel("Work e-mail").fill(email);
  await page.getByRole("button", { name: "Send me a link" }).click();
  await page.getByRole("heading", { name: "Check your mail" }).waitFor();
}

/** The first link of ours in a mail's text. */
export function linkIn({ text }: Message, pattern = /https?:\/\/\S+/): string {
  return pattern.exec(text)?.[0] ?? expect.fail(`no link in: ${text}`);
}

/** The team's document with every event sent to the local receiver, signed. */
export function companyDocument(origin: string, options: TeamOptions = {}): ConfigInput {
  return {
    ...teamDocument({ reps: 2, ...options }),
    notifications: [
      {
        id: "ops",
        channel: "webhook",
        url: `${origin}/local/hooks/ops`,
        secretRef: "OPS_WEBHOOK_SECRET",
        events: ["*"],
      },
    ],
  };
}

/** Nobody is on duty before next week's middle: windows on the two days furthest from now. */
export function closedNow(document: ConfigInput, now = Date.now()): ConfigInput {
  const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
  const later = days[(new Date(now).getUTCDay() + 3) % 7]!;
  return {
    ...document,
    calendars: [{ id: "always", timezone: "UTC", hours: { [later]: [["09:00", "17:00"]] } }],
  };
}

/** How many seconds the row's clock shows; negative once it is overdue. */
export async function shownSeconds(page: Page, leadId: string): Promise<number> {
  const text = (await page.locator(`[data-lead="${leadId}"] .count-figures`).textContent()) ?? "";
  const [minutes = "", seconds = ""] = text.replace("−", "-").split(":");
  return Number(minutes) * 60 + Number(seconds);
}

export const boardOf = (world: World): Promise<Board> => world.api<Board>("GET", "/v1/board");

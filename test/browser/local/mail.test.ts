/** A mail as its reader sees it on a telephone: nothing is cut off, however long an address is. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { toHtml } from "../../../worker/outbound/layout.ts";
import { launchChromium, PHONE } from "../../support/chromium.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const LONG = `${"a-very-long-mailbox-name.".repeat(4)}team@department.of-long-names.example`;

/** On its own, and in the inbox, whose frame leaves it less room. */
test.each([PHONE.width, 320])("a mail in %i px", async (width) => {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  await page.setContent(
    toHtml({
      subject: "New lead",
      title: `New lead: ${LONG}`,
      paragraphs: [`Write to ${LONG} by 14:00.`],
      facts: [
        ["E-mail", LONG],
        ["First touch due", "Mon 07:30"],
        ["Campaign", "x".repeat(200)],
      ],
      quote: { label: "They wrote", text: `See https://long.example/${"path/".repeat(40)}` },
      actions: [
        { label: "Open the lead", href: "https://leads.example/1" },
        { label: LONG, href: `mailto:${LONG}` },
      ],
      footer: `Sent to ${LONG}.`,
    }),
  );
  const card = (await page.locator(".card").boundingBox())!;
  const past = await page
    .locator(".card *")
    .evaluateAll(
      (all, end) =>
        all.filter((each) => each.getBoundingClientRect().right > end).map((each) => each.outerHTML),
      card.x + card.width,
    );
  expect(past).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  await page.close();
});

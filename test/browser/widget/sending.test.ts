/** Between the click and the answer: whatever breaks, one submission arrives once, under one id, or the visitor knows why not. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { fillDemo, openStage, recordEvents, shiftOf, type Stage, violations } from "./harness.ts";
import { inMinutes } from "./stand-in.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.server.attempts.length = 0;
  stage.server.faults.length = 0;
  stage.server.stored.clear();
});

const submit = (page: Page): Promise<void> => page.getByRole("button", { name: "Request a demo" }).click();
const thanks = (page: Page): Promise<void> => page.getByRole("heading", { name: "Thank you" }).waitFor();
const ids = (): Set<string> => new Set(stage.server.attempts.map(({ submissionId }) => submissionId));

async function filled(): Promise<Page> {
  const page = await stage.visit("09-reserved");
  await fillDemo(page);
  return page;
}

test("acknowledged in place, announced to the page without personal data, nothing moved", async () => {
  const page = await filled();
  const events = await recordEvents(page);
  await page.evaluate(() => void ((window as unknown as { dataLayer: unknown }).dataLayer = []));
  stage.server.faults.push({ kind: "slow", ms: 900 });
  await submit(page);
  await thanks(page);
  await page.getByText("Ana will reach you by").waitFor();
  await page.getByText(/^in (9|10) minutes$/).waitFor();
  const receipt = page.getByRole("link", { name: "See your receipt" });
  expect(await receipt.getAttribute("href")).toMatch(new RegExp(`^${stage.server.url}receipt/receipt-`));
  // Said once, in the visitor's own clock: the server's sentence would tell the same time in another.
  expect(await page.getByRole("status").textContent()).toMatch(
    /^Ana will reach you by\d\d:\d\din (9|10) minutes(today|tomorrow), your time$/,
  );
  expect(await page.getByText(stage.server.acknowledgement.message).count()).toBe(0);
  expect(await violations(page)).toEqual([]);
  expect(await shiftOf(page)).toBeLessThan(0.001);
  const seen = await events();
  expect(seen.map(({ type }) => type)).toEqual(["submit", "acknowledged"]);
  expect(JSON.stringify(seen)).not.toMatch(/kim|umbrella|ana/i);
  expect(await page.evaluate(() => (window as unknown as { dataLayer: unknown }).dataLayer)).toEqual([
    { event: "leadclock_submitted", leadclock_form: "demo", leadclock_kind: "in_coverage" },
  ]);
  await page.context().close();
});

test("a double click sends once", async () => {
  const page = await filled();
  stage.server.faults.push({ kind: "slow", ms: 300 });
  await page.getByRole("button", { name: "Request a demo" }).dblclick();
  await thanks(page);
  expect(stage.server.attempts).toHaveLength(1);
  await page.context().close();
});

test("lost before or after the write, or failed: tried again under the same id, taken once", async () => {
  const page = await filled();
  stage.server.faults.push({ kind: "dropAfter" }, { kind: "problem", status: 503 });
  await submit(page);
  await page.getByText("Still trying, nothing is lost").waitFor();
  expect(await violations(page)).toEqual([]);
  await thanks(page);
  expect(stage.server.attempts.length).toBeGreaterThanOrEqual(3);
  expect(ids().size).toBe(1);
  expect(stage.server.stored.size).toBe(1);
  await page.context().close();
});

test("the visitor may try now, or edit: unchanged answers keep the id, changed ones get another", async () => {
  const page = await filled();
  const down = { kind: "problem", status: 500 } as const;
  stage.server.faults.push(down, down, down);
  await submit(page);
  await page.getByRole("button", { name: "Try now" }).click();
  await page.getByRole("button", { name: "Edit answers" }).click();
  await submit(page);
  await page.getByRole("button", { name: "Edit answers" }).click();
  expect(ids().size).toBe(1);
  await page.getByLabel("Company").fill("Umbrella");
  await submit(page);
  await thanks(page);
  expect(ids().size).toBe(2);
  await page.context().close();
});

test("a reload goes on with the same submission", async () => {
  const page = await filled();
  // Chromium repeats a request by itself when a kept-alive connection drops: enough drops for it and for us.
  stage.server.faults.push(...Array.from({ length: 12 }, () => ({ kind: "dropAfter" }) as const));
  await submit(page);
  await page.getByText("Still trying").waitFor();
  const attempts = stage.server.attempts.length;
  await page.reload();
  await page.getByText("Still trying").waitFor();
  expect(await page.getByLabel("Work e-mail").inputValue()).toBe("kim@umbrella.example");
  stage.server.faults.length = 0;
  await thanks(page);
  expect(stage.server.attempts.length).toBeGreaterThan(attempts + 1);
  expect(stage.server.stored.size).toBe(1);
  expect(ids().size).toBe(1);
  await page.reload();
  await page.getByLabel("Work e-mail").waitFor();
  expect(await page.getByLabel("Work e-mail").inputValue()).toBe("");
  await page.context().close();
});

test("leaving while waiting sends once more on the way out", async () => {
  const page = await filled();
  stage.server.faults.push({ kind: "problem", status: 503, retryAfter: 60 });
  await submit(page);
  await page.getByText("Still trying").waitFor();
  await page.goto("about:blank");
  await expect.poll(() => stage.server.stored.size, { timeout: 5000 }).toBe(1);
  expect(ids().size).toBe(1);
  await page.context().close();
});

test("429: waits as long as asked, then goes on by itself", async () => {
  const page = await filled();
  stage.server.faults.push({ kind: "problem", status: 429, retryAfter: 3 });
  const start = Date.now();
  await submit(page);
  await page.getByText("Very busy just now").waitFor();
  await page.getByRole("button", { name: "Waiting" }).click({ force: true });
  await thanks(page);
  expect(Date.now() - start).toBeGreaterThan(2900);
  expect(stage.server.attempts).toHaveLength(2);
  await page.context().close();
});

test("422: what the server says stands beside its field, in focus; mended, it is sent", async () => {
  const page = await filled();
  const errors = [
    { pointer: "/fields/company", detail: "name the company" },
    { pointer: "/fields/plan", detail: "plan is unknown" },
    { pointer: "/consent", detail: "consent is needed" },
  ];
  stage.server.faults.push({ kind: "problem", status: 422, errors });
  await submit(page);
  await page.getByText("Name the company").waitFor();
  await page.getByText("Consent is needed").waitFor();
  // A hidden field has no place of its own.
  expect(await page.getByRole("status").textContent()).toBe("Plan is unknown.");
  expect(await page.getByLabel("Company").evaluate((input) => input.matches(":focus"))).toBe(true);
  expect(await violations(page)).toEqual([]);
  await page.getByLabel("Company").fill("Umbrella");
  await page.getByRole("checkbox").click();
  await page.getByRole("checkbox").click();
  await submit(page);
  await thanks(page);
  await page.context().close();
});

test("409: the id was somebody else's; the same answers go under a fresh one", async () => {
  const page = await filled();
  stage.server.faults.push({ kind: "problem", status: 409 });
  await submit(page);
  await thanks(page);
  expect(ids().size).toBe(2);
  await page.context().close();
});

test.each([
  [403, "This site isn’t allowed to send this form."],
  [413, "This is too long."],
])("%i is explained and the answers stay", async (status, text) => {
  const page = await filled();
  stage.server.faults.push({ kind: "problem", status });
  await submit(page);
  await page.getByText(text).waitFor();
  expect(await page.getByLabel("Work e-mail").inputValue()).toBe("kim@umbrella.example");
  expect(stage.server.attempts).toHaveLength(1);
  await page.context().close();
});

test.each([
  [
    "after_hours",
    "you’re in line",
    null,
    inMinutes(26 * 60),
    /We’re outside our hours now.*tomorrow, your time$/,
  ],
  ["received", "we have it", null, null, /^We’ll write to you.$/],
] as const)("%s tells what is known and no more", async (kind, heading, owner, promiseAt, words) => {
  const before = stage.server.acknowledgement;
  stage.server.acknowledgement = { kind, message: "We’ll write to you.", owner, promiseAt, timezone: "UTC" };
  const page = await filled();
  await submit(page);
  await page.getByRole("heading", { name: heading }).waitFor();
  expect(await page.locator("time").count()).toBe(promiseAt ? 1 : 0);
  expect(await page.getByRole("status").textContent()).toMatch(words);
  expect(await violations(page)).toEqual([]);
  stage.server.acknowledgement = before;
  await page.context().close();
});

test("once the promised time has come the page says so, and where to look", async () => {
  const before = stage.server.acknowledgement;
  const page = await filled();
  stage.server.acknowledgement = { ...before, promiseAt: new Date(Date.now() + 1000).toISOString() };
  await page.clock.install();
  await submit(page);
  await page.getByText("in less than a minute").waitFor();
  // The minute that was told is over, and not the second within it that the clock enforces.
  await page.clock.fastForward(61_000);
  await page.getByText("If you haven’t, your receipt shows where things stand.").waitFor();
  expect(await page.locator("time").count()).toBe(0);
  stage.server.acknowledgement = before;
  await page.context().close();
});

/** What happens by itself: a lead nobody touches moves on, closed hours are told, whoever goes away leaves nothing behind. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BrowserContextOptions, Page } from "playwright-core";
import { axeInBothThemes, PHONE, shoot, sidewaysScroll } from "../../support/chromium.ts";
import { boardOf, closedNow, companyDocument, eventually, openWorld, type World } from "./support/world.ts";

let world: World;
let manager: NonNullable<BrowserContextOptions["storageState"]>;
beforeAll(async () => {
  world = await openWorld();
  await world.publish(companyDocument(world.product.origin));
  manager = await world.signedIn("mia@acme.example");
});
afterAll(() => world.close());

const EMAILS: Readonly<Record<string, string>> = { rep1: "rep1@acme.example", rep2: "rep2@acme.example" };

/** Fills the demo site's form in and waits for the acknowledgement. */
async function ask(email: string): Promise<{ page: Page; told: string; close: () => Promise<void> }> {
  const { page, close } = await world.visit("/demo");
  await page.getByLabel("Work e-mail").fill(email);
  await page.getByRole("button", { name: "Send" }).click();
  const acknowledged = page.locator("leadclock-form .acknowledged");
  await acknowledged.waitFor();
  return { page, told: (await acknowledged.textContent()) ?? "", close };
}

const openBoard = (options: BrowserContextOptions = {}) =>
  world.visit("/board", { storageState: manager, ...options });

test("an empty board says what will appear, in every look", async () => {
  const { page, wrong, close } = await openBoard();
  await page.getByText("Live", { exact: true }).waitFor();
  for (const viewport of [PHONE, { width: 1280, height: 800 }]) {
    await page.setViewportSize(viewport);
    await shoot(page, "product", `empty board ${viewport.width}`);
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await axeInBothThemes(page)).toEqual([]);
  }
  expect(wrong).toEqual([]);
  await close();
});

test("nobody touches it: it moves to the next person by itself and everybody concerned hears", async () => {
  await world.publish(companyDocument(world.product.origin, { firstTouch: "PT6S", maxReassignments: 1 }));
  const { page, close } = await openBoard();
  await page.getByText("Live", { exact: true }).waitFor();
  const visitor = await ask("waiting@firm.example");
  const before = await world.leadOf("waiting@firm.example");
  const old = before.owner!;
  const row = page.locator(`[data-lead="${before.id}"]`);
  const group = (name: string) => page.locator("section.group", { has: page.getByRole("heading", { name }) });
  await group(old.name).locator(row).waitFor();

  const next = old.id === "rep1" ? { id: "rep2", name: "Rep 2" } : { id: "rep1", name: "Rep 1" };
  await group(next.name).locator(row).waitFor({ timeout: 20_000 });
  expect(await row.textContent()).toContain("reassigned 1×");
  await shoot(page, "product", "moved");
  const after = await world.leadOf("waiting@firm.example");
  expect(after).toMatchObject({ owner: { id: next.id }, reassignments: 1, breaches: 1 });
  // Their mail had gone out: the miss is the person's, not the delivery's.
  const breached = after.timeline.find(({ type }) => type === "sla.breached");
  expect(breached?.data).toMatchObject({ owner: { id: old.id }, attribution: "person" });
  // The visitor's promise stays what they were told.
  expect(after.promiseAt).toBe(before.promiseAt);

  const about = (to: string, what: RegExp) => (mail: { to: string; subject: string; text: string }) =>
    mail.to === to && what.test(mail.subject) && mail.text.includes(before.id);
  await world.message("the old owner's mail", about(EMAILS[old.id]!, /no longer|went|moved|reassigned/i));
  await world.message("the new owner's mail", about(EMAILS[next.id]!, /./));
  await world.message("the manager's mail", about("mia@acme.example", /./));
  await visitor.close();
  await close();
});

test("after hours the visitor is told when we open, and the board when the clock starts", async () => {
  await world.publish(closedNow(companyDocument(world.product.origin)));
  const visitor = await ask("night@firm.example");
  const lead = await world.leadOf("night@firm.example");
  expect(lead.provisional).toBe(true);
  const opening = new Date(lead.clockStartsAt!);
  expect(opening.getUTCHours()).toBe(9);
  const day = opening.toLocaleDateString("en-GB", { weekday: "long", timeZone: "Europe/Berlin" });
  expect(visitor.told).toContain("We’re outside our hours now");
  expect(visitor.told).toContain(day);
  expect(await axeInBothThemes(visitor.page)).toEqual([]);
  await shoot(visitor.page, "product", "after hours");

  const { page, close } = await openBoard();
  await page.getByRole("heading", { name: "Waiting for opening" }).waitFor();
  await page.getByRole("link", { name: "night@firm.example" }).click();
  await page.getByText("Waiting for opening").first().waitFor();
  await shoot(page, "product", "lead after hours");
  expect(await axeInBothThemes(page)).toEqual([]);
  await visitor.close();
  await close();
});

describe("while somebody is away", () => {
  test("going away re-homes what is untouched, without a strike", async () => {
    await world.publish(companyDocument(world.product.origin));
    const visitor = await ask("rehome@firm.example");
    const before = await world.leadOf("rehome@firm.example");
    const { page, close } = await openBoard();
    await page.getByText("Live", { exact: true }).waitFor();
    await page.getByRole("link", { name: "People" }).click();
    const person = page.locator("li, article, section, tr").filter({ hasText: before.owner!.name }).last();
    await person.getByRole("button", { name: /away/i }).click();
    await shoot(page, "product", "set away");
    await page.getByRole("dialog").getByRole("button", { name: "Set away" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    const after = await eventually("the new owner", async () => {
      const lead = await world.leadOf("rehome@firm.example");
      return lead.owner?.id === before.owner!.id ? undefined : lead;
    });
    expect(after.breaches).toBe(0);
    expect((await boardOf(world)).people.find(({ id }) => id === before.owner!.id)).toMatchObject({
      state: "away",
      awaiting: 0,
    });
    await visitor.close();
    await close();
  });
});

test("the board survives the product: it says so, and is live again when it is back", async () => {
  const { page, close } = await openBoard();
  await page.getByText("Live", { exact: true }).waitFor();
  await world.product.stop();
  await page.getByText("Reconnecting…").first().waitFor();
  await shoot(page, "product", "product stopped");
  expect(await axeInBothThemes(page)).toEqual([]);
  await world.product.restart();
  await page.getByText("Live", { exact: true }).waitFor({ timeout: 40_000 });
  await close();
});

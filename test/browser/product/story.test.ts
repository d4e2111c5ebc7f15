/** The mission from end to end: a visitor asks, is told who and when; a rep hears within seconds; the board follows by itself. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { axeInBothThemes, PHONE, shoot } from "../../support/chromium.ts";
import { askForLink, companyDocument, linkIn, openWorld, shownSeconds, type World } from "./support/world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await world.publish(companyDocument(world.product.origin));
});
afterAll(() => world.close());

const REPS: Readonly<Record<string, string>> = { "Rep 1": "rep1@acme.example", "Rep 2": "rep2@acme.example" };

test("one lead from the form to the first touch", async () => {
  const manager = await world.visit("/board");
  await askForLink(manager.page, "mia@acme.example");
  const mail = await world.message(
    "the link",
    ({ to, subject }) => to === "mia@acme.example" && subject.startsWith("Sign in"),
  );
  const link = linkIn(mail);
  await manager.page.goto(link);
  await manager.page.getByRole("heading", { name: "Awaiting first touch" }).waitFor();
  await manager.page.getByText("Live", { exact: true }).waitFor();
  // From here on only the socket may tell the board.
  const loads: string[] = [];
  manager.page.on("framenavigated", (frame) => loads.push(frame.url()));

  // With the keyboard alone.
  const visitor = await world.visit("/demo");
  const keys = visitor.page.keyboard;
  await visitor.page.getByLabel("Work e-mail").focus();
  await keys.type("robin@umbrella.example");
  await keys.press("Tab");
  await keys.type("Robin Example");
  await keys.press("Tab");
  await keys.type("Umbrella");
  await keys.press("Enter");
  const told = visitor.page.locator("leadclock-form .acknowledged");
  await told.waitFor();
  const lead = await world.leadOf("robin@umbrella.example");
  const owner = lead.owner!.name;
  expect(await told.textContent()).toContain(`${owner} will reach you by`);
  const due = new Date(Math.ceil(Date.parse(lead.promiseAt!) / 60_000) * 60_000);
  const [berlin, utc] = ["Europe/Berlin", "UTC"].map((timeZone) =>
    due.toLocaleTimeString("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" }),
  );
  expect(await told.locator("time").textContent()).toBe(berlin);
  expect(visitor.wrong).toEqual([]);

  // The receipt says the same.
  const href = await visitor.page.getByRole("link", { name: "See your receipt" }).getAttribute("href");
  const receipt = await world.visit(new URL(href!).pathname);
  const receiptText = await receipt.page.getByRole("main").textContent();
  expect(receiptText).toContain("Your request is with a person");
  expect([berlin, utc].some((time) => receiptText!.includes(time!))).toBe(true);
  expect(receipt.wrong).toEqual([]);

  // The board shows it by itself, with a clock that runs.
  const row = manager.page.locator(`[data-lead="${lead.id}"]`);
  await row.waitFor();
  expect(await row.textContent()).toContain("Robin Example");
  const first = await shownSeconds(manager.page, lead.id);
  expect(first).toBeGreaterThan(540);
  expect(first).toBeLessThanOrEqual(600);
  await expect.poll(() => shownSeconds(manager.page, lead.id)).toBeLessThan(first);

  // The owner has mail, and the receiver a webhook whose signature it accepted.
  const news = await world.message(
    "the rep's mail",
    ({ to, text }) => to === REPS[owner] && text.includes(lead.id),
  );
  expect(news.text).toContain("Robin Example");
  const hook = await world.message(
    "the webhook",
    ({ subject, text }) => subject === "lead.assigned" && text.includes(lead.id),
    "webhook",
  );
  expect(hook.verdict).toBe("accepted");
  const inbox = await world.visit("/inbox");
  await inbox.page.getByText(news.subject).first().waitFor();
  await shoot(inbox.page, "product", "inbox");

  // The rep opens the mail's link on the phone, signs in, and is on the lead.
  const rep = await world.visit(new URL(linkIn(news, /\S+\/board\/leads\/\S+/)).pathname, {
    viewport: PHONE,
  });
  await askForLink(rep.page, REPS[owner]!);
  const own = await world.message(
    "the rep's link",
    ({ to, subject }) => to === REPS[owner] && subject.startsWith("Sign in"),
  );
  await rep.page.goto(linkIn(own));
  await rep.page.getByRole("heading", { name: "Robin Example", level: 1 }).waitFor();
  await shoot(rep.page, "product", "lead on a phone");
  expect(await axeInBothThemes(rep.page)).toEqual([]);
  await rep.page.getByRole("button", { name: "E-mailed" }).click();
  await rep.page.getByText("Logged: e-mailed.").first().waitFor();

  // The row is gone for the manager, still without a reload, and the receipt knows.
  await row.waitFor({ state: "detached" });
  expect(loads).toEqual([]);
  expect(manager.wrong).toEqual([]);
  await receipt.page.reload();
  await receipt.page.getByRole("heading", { name: "You have been answered" }).waitFor();
  expect(await axeInBothThemes(receipt.page)).toEqual([]);

  // The manager's link has been used: another browser gets nowhere with it, and is told so.
  const thief = await world.visit(new URL(link).pathname + new URL(link).search);
  await thief.page.getByText("That link was already used, or has expired").waitFor();
  expect(await axeInBothThemes(thief.page)).toEqual([]);
  await Promise.all([manager, visitor, receipt, inbox, rep, thief].map(({ close }) => close()));
}, 120_000);

describe("one lead, whatever happens on the way", () => {
  test("the network fails at the first attempt", async () => {
    const { page, close } = await world.visit("/demo");
    let attempts = 0;
    await page.route("**/submissions", (route) => (attempts++ === 0 ? route.abort() : route.continue()));
    await page.getByLabel("Work e-mail").fill("offline@firm.example");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByText("Still trying, nothing is lost").waitFor();
    await page.locator("leadclock-form .acknowledged").waitFor();
    expect(attempts).toBe(2);
    await world.leadOf("offline@firm.example");
    await close();
  });

  test("the answer is lost after the lead was taken", async () => {
    const { page, close } = await world.visit("/demo");
    let attempts = 0;
    await page.route("**/submissions", async (route) => {
      if (attempts++ > 0) return route.continue();
      await route.fetch();
      await route.abort();
    });
    await page.getByLabel("Work e-mail").fill("lost@firm.example");
    await page.getByRole("button", { name: "Send" }).click();
    await page.locator("leadclock-form .acknowledged").waitFor();
    expect(attempts).toBe(2);
    const lead = await world.leadOf("lost@firm.example");
    expect(lead.timeline.filter(({ type }) => type === "lead.captured")).toHaveLength(1);
    expect(lead.timeline.filter(({ type }) => type === "lead.joined")).toEqual([]);
    await close();
  });

  test("the button is pressed twice", async () => {
    const { page, close } = await world.visit("/demo");
    await page.getByLabel("Work e-mail").fill("twice@firm.example");
    await page.getByRole("button", { name: "Send" }).dblclick();
    await page.locator("leadclock-form .acknowledged").waitFor();
    const lead = await world.leadOf("twice@firm.example");
    expect(lead.timeline.filter(({ type }) => type === "lead.joined")).toEqual([]);
    await close();
  });
});

test("without JavaScript: an error keeps what was typed, then a page of thanks", async () => {
  const { page, close } = await world.visit("/demo/no-js", { javaScriptEnabled: false });
  // The browser's own check would stop it: a visitor's may be older, or a robot.
  const answer = await fetch(`${world.product.origin}/demo/no-js`);
  expect(answer.status).toBe(200);
  await page.getByLabel("Work e-mail").fill("plain@nodomain");
  await page.getByLabel("Your name").fill("Kim “K” <Doe>");
  await page.getByLabel("Company").fill("Plain & Sons");
  await page.getByRole("main").getByRole("button", { name: "Book a demo" }).click();
  await page.getByRole("heading", { name: "Please have another look" }).waitFor();
  await shoot(page, "product", "422");
  expect(await page.getByLabel("Name").inputValue()).toBe("Kim “K” <Doe>");
  expect(await page.getByLabel("Company").inputValue()).toBe("Plain & Sons");
  expect(await page.getByLabel("Work e-mail").inputValue()).toBe("plain@nodomain");
  await page.getByLabel("Work e-mail").fill("plain@firm.example");
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("heading", { name: "Your request is with a person" }).waitFor();
  await shoot(page, "product", "receipt");
  expect((await world.leadOf("plain@firm.example")).person.name).toBe("Kim “K” <Doe>");
  await close();
});

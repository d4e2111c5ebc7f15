/** Every page with the demo's real data: accessible, without sideways scrolling, nothing refused or failing. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BrowserContextOptions, Page } from "playwright-core";
import type { LeadSummary } from "../../../schema/wire/lead.ts";
import { axe, DESK, layoutShift, PHONE, shoot, sidewaysScroll } from "../../support/chromium.ts";
import { boardOf, openWorld, type World } from "./support/world.ts";

let world: World;
/** From here on nobody works: what is missed then is no part of the demo's day. */
let began: number;
let manager: NonNullable<BrowserContextOptions["storageState"]>;
beforeAll(async () => {
  world = await openWorld({ seed: "demo" });
  began = Date.now();
  manager = await world.signedIn("imani.okonveld@heliorobotics.example");
});
afterAll(() => world.close());

/** The phone in the dark and the desk in the light: both themes, both layouts, every rule. */
async function look(page: Page, name: string): Promise<void> {
  for (const [viewport, colorScheme] of [
    [PHONE, "dark"],
    [DESK, "light"],
  ] as const) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    const where = `${name} ${viewport.width} ${colorScheme}`;
    await shoot(page, "product", where);
    expect(await sidewaysScroll(page), where).toBe(0);
    expect(await axe(page), where).toEqual([]);
  }
}

describe("for everybody", () => {
  // `/` and `/docs` look the same whatever the data: test/browser/local/docs.test.ts has them.
  test.for(["/demo/no-js", "/inbox"])("%s", async (path) => {
    const { page, wrong, close } = await world.visit(path);
    await look(page, path.replaceAll("/", " ").trim());
    expect(wrong).toEqual([]);
    await close();
  });

  test("/demo moves nothing while the form comes", async () => {
    const { page, wrong, close } = await world.visit("/demo");
    await page.getByLabel("Work e-mail").waitFor();
    expect(await layoutShift(page)).toBeLessThan(0.001);
    await look(page, "demo");
    expect(wrong).toEqual([]);
    await close();
  });

  test("the page that answers a faulty form", async () => {
    const { page, close } = await world.visit("/demo/no-js", { javaScriptEnabled: false });
    await page.getByLabel("Work e-mail").fill("visitor@nodomain");
    await page.getByRole("main").getByRole("button", { name: "Book a demo" }).click();
    await page.getByRole("heading", { name: "Please have another look" }).waitFor();
    const html = await page.content();
    await close();
    // axe needs scripts: the same markup, where they run.
    const again = await world.visit("/inbox.json");
    await again.page.setContent(html);
    await look(again.page, "422");
    await again.close();
  });

  test("a receipt, whatever became of the request", async () => {
    const submit = async (email: string) => {
      const body = { submissionId: `receipt-${email.replace("@", ".")}`, fields: { email } };
      const { leadId, receipt } = await world.api<{ leadId: string; receipt: string }>(
        "POST",
        "/v1/forms/demo/submissions",
        body,
      );
      return { leadId, path: `/receipt/${receipt}` };
    };
    const assigned = await submit("assigned@firm.example");
    const received = await submit("somebody@gmail.com");
    const answered = await submit("answered@company.example");
    const touch = { channel: "email", direction: "outbound", personal: true, outcome: "sent" };
    const owner = (await world.api<LeadSummary>("GET", `/v1/leads/${answered.leadId}`)).owner!.id;
    await world.api("POST", `/v1/leads/${answered.leadId}/touches`, { ...touch, by: owner });
    const closed = await submit("closed@closing.example");
    const { dispositions } = await world.api<{ dispositions: { code: string }[] }>("GET", "/v1/dispositions");
    await world.api("POST", `/v1/leads/${closed.leadId}/disposition`, {
      code:
        dispositions.find(({ code }) => /spam|junk|fit|student/.test(code))?.code ?? dispositions[0]!.code,
      nextStep: "None",
    });
    const pages = [
      ["received", received.path, "We have your request"],
      ["assigned", assigned.path, "Your request is with a person"],
      ["answered", answered.path, "You have been answered"],
      ["closed", closed.path, "This request is closed"],
      ["unknown", "/receipt/nothing-of-that-name", "There is no such receipt"],
    ] as const;
    for (const [name, path, heading] of pages) {
      const { page, close } = await world.visit(path);
      await page.getByRole("heading", { name: heading }).waitFor();
      await look(page, `receipt ${name}`);
      await close();
    }
  });
});

describe("for those who work here", () => {
  test("every page of the board", async () => {
    const { leads } = await boardOf(world);
    const late = leads.find(({ breaches, reassignments }) => breaches + reassignments > 0) ?? leads[0]!;
    const pages = [
      ["board", "/board?show=all", "Awaiting first touch"],
      ["leads", "/board/leads", "Leads"],
      ["lead", `/board/leads/${late.id}`, null],
      ["people", "/board/people", "People"],
      ["policy", "/board/config", "Policy"],
      ["deliveries", "/board/deliveries", "Deliveries"],
      ["nowhere", "/board/nowhere", null],
    ] as const;
    const { page, wrong, close } = await world.visit("/board", { storageState: manager });
    for (const [name, path, heading] of pages) {
      await page.goto(world.product.origin + path);
      await page.getByText("Live", { exact: true }).waitFor();
      await (heading ? page.getByRole("heading", { name: heading, level: 1 }) : page.locator("h1"))
        .first()
        .waitFor();
      await page.getByText("Loading").waitFor({ state: "detached" });
      await look(page, name);
    }
    expect(wrong).toEqual([]);
    await close();
  }, 120_000);

  test("whom the demo suspends stands nowhere alone, and a colleague's calendar was read", async () => {
    const { people, strikes } = await world.api<{
      people: { id: string; state: string }[];
      strikes: { person: string; counts: boolean; at: string }[];
    }>("GET", "/v1/people");
    expect(people.filter(({ state }) => state === "suspended").map(({ id }) => id)).toEqual(["darnell"]);
    const played = strikes.filter(({ counts, at }) => counts && Date.parse(at) < began);
    expect(new Set(played.map(({ person }) => person))).toEqual(new Set(["darnell"]));
    const { feeds } = await world.api<{ feeds: { person: string; error: string | null; events: number }[] }>(
      "GET",
      "/v1/time-off-feeds",
    );
    expect(feeds).toMatchObject([{ person: "meiling", error: null }]);
    expect(feeds[0]?.events).toBeGreaterThan(3);
  });

  test("every figure of today leads to as many leads as it says", async () => {
    const { page, close } = await world.visit("/board", { storageState: manager });
    for (const label of ["captured", "touched", "breached", "reassigned"] as const) {
      await page.goto(`${world.product.origin}/board`);
      await page.locator(".stat", { hasText: label }).first().click();
      await page.getByText(`Shown: leads ${label} today`).waitFor();
      const { leads } = await world.api<{ leads: unknown[] }>("GET", `/v1/leads?today=${label}&limit=200`);
      expect((await boardOf(world)).today[label], label).toBe(leads.length);
    }
    await close();
  });
});

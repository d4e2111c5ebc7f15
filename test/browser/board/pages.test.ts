/** Lists, people, policy, deliveries. */
import { describe, expect, test } from "vitest";
import { DESK, PHONE } from "../../support/chromium.ts";
import { FakeApi } from "./support/api.ts";
import { eventually, useStage } from "./support/stage.ts";

const open = useStage();

describe("leads", () => {
  test("filters stand in the address; pages follow one another without repeats", async () => {
    const { page, api } = await open("/board/leads");
    await eventually(
      () => page.locator("tbody tr").count(),
      (count) => count === 50,
    );
    await page.getByRole("button", { name: "Show more" }).click();
    await eventually(
      () => page.locator("tbody tr").count(),
      (count) => count === 67,
    );
    expect(await page.getByRole("button", { name: "Show more" }).count()).toBe(0);
    await page.getByLabel("Owner").selectOption({ label: "Chloé Martin" });
    await eventually(
      () => page.locator("tbody tr").count(),
      (count) => count === 2,
    );
    expect(page.url()).toContain("owner=chloe");
    await page.getByLabel("Search").fill("roche");
    await eventually(
      () => page.locator("tbody tr").count(),
      (count) => count === 1,
    );
    const asked = api.called(/GET \/v1\/leads$/).at(-1)!.query;
    expect(Object.fromEntries(asked)).toEqual({ q: "roche", owner: "chloe", limit: "50" });
    await page.getByLabel("Search").fill("nobody at all");
    await page.getByRole("heading", { name: "No lead fits these filters" }).waitFor();
  });
});

test.each([
  ["/board/leads", "390", PHONE],
  ["/board", "390", PHONE],
  ["/board", "1280", DESK],
])("%s at %s px: the longest clock stays out of the name beside it", async (path, _, viewport) => {
  const api = new FakeApi();
  const long = -(47 * 60 + 59) * 60_000 - 30_000;
  api.lead("L-late").firstTouchDueAt = new Date(Date.now() + long).toISOString();
  const { page } = await open(path, api, { viewport });
  const row = page.locator("li, tr", { hasText: "Priya Nair" }).first();
  const figures = row.locator(".count-figures");
  await eventually(
    () => figures.innerText(),
    (text) => text === "\u221247 h 59 m",
  );
  const right = await figures.evaluate((element) => {
    const text = document.createRange();
    text.selectNodeContents(element);
    return text.getBoundingClientRect().right;
  });
  expect(right).toBeLessThanOrEqual((await row.locator(".row-link").boundingBox())!.x - 4);
});

describe("people", () => {
  test("a rep goes away with a time of return, in their zone, and comes back", async () => {
    const { page, api } = await open("/board/people", new FakeApi({ me: "ben" }));
    await page.getByRole("button", { name: "Go away…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("The 2 leads still waiting", { exact: false }).waitFor();
    await dialog.getByLabel("Back at").fill("2020-01-01T10:00");
    await dialog.getByRole("button", { name: "Go away" }).click();
    await dialog.getByText("choose a time in the future").waitFor();
    await dialog.getByLabel("Back at").fill("2099-01-05T10:00");
    await dialog.getByRole("button", { name: "Go away" }).click();
    await page.getByRole("button", { name: "I’m back" }).click();
    await page.getByRole("button", { name: "Go away…" }).waitFor();
    const sent = api.called(/availability$/).map(({ body }) => body);
    expect(sent[1]).toEqual({ availability: "away", until: "2099-01-05T15:00:00.000Z", reason: null });
    expect(sent[2]).toEqual({ availability: "available" });
  });

  test("what waits for an opening changes hands too, and is counted before it does", async () => {
    const { page } = await open("/board/people");
    await page.locator("[data-person=gus]").getByRole("button", { name: "Set away…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog
      .getByText("The lead still waiting (for an opening) goes to others at once, without a strike.")
      .waitFor();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await page.locator("[data-person=gus]").getByRole("button", { name: "Time off…" }).click();
    await dialog.getByText("those not yet touched (1 now) go to others", { exact: false }).waitFor();
  });

  test("a rep can't change others; a manager reinstates, records and cancels time off", async () => {
    const rep = await open("/board/people", new FakeApi({ me: "ben" }));
    await rep.page.locator("[data-person=chloe]").waitFor();
    expect(await rep.page.locator("[data-person=chloe] button").count()).toBe(0);
    const { page, api } = await open("/board/people");
    await page.getByRole("button", { name: "Reinstate…" }).click();
    await page.getByRole("button", { name: "Reinstate", exact: true }).click();
    await eventually(
      () => page.locator("[data-person=eli]").innerText(),
      (text) => text.includes("Available"),
    );
    await page.getByRole("button", { name: "Cancel it" }).click();
    await eventually(
      () => api.called(/DELETE .*\/fay\/time-off\/to-1$/).length,
      (count) => count === 1,
    );
    await page.locator("[data-person=ben]").getByRole("button", { name: "Time off…" }).click();
    await page.getByLabel("From").fill("2099-01-05T09:00");
    await page.getByLabel("Until").fill("2099-01-09T17:00");
    await page.getByRole("button", { name: "Record it" }).click();
    await page.locator("[data-person=ben]").getByText("off from", { exact: false }).waitFor();
  });
});

describe("policy", () => {
  const editor = "Policy document (JSON)";

  test("broken JSON is pointed at before anything is sent", async () => {
    const { page, api } = await open("/board/config", new FakeApi({ me: "rui" }));
    const text = await page.getByLabel(editor).inputValue();
    await page.getByLabel(editor).fill(text.replace('"routing":', '"routing"'));
    await page.getByText("This isn’t valid JSON:").waitFor();
    expect(await page.getByRole("button", { name: "Check" }).isDisabled()).toBe(true);
    expect(api.called(/PUT/)).toHaveLength(0);
    await page.getByRole("button", { name: /^Line \d+, column \d+$/ }).click();
    const line = await page.evaluate(() => {
      const area = document.activeElement as HTMLTextAreaElement;
      return area.value.slice(area.selectionStart, area.selectionEnd);
    });
    expect(line).toBe("{");
  });

  test("an error blocks publishing and leads to its line; mended, it is published with its note", async () => {
    const { page, api } = await open("/board/config", new FakeApi({ me: "rui" }));
    const text = await page.getByLabel(editor).inputValue();
    await page
      .getByLabel(editor)
      .fill(
        JSON.stringify(
          { ...JSON.parse(text), routing: { ...JSON.parse(text).routing, default: [] } },
          null,
          2,
        ),
      );
    await page.getByLabel("What changed, and why").fill("Without a default");
    await page.getByRole("button", { name: "Publish as version 13" }).click();
    await page.getByText("Not published:", { exact: false }).waitFor();
    await page.getByRole("button", { name: /\/routing\/default$/ }).click();
    await page.locator(".editor-marked").waitFor();
    expect(await page.locator(".editor-marked").count()).toBe(1);
    await page.getByLabel(editor).fill(text.replace("Acme Robotics", "Acme Robots"));
    await page.getByText("The text has changed since this check.").waitFor();
    await page.getByRole("button", { name: "Check" }).click();
    await page.getByText("0 errors, 1 warning.", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Publish as version 13" }).click();
    await page.getByText("Version 13 is in force. Open leads", { exact: false }).waitFor();
    expect(api.versions[0]).toMatchObject({ version: 13, note: "Without a default" });
  });

  test("a manager reads it and can't publish", async () => {
    const { page } = await open("/board/config");
    expect(await page.getByLabel(editor).getAttribute("readonly")).not.toBeNull();
    expect(await page.getByRole("button", { name: /Publish/ }).count()).toBe(0);
  });

  test("a lead is tried without being written", async () => {
    const { page, api } = await open("/board/config", new FakeApi({ me: "rui" }));
    await page.getByLabel("E-mail").fill("mara@northwind.example");
    await page.getByLabel("Country").fill("DE");
    await page.getByRole("button", { name: "Where does it go?" }).click();
    await page.locator(".trial").getByText("To Ben Okafor, by the rule rest.").waitFor();
    expect(api.called(/route$/)[0]!.body).toEqual({
      leads: [{ id: "trial", email: "mara@northwind.example", country: "DE" }],
    });
  });
});

test("a failed delivery is sent again", async () => {
  const { page } = await open("/board/deliveries");
  await page.getByText("503 Service Unavailable after 10 s").waitFor();
  await page.getByRole("button", { name: "Send again" }).click();
  await page.getByRole("heading", { name: "Nothing failed" }).waitFor();
  await page.getByRole("button", { name: "Waiting" }).click();
  await eventually(
    () => page.locator(".delivery").count(),
    (count) => count === 2,
  );
});

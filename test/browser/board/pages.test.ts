/** Lists, people, deliveries. */
import { describe, expect, test } from "vitest";
import { DESK, PHONE } from "../../support/chromium.ts";
import { FakeApi } from "./support/api.ts";
import { makeTask } from "./support/tasks.ts";
import { eventually, useStage } from "./support/stage.ts";

const open = useStage();

describe("leads", () => {
  test("filters stand in the address, but what may name a person in no address that a server sees; pages follow one another without repeats", async () => {
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
    expect(api.called(/^POST \/v1\/leads\/search$/).at(-1)!.body).toEqual({
      q: "roche",
      owner: "chloe",
      limit: "50",
    });
    expect(api.calls.filter(({ query }) => query.has("q"))).toEqual([]);
    const { search, hash } = new URL(page.url());
    expect([search, hash]).toEqual(["?owner=chloe", "#q=roche"]);
    await page.reload();
    expect(await page.getByLabel("Search").inputValue()).toBe("roche");
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
    await page.getByRole("button", { name: "Set me away…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("The 2 leads still waiting", { exact: false }).waitFor();
    await dialog.getByLabel("Back at").fill("2020-01-01T10:00");
    await dialog.getByRole("button", { name: "Set myself away" }).click();
    await dialog.getByText("choose a time in the future").waitFor();
    await dialog.getByLabel("Back at").fill("2099-01-05T10:00");
    await dialog.getByRole("button", { name: "Set myself away" }).click();
    await page.getByRole("button", { name: "I’m back" }).click();
    await page.getByRole("button", { name: "Set me away…" }).waitFor();
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
    await rep.page
      .locator("[data-person=ben]")
      .getByText("the server answered 500, 6 tries in a row")
      .waitFor();
    expect(await rep.page.getByText("Calendar “emea”").count()).toBe(0);
    const { page, api } = await open("/board/people");
    await page.locator("[data-person=chloe]").getByText("Calendar “emea”: 3 absences ahead").waitFor();
    // What a calendar says is cancelled there, unless it can't be read any more.
    await page.getByLabel("Time off of Chloé Martin").getByText("(calendar)").waitFor();
    await page.getByLabel("Time off of Ben Okafor").getByRole("button", { name: "Cancel it" }).waitFor();
    await page.getByText("Calendar “gus” wasn’t read the last time:").waitFor();
    expect(await page.getByRole("button", { name: "Cancel it" }).count()).toBe(2);
    await page.getByRole("button", { name: "Reinstate…" }).click();
    await page.getByRole("button", { name: "Reinstate", exact: true }).click();
    await eventually(
      () => page.locator("[data-person=eli]").innerText(),
      (text) => text.includes("Available"),
    );
    await page.locator("[data-person=fay]").getByRole("button", { name: "Cancel it" }).click();
    await eventually(
      () => api.called(/DELETE .*\/fay\/time-off\/to-1$/).length,
      (count) => count === 1,
    );
    await page.locator("[data-person=ben]").getByRole("button", { name: "Time off…" }).click();
    await page.getByLabel("From").fill("2099-01-05T09:00");
    await page.getByLabel("Until").fill("2099-01-09T17:00");
    await page.getByRole("button", { name: "Record it" }).click();
    await page.locator("[data-person=ben]").getByText("off from", { exact: false }).nth(1).waitFor();
  });

  test("somebody leaves and comes back; where the policy would have a hole, it is shown and can be replayed", async () => {
    const { page, api } = await open("/board/people");
    const dialog = page.getByRole("dialog");
    expect(await page.locator("[data-person=ana]").getByRole("button", { name: "Deactivate…" }).count()).toBe(
      0,
    );
    await page.locator("[data-person=ben]").getByRole("button", { name: "Deactivate…" }).click();
    await dialog.getByText("The 7 open leads they own", { exact: false }).waitFor();
    await dialog.getByLabel("Reason").fill("Moves on");
    await dialog.getByRole("button", { name: "Deactivate" }).click();
    await page.locator("[data-person=ben]").getByText("Deactivated").waitFor();
    expect(api.called(/POST .*\/ben\/deactivate$/)[0]?.body).toEqual({ reason: "Moves on" });
    await page.locator("[data-person=ben]").getByRole("button", { name: "Reactivate…" }).click();
    await dialog.getByRole("button", { name: "Reactivate" }).click();
    await page.locator("[data-person=ben]").getByText("Available").waitFor();

    await page.locator("[data-person=chloe]").getByRole("button", { name: "Deactivate…" }).click();
    await dialog.getByRole("button", { name: "Deactivate" }).click();
    await dialog.getByText("the default chain has nobody active", { exact: false }).waitFor();
    await dialog.getByText("What happens, in 2 steps").click();
    await dialog.getByRole("button", { name: "Replay" }).click();
    await eventually(
      () => api.called(/POST \/v1\/route$/).length,
      (count) => count === 1,
    );
    expect(api.called(/POST \/v1\/route$/)[0]?.body).toMatchObject({ deactivated: ["chloe"] });
    expect(api.called(/POST \/v1\/route$/)[0]?.body).not.toHaveProperty("absent");
    expect(api.called(/POST \/v1\/route$/)[0]?.body).not.toHaveProperty("document");
    await page.getByText("As if somebody had left (1)").waitFor();
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

describe("tasks", () => {
  const withTasks = (): FakeApi => {
    const api = new FakeApi();
    api.tasks = [
      makeTask("t1", {}),
      makeTask("t2", {
        kind: "handoff",
        note: "Prepare a proposal",
        dueAt: new Date(Date.now() + 3_600_000).toISOString(),
      }),
      makeTask("t3", { owner: { id: "chloe", name: "Chloé Martin" }, kind: "followUp" }),
    ];
    return api;
  };

  test("a rep sees their own, says that one is done, and finds it among those done", async () => {
    const api = withTasks();
    api.me = "ben";
    const { page } = await open("/board/tasks", api);
    const rows = page.locator(".delivery");
    await eventually(
      () => rows.count(),
      (count) => count === 2,
    );
    expect(await rows.first().innerText()).toContain("overdue");
    expect(await rows.nth(1).innerText()).toContain("Prepare a proposal");
    await rows.first().getByRole("button", { name: "Done" }).click();
    await eventually(
      () => rows.count(),
      (count) => count === 1,
    );
    await page.getByRole("button", { name: "Done", exact: true }).first().click();
    await eventually(
      () => rows.count(),
      (count) => count === 1,
    );
    expect(await rows.first().innerText()).toContain("Second touch");
    expect(page.url()).toContain("state=done");
  });

  test("a manager sees everybody's, and a lead's page what is open for it", async () => {
    const api = withTasks();
    const { page } = await open("/board/tasks", api);
    await eventually(
      () => page.locator(".delivery").count(),
      (count) => count === 3,
    );
    await page.goto(page.url().replace(/\/board\/tasks.*/, "/board/leads/L-due"));
    await page.getByRole("heading", { name: "To do" }).waitFor();
    expect(await page.locator(".tasks .delivery").count()).toBe(3);
    expect(api.called(/^GET \/v1\/tasks$/).filter(({ query }) => query.has("lead"))).toHaveLength(1);
  });
});

test("people: what somebody missed, and whether it counts", async () => {
  const api = new FakeApi();
  const missed = (id: string, over: object) => ({
    id,
    person: "eli",
    leadId: "L-due",
    at: new Date().toISOString(),
    attribution: "person" as const,
    why: "They were there.",
    voidedAt: null,
    counts: true,
    ...over,
  });
  api.strikes = [missed("s1", {}), missed("s2", { attribution: "delivery", counts: false })];
  const { page } = await open("/board/people", api);
  const summary = page.locator(".strikes summary");
  expect(await summary.innerText()).toMatch(/Deadlines missed: 2 in 90 days, 1 counts now/);
  await summary.click();
  expect(await page.locator(".strikes li").allInnerTexts()).toEqual([
    expect.stringContaining("counts as a strike"),
    expect.stringContaining("hadn’t been told"),
  ]);
});

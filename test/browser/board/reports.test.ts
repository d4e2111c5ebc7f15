/** Reports on the board: figures first, a chart, the table one click away, and every number with the leads behind it. */
import { expect, test } from "vitest";
import { FakeApi } from "./support/api.ts";
import { problem } from "./support/replies.ts";
import { useStage } from "./support/stage.ts";

const open = useStage();

test("from all reports to one, its chart, its table, and the leads a figure counts", async () => {
  const { page, api } = await open("/board/reports", new FakeApi({ me: "ana" }));
  await page.locator(".tile", { hasText: "In time, share" }).getByText("committed 95 %, not met").waitFor();
  await page
    .getByRole("img", { name: /First touch in time, 2026-10-24 to 2026-11-22: between 80 % and 98 %/ })
    .waitFor();
  await page.getByRole("link", { name: "Speed-to-lead" }).click();
  await page.getByRole("heading", { name: "Speed-to-lead" }).waitFor();
  await page.locator(".tile", { hasText: "Median" }).getByText("5 min 10 s").waitFor();
  expect(await page.locator(".tile", { hasText: "Median" }).innerText()).toContain("baseline 15 min 5 s");
  expect(await page.locator(".bars .bar").first().innerText()).toMatch(/Ben Okafor[^]*4 min 8 s/);
  await page.getByRole("button", { name: "Table" }).click();
  expect(page.url()).toContain("view=table");
  const cell = page.getByRole("row", { name: /Cleo/ }).getByRole("link", { name: "15", exact: true });
  await cell.click();
  await page.getByText("Shown: leads that a report counts.").waitFor();
  expect(
    api
      .called(/^GET \/v1\/leads$/)
      .at(-1)
      ?.query.get("counted"),
  ).toBe("missed~2026-10-24~2026-11-22~person=cleo");
  await page.getByRole("button", { name: "Show all" }).click();
  await page.getByText("Shown:").waitFor({ state: "detached" });
});

test("period and grouping stand in the address and in what is asked; the CSV is of the same", async () => {
  const { page, api } = await open("/board/reports/sla-compliance", new FakeApi({ me: "ana" }));
  await page.locator(".bars").waitFor();
  // The report says how it groups by itself: the choice names that, and nothing vaguer.
  const by = page.getByLabel("By", { exact: true });
  expect(await by.evaluate((select: HTMLSelectElement) => select.selectedOptions[0]?.text)).toBe("Person");
  await by.selectOption("team");
  await page.getByRole("button", { name: "90 days" }).click();
  await page.locator(".bars").waitFor();
  const asked = api.called(/^GET \/v1\/reports\/sla-compliance$/).at(-1)?.query;
  expect(asked?.get("group")).toBe("team");
  expect(page.url()).toContain(`from=${asked?.get("from")}`);
  const csv = page.getByRole("link", { name: "sla-compliance as CSV" });
  expect(await csv.getAttribute("href")).toMatch(/group=team&format=excel$/);
});

test("a lead of a list is a link; nothing to show says what will; a failure can be tried again", async () => {
  const { page } = await open("/board/reports/missed-sla", new FakeApi({ me: "ana" }));
  expect(await page.getByRole("link", { name: "Ben Okafor" }).last().getAttribute("href")).toBe(
    "/board/leads/L-late",
  );
  const nothing = await open("/board/reports/missed-sla", new FakeApi({ me: "ana", leads: () => [] }));
  await nothing.page.getByRole("heading", { name: "Nothing in this period" }).waitFor();
  const api = new FakeApi({ me: "ana" });
  const over = api.force(/GET \/v1\/reports\//, problem(503, "Down", "The database is down."));
  const failed = await open("/board/reports/promises", api);
  await failed.page.getByText("The report didn’t load.").waitFor();
  over();
  await failed.page.getByRole("button", { name: "Try again" }).click();
  await failed.page.locator(".bars").waitFor();
});

test("the scorecard marks what wasn't kept, and its counts lead to their leads; nets too", async () => {
  const { page } = await open("/board/reports/scorecard", new FakeApi({ me: "ana" }));
  const missed = page.getByRole("row", { name: /In time, share/ });
  expect(await missed.locator(".flagged").innerText()).toBe("No");
  const leads = page.getByRole("row", { name: /^Leads/ });
  expect(await leads.getByRole("link", { name: "207" }).getAttribute("href")).toContain("counted=leads%7E");
  await page.goto(`${new URL(page.url()).origin}/board/reports/safety-nets?view=table`);
  const undelivered = page.getByRole("row", { name: /Messages given up on/ });
  expect(await undelivered.getByRole("link").getAttribute("href")).toBe("/board/deliveries");
});

test("the rotation ledger: what was due and got, and every number leads to the leads it counts", async () => {
  const { page, api } = await open("/board/reports", new FakeApi({ me: "ana" }));
  await page.getByRole("link", { name: "Rotation ledger" }).click();
  await page.getByRole("button", { name: "30 days" }).click();
  const ben = page.getByRole("row", { name: /^Ben Okafor weight 2/ }).first();
  expect(await ben.getByRole("cell").allInnerTexts()).toEqual([
    "",
    "12",
    "11.7",
    "18",
    "1",
    "+0.7",
    "2 full\n1 not meant for such leads",
  ]);
  expect(await page.getByRole("row", { name: /Oda Winter/ }).innerText()).toContain("no member any more");
  await page.getByText("1 lead given back").waitFor();
  const given = page.locator(".ledger-entries li");
  await given.getByRole("link", { name: "Priya Nair" }).waitFor();
  expect(await given.innerText()).toMatch(/to Ben Okafor: Priya Nair .* was closed as “Spam”/);
  await page.getByLabel("Team").selectOption("emea");
  await page.getByText("no lead given out").waitFor();
  expect(await page.getByRole("row", { name: /Oda Winter/ }).count()).toBe(0);
  await page.getByLabel("Team").selectOption("");
  await ben.getByRole("link", { name: "2", exact: true }).click();
  await page.getByText("Shown: leads for which SMB passed over Ben Okafor (full)").waitFor();
  const asked = api.called(/rotation-ledger$/).at(-1)!.query;
  expect(Object.fromEntries(api.called(/^GET \/v1\/leads$/).at(-1)!.query)).toMatchObject({
    ledger: "smb~full~ben",
    from: asked.get("from"),
    to: asked.get("to"),
  });
});

/** The page of imports: how far each came, what was refused, what to do about one that stopped, and that it keeps up. */
import { expect, test } from "vitest";
import { shoot } from "../../support/chromium.ts";
import { FakeApi } from "./support/api.ts";
import { problem } from "./support/replies.ts";
import { eventually, LOOKS, useStage } from "./support/stage.ts";

const open = useStage();

const revops = () => new FakeApi({ me: "rui" });

test("each import says how far it is, what was taken, and what to do", async () => {
  const { page } = await open("/board/imports", revops());
  await page.getByRole("heading", { name: "Imports" }).waitFor();
  const running = page.locator(".import", { hasText: "accounts.csv" });
  await running.getByText("Running").waitFor();
  expect(await running.getByRole("progressbar").getAttribute("value")).toBe("42");
  expect(await running.innerText()).toContain("420,000 read");
  const stopped = page.locator(".import", { hasText: "contacts 2026.csv" });
  expect(await stopped.innerText()).toMatch(/Interrupted[^]*goes on from line 18,001/);
  const done = page.locator(".import", { hasText: "deals.csv" });
  expect(await done.getByRole("progressbar").count()).toBe(0);
  expect(await done.innerText()).toMatch(/26,000\s+refused[^]*first 20,000[^]*by Rui Tavares/);
  const keys = page.locator(".import", { hasText: "Match keys" });
  expect(await keys.innerText()).toMatch(/rebuilt[^]*accounts are found by the keys they have/);
  const another = page.getByRole("region", { name: "Import another file" });
  expect(await another.innerText()).toMatch(
    /npx leadclock import accounts\.csv --to http:[^]*crm:write[^]*PUT \/v1\/accounts/,
  );
  expect(await another.getByRole("link", { name: "API’s documentation" }).getAttribute("href")).toBe("/docs");
});

test("the refused lines are a download", async () => {
  const { page, api } = await open("/board/imports", revops());
  const link = page.getByRole("link", { name: "26,000 refused lines of deals.csv, as a file" });
  await link.waitFor();
  expect(await link.getAttribute("href")).toBe("/v1/imports/imp-done-0001/errors");
  const download = page.waitForEvent("download");
  await link.click();
  await download;
  expect(api.called(/errors$/)).toHaveLength(1);
});

test("it keeps up by itself while something runs, and says when it can't", async () => {
  const { page, api } = await open("/board/imports", revops());
  const running = page.locator(".import", { hasText: "accounts.csv" });
  await running.getByText("420,000").waitFor();
  const moving = api.imports.find(({ name }) => name === "accounts.csv")!;
  Object.assign(moving, { received: 910_000, position: 91_000_000 });
  await running.getByText("910,000").waitFor();
  Object.assign(moving, { status: "done", finishedAt: new Date().toISOString() });
  await running.getByText("Done", { exact: true }).waitFor();
  const over = api.force(/GET \/v1\/imports$/, problem(503, "Down", "The database is down."));
  await page.reload();
  await page.getByText("Imports didn’t load.").waitFor();
  over();
  await page.getByRole("button", { name: "Try again" }).click();
  await running.waitFor();
});

test("nothing yet: the page says how to begin", async () => {
  const api = revops();
  api.imports = [];
  const { page } = await open("/board/imports", api);
  await page.getByRole("heading", { name: "Nothing was imported yet" }).waitFor();
  expect(await page.locator(".empty").innerText()).toContain(
    "npx leadclock import accounts.csv --to http://",
  );
  expect(await page.getByRole("region", { name: "Import another file" }).count()).toBe(0);
});

test("a rep neither sees the page nor its place in the navigation", async () => {
  const { page } = await open("/board/imports", new FakeApi({ me: "ben" }));
  await page.getByRole("heading", { name: "Not for your role" }).waitFor();
  expect(await page.getByRole("navigation").getByRole("link", { name: "Imports" }).count()).toBe(0);
});

test.each(["light", "dark"] as const)(
  "as it looks in %s, on a desk and on a telephone",
  async (colorScheme) => {
    for (const [where, options] of LOOKS) {
      const { page } = await open("/board/imports", revops(), { ...options, colorScheme });
      await page.locator(".import").first().waitFor();
      await eventually(
        () => page.locator(".import").count(),
        (count) => count === 4,
      );
      await shoot(page, "imports", `${where}-${colorScheme}`);
    }
  },
);

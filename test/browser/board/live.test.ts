/** The live board: server time, the socket, what happens when it is lost, and what a reader hears. */
import { describe, expect, test } from "vitest";
import { FakeApi } from "./support/api.ts";
import { summary } from "./support/replies.ts";
import { eventually, useStage } from "./support/stage.ts";

const open = useStage();
const figures = ".row[data-lead=L-quiet] .count-figures";
const toSeconds = (text: string) =>
  text
    .split(":")
    .map(Number)
    .reduce((sum, part) => sum * 60 + part, 0);

describe("the time left", () => {
  test("is computed against the server's clock, not the reader's", async () => {
    const api = new FakeApi();
    api.skewMs = 120_000;
    const { page } = await open("/board", api);
    const shown = toSeconds(await page.locator(figures).innerText());
    const due = Date.parse(api.lead("L-quiet").firstTouchDueAt!);
    expect(Math.abs(shown - (due - api.now()) / 1000)).toBeLessThan(2);
  });

  test("ticks each second without rendering the rows again", async () => {
    const { page } = await open("/board");
    await page.locator(figures).waitFor();
    const mutations = await page.evaluate(async () => {
      const seen: string[] = [];
      new MutationObserver((list) =>
        list.forEach(({ type, attributeName }) => seen.push(`${type} ${attributeName ?? ""}`)),
      ).observe(document.querySelector(".row[data-lead=L-quiet]")!, {
        subtree: true,
        childList: true,
        attributes: true,
        characterData: true,
      });
      await new Promise((resolve) => setTimeout(resolve, 3300));
      return seen;
    });
    const texts = mutations.filter((each) => each.startsWith("characterData"));
    expect(texts.length).toBeGreaterThanOrEqual(3);
    expect(texts.length).toBeLessThanOrEqual(4);
    expect(mutations.filter((each) => each.startsWith("childList"))).toEqual([]);
  });

  test("turns late when the deadline passes, with nothing from the server", async () => {
    const api = new FakeApi();
    const { page, server } = await open("/board", api);
    await page.getByText("Live", { exact: true }).waitFor();
    const clock = page.locator(".row[data-lead=L-quiet] .count");
    // Set once the page stands: however long it took to load, there are seconds left.
    api.lead("L-quiet").firstTouchDueAt = new Date(api.now() + 4000).toISOString();
    server.say({ type: "refresh", at: new Date(api.now()).toISOString() });
    await eventually(
      () => clock.getAttribute("class"),
      (look) => look?.includes("u-due") === true,
    );
    await eventually(
      () => clock.getAttribute("class"),
      (look) => look?.includes("u-breached") === true,
    );
    expect(await clock.innerText()).toMatch(/^−?0:0/);
  });
});

describe("the socket", () => {
  test("brings a lead, moves it, takes it away, and says only what matters", async () => {
    const { page, server, api } = await open("/board");
    await page.getByText("Live", { exact: true }).waitFor();
    const at = () => new Date(api.now() + 5).toISOString();
    const fresh = {
      ...summary(api.lead("L-quiet")),
      id: "L-new",
      owner: { id: "ana", name: "Ana Ferreira" },
    };
    fresh.person = { ...fresh.person, name: "Ines Valente" };
    server.say({ type: "leads", at: at(), leads: [fresh], gone: [] });
    await page.getByRole("link", { name: "Ines Valente" }).waitFor();
    await eventually(
      () => page.getByTestId("announcer").innerText(),
      (text) => text === "New lead for you: Ines Valente.",
    );
    server.say({
      type: "leads",
      at: at(),
      leads: [{ ...fresh, owner: { id: "ben", name: "Ben Okafor" } }],
      gone: ["L-due"],
    });
    const bens = page.getByRole("region", { name: "Ben Okafor" });
    await bens.getByRole("link", { name: "Ines Valente" }).waitFor();
    expect(await page.getByRole("link", { name: "Tomás Herrera" }).count()).toBe(0);
  });

  test("lost: says so quietly, keeps what is known, polls, comes back and fetches again", async () => {
    const { page, server, api } = await open("/board");
    await page.getByText("Live", { exact: true }).waitFor();
    server.sockets = false;
    server.dropSockets();
    await page.getByText("Meanwhile the board is fetched every ten seconds.").waitFor();
    expect(await page.locator(".row").count()).toBeGreaterThan(4);
    api.lead("L-quiet").firstTouchAt = new Date().toISOString();
    await eventually(
      () => page.locator(".row[data-lead=L-quiet]").count(),
      (count) => count === 0,
    );
    const before = api.called(/GET \/v1\/board$/).length;
    server.sockets = true;
    await page.getByText("Live", { exact: true }).waitFor({ timeout: 15_000 });
    await eventually(
      () => api.called(/GET \/v1\/board$/).length,
      (count) => count > before,
    );
  });

  test("a refresh message fetches the board", async () => {
    const { page, server, api } = await open("/board");
    await page.getByText("Live", { exact: true }).waitFor();
    api.people[1]!.state = "away";
    server.say({ type: "refresh", at: new Date().toISOString() });
    await page.getByRole("region", { name: "Ben Okafor" }).getByText("Away").waitFor();
  });
});

describe("what is on show", () => {
  test("a rep sees their own first, and may look at all", async () => {
    const { page } = await open("/board", new FakeApi({ me: "ben" }));
    await page.getByRole("heading", { name: "Ben Okafor" }).waitFor();
    expect(await page.getByRole("heading", { name: "Chloé Martin" }).count()).toBe(0);
    await page.getByRole("button", { name: "All" }).click();
    await page.getByRole("heading", { name: "Chloé Martin" }).waitFor();
    expect(page.url()).toContain("show=all");
    await page.reload();
    await page.getByRole("heading", { name: "Chloé Martin" }).waitFor();
  });

  test("openings stand apart with their time there and here", async () => {
    const { page } = await open("/board");
    const ahead = page.getByRole("region", { name: "Waiting for opening" });
    expect(await ahead.innerText()).toMatch(/Opens (\w{3} )?\d\d:\d\d in Los Angeles \(in 6 h 1[12] m\)/);
  });

  test("every figure leads to the list that it counts", async () => {
    const { page, api } = await open("/board");
    await page.getByRole("link", { name: "1 breached" }).click();
    await page.getByText("Shown: leads breached today.").waitFor();
    await eventually(
      () => page.locator("tbody tr").count(),
      (count) => count === 1,
    );
    expect(
      api
        .called(/GET \/v1\/leads$/)
        .at(-1)!
        .query.get("today"),
    ).toBe("breached");
  });

  test("empty: says what will appear and how to make it", async () => {
    const { page } = await open("/board", new FakeApi({ leads: () => [] }));
    await page.getByRole("heading", { name: "Nobody is waiting" }).waitFor();
    expect(await page.getByRole("link", { name: "Send one from the demo site" }).getAttribute("href")).toBe(
      "/demo",
    );
  });
});

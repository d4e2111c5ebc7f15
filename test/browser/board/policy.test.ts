/** The policy's pages: how it runs, who is there, trying it, versions, back-tests, the brake. */
import { describe, expect, test } from "vitest";
import { axe } from "../../support/chromium.ts";
import { FakeApi } from "./support/api.ts";
import { eventually, useStage } from "./support/stage.ts";

const open = useStage();

describe("policy", () => {
  const rui = () => new FakeApi({ me: "rui" });
  const editor = "Policy document (JSON)";

  test("every number of the waterfall leads to the leads it counts", async () => {
    const { page, api } = await open("/board/config?days=30", rui());
    const branch = page.locator(".branch", { hasText: "Everybody else" });
    await branch.getByText("fell through to the rule’s backup (EMEA)").waitFor();
    await branch.getByText("fell through to the manager (Ana Ferreira)").waitFor();
    expect(await branch.locator(".branch-took").evaluate((bar) => bar.style.width)).toBe("70%");
    await page.getByText("3 would have come here").waitFor();
    const asked = api.called(/routing\/flow$/)[0]!.query;
    expect(Date.parse(asked.get("to")!) - Date.parse(asked.get("from")!)).toBe(30 * 86_400_000);
    await branch.locator(".branch-ways a").first().click();
    await page.getByText("that the rule rest took first, to the rule’s backup").waitFor();
    await eventually(
      () => api.called(/GET \/v1\/leads$/).at(-1)?.query,
      (query) => query !== undefined,
    );
    expect(Object.fromEntries(api.called(/GET \/v1\/leads$/).at(-1)!.query)).toMatchObject({
      rule: "rest",
      way: "ruleBackup",
      from: asked.get("from"),
      to: asked.get("to"),
    });
  });

  test("an hour of the coverage map says who is there; arrow keys walk on", async () => {
    const { page } = await open("/board/config/coverage");
    await page.getByRole("gridcell", { name: "Mon 10:00–11:00. Open; on duty: Ben Okafor." }).click();
    await page.getByText("Mon 10:00–11:00 Open; on duty: Ben Okafor.").waitFor();
    await page.keyboard.press("ArrowRight");
    await page.getByText("Mon 11:00–12:00 Open; nobody on duty.").waitFor();
    await page.getByText("Ana Ferreira is away (At a fair).").waitFor();
    await page.getByText("Fri, 25 Dec 2026").waitFor();
  });

  test("a version says what it changed, and is brought back with a word on why", async () => {
    const { page, api } = await open("/board/config/versions", rui());
    await page.getByText("What it changed in version 11").click();
    await page.getByText('The rule "trial" is new.').waitFor();
    await page
      .locator(".version", { hasText: "Version 11" })
      .getByRole("button", { name: "Bring back…" })
      .click();
    await page.getByRole("dialog").getByLabel("Why").fill("The trial hurt");
    await page.getByRole("button", { name: "Publish version 11 again" }).click();
    await page.getByRole("heading", { name: "Version 13 in force" }).waitFor();
    const { query, headers } = api.called(/versions\/11\/restore$/)[0]!;
    expect([query.get("note"), headers["if-match"]]).toEqual(["The trial hurt", '"v12"']);
  });

  test("open leads move to the version in force: first what would, then with a word on why", async () => {
    const { page, api } = await open("/board/config/versions", rui());
    await page.getByRole("button", { name: "See what would move" }).click();
    await page.getByText("2 leads would move.").waitFor();
    await page.getByText("0 due sooner, 2 later, 0 as they are", { exact: false }).waitFor();
    expect(await page.locator(".replan tbody tr").first().innerText()).toContain("1 h later");
    expect(api.called(/replan$/).every(({ body }) => (body as { dryRun: boolean }).dryRun)).toBe(true);
    await page.locator(".replan").getByLabel("Why").fill("Longer targets in December");
    await page.getByRole("button", { name: "Move 2 leads to version 12" }).click();
    await page.getByText("2 leads moved to version 12.").first().waitFor();
    const moves = api.called(/replan$/).slice(-2);
    expect(moves.map(({ body }) => body)).toMatchObject([
      { dryRun: false, reason: "Longer targets in December", after: null },
      { dryRun: false, after: expect.any(String) },
    ]);
  });

  test("a back-test runs, is read, and another is cancelled", async () => {
    const { page, api } = await open("/board/config/backtest", rui());
    await page.getByRole("button", { name: "Start" }).click();
    await page.getByText("5 of 10 leads decided").waitFor();
    await page.getByText("6 → 5 leads, 2 → 1 deadlines missed, at most 3 waiting").waitFor();
    await page.getByText("another owner, a breach less").waitFor();
    await page.getByText("89 % of 9 decided, 1 still to come").waitFor();
    // An answer that never comes must not bar the way to another.
    await page.route(/change=owner/, () => {});
    await page.getByRole("button", { name: "Owner", exact: true }).click();
    await page.getByRole("button", { name: "Promise", exact: true }).click();
    await page.getByText("None.", { exact: true }).waitFor();
    expect(api.called(/b1\/leads$/).map(({ query: asked }) => asked.get("change"))).toEqual([
      "any",
      "promise",
    ]);
    await page.getByRole("button", { name: "Start" }).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByText("Cancelled: version 12").waitFor();
  });

  test("the brake is pulled with a reason, stands on every page, and is released", async () => {
    const { page, api } = await open("/board/config", rui());
    await page.getByRole("button", { name: "Pull the brake…" }).click();
    const [label, input] = [page.getByText("Why", { exact: true }), page.getByLabel("Why")];
    const [above, below] = [await label.boundingBox(), await input.boundingBox()];
    expect(above!.y + above!.height).toBeLessThanOrEqual(below!.y);
    await page.getByRole("dialog").getByLabel("Why").fill("The CRM is down");
    await page.getByRole("button", { name: "Pull the brake", exact: true }).click();
    const banner = page.getByRole("complementary", { name: "The brake is on" });
    await banner.getByText(": The CRM is down.").waitFor();
    await page.getByRole("link", { name: "People" }).click();
    await page.getByRole("heading", { name: "People", level: 1 }).waitFor();
    expect((await axe(page)).concat(await axe(page, { contrastOnly: true }))).toEqual([]);
    await banner.getByRole("button", { name: "Let clocks act again…" }).click();
    await page.getByRole("dialog").getByLabel("Why").fill("It is back");
    await page.getByRole("button", { name: "Let them act" }).click();
    await banner.waitFor({ state: "detached" });
    expect(api.called(/POST \/v1\/enforcement/).map(({ body }) => body)).toEqual([
      { mode: "observe", reason: "The CRM is down" },
      { mode: "enforce", reason: "It is back" },
    ]);
  });

  test("a manager reads it and can't publish", async () => {
    const { page, api } = await open("/board/config/edit");
    await page.getByText("always → SMB").waitFor();
    expect(await page.getByRole("button", { name: /Publish|Change|Add/ }).count()).toBe(0);
    await page.getByRole("button", { name: "Text" }).click();
    expect(await page.getByLabel(editor).getAttribute("aria-readonly")).toBe("true");
    expect(api.called(/PUT/)).toHaveLength(0);
  });

  test("a lead is tried without being written", async () => {
    const { page, api } = await open("/board/config/try", rui());
    await page.getByLabel("E-mail").fill("mara@northwind.example");
    await page.getByLabel("Country").fill("DE");
    await page.getByRole("button", { name: "Where does it go?" }).click();
    await page.locator(".trial-headline", { hasText: "To Ben Okafor, by “rest”." }).waitFor();
    expect(api.called(/route$/)[0]!.body).toEqual({
      leads: [{ id: "trial", email: "mara@northwind.example", country: "DE" }],
    });
    const ask = page.getByRole("button", { name: "Where does it go?" });
    await page.getByLabel("Country").fill("Atlantis");
    await ask.click();
    await page.getByText("No country is known as “Atlantis”: none was used.").first().waitFor();
    await page.getByLabel("Country").fill("Germany");
    await ask.click();
    await page.getByText("DE by what was typed").waitFor();
    expect(api.called(/route$/).at(-1)!.body).toMatchObject({ leads: [{ country: "Germany" }] });
  });
});

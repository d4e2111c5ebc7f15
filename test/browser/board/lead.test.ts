/** A lead's page: what a rep reads and does, and what happens when somebody else was faster. */
import { describe, expect, test } from "vitest";
import { FakeApi } from "./support/api.ts";
import { problem } from "./support/replies.ts";
import { eventually, useStage } from "./support/stage.ts";

const open = useStage();
const asBen = () => new FakeApi({ me: "ben" });

describe("reading", () => {
  test("the visitor's words are text, never markup", async () => {
    const { page } = await open("/board/leads/L-due");
    const words = page.locator("blockquote");
    await words.waitFor();
    expect(await words.innerText()).toContain("need <b>one</b> view");
    expect(await words.locator("b").count()).toBe(0);
  });

  test("times stand in the reader's zone with the lead's beside it; timeline in sentences", async () => {
    const { page } = await open("/board/leads/L-due");
    expect(await page.locator(".hero-due").first().innerText()).toMatch(
      /^due .*\d\d:\d\d \(.*\d\d:\d\d in Berlin\)$/,
    );
    await page.getByText("Assigned to Ben Okafor by the rule rest.").waitFor();
  });

  test("a promise not kept says so", async () => {
    const { page } = await open("/board/leads/L-late");
    await page.getByText("not kept so far").waitFor();
  });

  test("closed untouched before the promised time: the promise is withdrawn, and one word is said once", async () => {
    const api = new FakeApi();
    const disposition = { code: "later", label: "Later", outcome: "recycled", note: null };
    Object.assign(api.lead("L-quiet"), {
      status: "recycled",
      stage: "recycled",
      disposition: { ...disposition, at: new Date().toISOString() },
    });
    const { page } = await open("/board/leads/L-quiet", api);
    await page.getByText("withdrawn: closed before that").waitFor();
    expect(await page.locator(".hero-facts > div", { hasText: "Status" }).innerText()).toBe(
      "Status\nRecycled",
    );
  });

  test("the promise is shown as the visitor was told it: up to the minute", async () => {
    const api = new FakeApi();
    const minute = Math.ceil(Date.now() / 60_000) * 60_000 + 5 * 60_000;
    api.lead("L-quiet").promiseAt = new Date(minute - 20_000).toISOString();
    const { page } = await open("/board/leads/L-quiet", api);
    const promised = page.locator(".hero-facts > div", { hasText: "Promised" }).locator("time");
    expect(await promised.getAttribute("datetime")).toBe(new Date(minute).toISOString());
  });

  test("in a queue the hero and the clock say one time for the steward's answer", async () => {
    const api = new FakeApi();
    const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
    const answer = at(600);
    Object.assign(api.lead("L-queue"), {
      firstTouchAt: at(-8),
      secondTouchDueAt: at(-4),
      nextActionAt: at(-4),
      timers: [{ kind: "queueAge", dueAt: answer }],
    });
    const { page } = await open("/board/leads/L-queue", api);
    const clock = page.locator(".hero-clock");
    await clock.getByText("Steward’s answer").waitFor();
    expect(await clock.locator("time").first().getAttribute("datetime")).toBe(answer);
    await page.goto(`${new URL(page.url()).origin}/board`);
    await page.locator("[data-lead=L-due]").waitFor();
    expect(await page.locator("[data-lead=L-queue]").count()).toBe(0);
  });

  test("a lead that doesn't exist: words and a way on", async () => {
    const { page } = await open("/board/leads/nope");
    await page.getByText("This lead doesn’t exist, or you may not see it.").waitFor();
    await page.getByRole("link", { name: "All leads" }).click();
    await page.getByRole("heading", { name: "Leads" }).waitFor();
  });
});

describe("acting", () => {
  test("a common touch takes one tap and stops the clock", async () => {
    const { page, api } = await open("/board/leads/L-due", asBen());
    await page.getByRole("button", { name: "Called: voicemail" }).click();
    await page.getByText("Ben Okafor reached out by call: voicemail.").waitFor();
    const [touch] = api.called(/touches$/);
    expect(touch!.body).toMatchObject({ channel: "call", outcome: "voicemail" });
    await page.getByText("first touch", { exact: false }).first().waitFor();
  });

  test("two quick taps are one touch", async () => {
    const { page, api } = await open("/board/leads/L-due", asBen());
    await page.getByRole("button", { name: "E-mailed" }).dblclick();
    await page.getByText("Ben Okafor reached out by e-mail: sent.").waitFor();
    expect(api.called(/touches$/)).toHaveLength(1);
  });

  test("the dialog keeps one id over a retry, and puts the server's words beside the field", async () => {
    const api = asBen();
    const { page } = await open("/board/leads/L-due", api);
    await page.getByRole("heading", { name: "Tomás Herrera" }).waitFor();
    await page.keyboard.press("t");
    const dialog = page.getByRole("dialog", { name: "Log a touch" });
    await dialog.getByLabel("Note").fill("Asked about night shifts");
    const undo = api.force(
      /touches$/,
      problem(422, "Can’t be used", "Look at the marked fields.", [
        { pointer: "/outcome", detail: "say how it ended" },
      ]),
    );
    await dialog.getByRole("button", { name: "Log it" }).click();
    await dialog.getByText("say how it ended").waitFor();
    expect(await dialog.getByLabel("Outcome").getAttribute("aria-invalid")).toBe("true");
    undo();
    await dialog.getByRole("button", { name: "Log it" }).click();
    await dialog.waitFor({ state: "detached" });
    const ids = api.called(/touches$/).map(({ body }) => (body as { id: string }).id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    await page.getByText("Asked about night shifts").first().waitFor();
  });

  test("closing needs a code and a next step", async () => {
    const { page, api } = await open("/board/leads/L-due", asBen());
    await page.getByRole("button", { name: "Close…" }).click();
    const dialog = page.getByRole("dialog", { name: "Close this lead" });
    await dialog.getByRole("button", { name: "Close the lead" }).click();
    expect(api.called(/disposition$/)).toHaveLength(0);
    await dialog.getByLabel("How did it end?").selectOption({ label: "Not a fit" });
    await dialog.getByLabel("Next step").fill("Marketing writes in spring");
    await dialog.getByRole("button", { name: "Close the lead" }).click();
    await page.getByText("Ben Okafor closed it as Not a fit; next: Marketing writes in spring.").waitFor();
    expect(await page.getByRole("button", { name: "Close…" }).count()).toBe(0);
  });

  test("a booking says when it is; who gives up can have the address left alone", async () => {
    const { page, api } = await open("/board/leads/L-due", asBen());
    await page.getByRole("button", { name: "Close…" }).click();
    const dialog = page.getByRole("dialog", { name: "Close this lead" });
    const code = dialog.getByLabel("How did it end?");
    await code.selectOption({ label: "Not a fit" });
    await dialog.getByLabel("Don’t contact this address any more").check();
    await code.selectOption({ label: "Demo booked" });
    expect(await dialog.getByLabel("Don’t contact this address any more").count()).toBe(0);
    await dialog.getByLabel("When is it?").fill("2031-03-04T15:30");
    await dialog.getByLabel("Next step").fill("Show the line");
    await dialog.getByRole("button", { name: "Close the lead" }).click();
    await dialog.waitFor({ state: "detached" });
    const [sent] = api.called(/disposition$/);
    expect(sent!.body).toMatchObject({ nextActionAt: "2031-03-04T20:30:00.000Z", suppress: false });
    await page.goto(`${new URL(page.url()).origin}/board/leads/L-quiet`);
    await page.getByRole("button", { name: "Close…" }).click();
    await code.selectOption({ label: "Not a fit" });
    await dialog.getByLabel("Don’t contact this address any more").check();
    await dialog.getByLabel("Next step").fill("None: they asked us to stop");
    await dialog.getByRole("button", { name: "Close the lead" }).click();
    await dialog.waitFor({ state: "detached" });
    const closed = api.called(/disposition$/).at(-1);
    expect(closed!.body).toMatchObject({ suppress: true, nextActionAt: null });
  });

  test("contact data: what changed is sent, an address another lead has stays to be chosen again", async () => {
    const { page, api } = await open("/board/leads/L-due", asBen());
    const taken = api.lead("L-quiet").person.email;
    await page.getByRole("button", { name: "Correct contact data…" }).click();
    const dialog = page.getByRole("dialog", { name: "Correct contact data" });
    await dialog.getByLabel("E-mail").fill(taken);
    await dialog.getByRole("button", { name: "Correct it" }).click();
    await dialog.getByText("This address has an open lead already (L-quiet)", { exact: false }).waitFor();
    await dialog.getByLabel("E-mail").fill("t.herrera@fabrik.example");
    await dialog.getByLabel("Phone").fill("");
    await dialog.getByLabel("Why").fill("Moved to the plant");
    await dialog.getByRole("button", { name: "Correct it" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText("Ben Okafor corrected", { exact: false }).waitFor();
    expect(api.called(/^PATCH/).at(-1)!.body).toEqual({
      email: "t.herrera@fabrik.example",
      phone: null,
      reason: "Moved to the plant",
      version: 1,
    });
    api.lead("L-due").version = 9;
    await page.getByRole("button", { name: "Correct contact data…" }).click();
    await dialog.getByLabel("Title").fill("Plant lead");
    await dialog.getByRole("button", { name: "Correct it" }).click();
    await page.getByText("Somebody else was faster", { exact: false }).waitFor();
  });

  test("409: fetches again and says that somebody else was faster", async () => {
    const api = asBen();
    const { page } = await open("/board/leads/L-due", api);
    await page.getByRole("button", { name: "Accept" }).waitFor();
    api.force(/accept$/, problem(409, "Conflict", "The lead has another owner."));
    api.lead("L-due").owner = { id: "ana", name: "Ana Ferreira" };
    await page.getByRole("button", { name: "Accept" }).click();
    await page.getByText("Somebody else was faster", { exact: false }).waitFor();
    await eventually(
      () => page.locator(".hero-facts").innerText(),
      (text) => text.includes("Ana Ferreira"),
    );
    await page.getByRole("button", { name: "Accept" }).waitFor({ state: "detached" });
  });

  test("accepted once, it isn't offered again", async () => {
    const { page, api } = await open("/board/leads/L-due", asBen());
    await page.getByRole("button", { name: "Accept" }).click();
    await page.getByText("Ben Okafor accepted the lead.").waitFor();
    await page.getByRole("button", { name: "Accept" }).waitFor({ state: "detached" });
    await page.keyboard.press("a");
    expect(api.called(/accept$/)).toHaveLength(1);
  });

  test("a manager reassigns with a reason; a rep isn't offered it", async () => {
    const { page, api } = await open("/board/leads/L-due");
    await page.getByRole("button", { name: "Reassign…" }).click();
    await page.getByLabel("To", { exact: true }).selectOption({ label: "Chloé Martin" });
    await page.getByLabel("Reason").fill("Speaks French");
    await page.getByRole("button", { name: "Reassign", exact: true }).click();
    await page
      .getByText("Ana Ferreira reassigned it from Ben Okafor to Chloé Martin: Speaks French.")
      .waitFor();
    expect(api.called(/reassign$/)[0]!.body).toEqual({ to: "chloe", reason: "Speaks French" });
    const rep = await open("/board/leads/L-due", asBen());
    await rep.page.getByRole("button", { name: "Close…" }).waitFor();
    expect(await rep.page.getByRole("button", { name: "Reassign…" }).count()).toBe(0);
  });

  test("a touch by somebody else arrives by itself", async () => {
    const { page, server, api } = await open("/board/leads/L-due", asBen());
    await page.getByText("Live", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Accept" }).waitFor();
    const lead = api.lead("L-due");
    lead.firstTouchAt = new Date().toISOString();
    server.say({ type: "leads", at: new Date(Date.now() + 5).toISOString(), leads: [], gone: ["L-due"] });
    await page.getByText("kept, with", { exact: false }).waitFor();
  });
});

test("keys: j and k walk the rows, Enter opens, ? helps, Escape gives the focus back", async () => {
  const { page } = await open("/board");
  await page.locator("[data-row]").first().waitFor();
  // Focus moves once the board has drawn, which a busy machine puts off.
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect.poll(focused).toBe("Tomás Herrera");
  await page.keyboard.press("k");
  await expect.poll(focused).toBe("Priya Nair");
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
  await page.keyboard.press("Escape");
  await expect.poll(focused).toBe("Priya Nair");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Priya Nair" }).waitFor();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
});

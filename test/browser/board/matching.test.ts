/** The match inspector, and saying by hand which account a lead belongs to. */
import { expect, test } from "vitest";
import { PHONE, shoot } from "../../support/chromium.ts";
import { FakeApi } from "./support/api.ts";
import { problem } from "./support/replies.ts";
import { eventually, LOOKS, useStage } from "./support/stage.ts";

const open = useStage();

const revops = () => new FakeApi({ me: "rui" });

test("a typed lead gets its account, and each candidate what agrees and what doesn't", async () => {
  const { page, api } = await open("/board/matching", revops());
  await page.getByRole("heading", { name: "No question yet" }).waitFor();
  await page.getByLabel("E-mail").fill("ana@northwind.test");
  await page.getByRole("textbox", { name: "Company", exact: true }).fill("Northwind");
  await page.getByRole("button", { name: "Find its account" }).click();
  await page.getByRole("heading", { name: "Matched: Northwind GmbH" }).waitFor();
  expect(api.called(/POST .*match$/)[0]?.body).toEqual({
    leads: [{ email: "ana@northwind.test", company: "Northwind" }],
  });
  // What names a person is behind the #: no server's log has it.
  expect(page.url()).toContain("#email=ana%40northwind.test&company=Northwind");
  expect(new URL(page.url()).search).toBe("");
  const other = page.locator(".inspected-one", { hasText: "Northwind Iberia" });
  expect(await other.getByRole("img").getAttribute("aria-label")).toBe(
    "41 % sure; taken from 60 %, shown from 10 %",
  );
  expect(await other.innerText()).toMatch(/disagrees:\s+the lead in DE, the account in ES\s+−0\.8/);
  expect(await page.locator(".inspected-one").first().innerText()).toContain("taken");
  expect(await page.getByText("suggest", { exact: false }).count()).toBe(0);
});

test("by free mail nothing is taken: the account is suggested, in every word of the page", async () => {
  const { page } = await open("/board/matching", revops());
  await page.setViewportSize(PHONE);
  await page.getByLabel("E-mail").fill("ana@gmail.com");
  await page.getByRole("textbox", { name: "Company", exact: true }).fill("Northwind");
  await page.getByRole("button", { name: "Find its account" }).click();
  const heading = page.getByRole("heading", { name: "Suggested: Northwind GmbH" });
  await heading.waitFor();
  await eventually(
    () => heading.evaluate((place) => place.getBoundingClientRect().top),
    (px) => px >= 0 && px < 150,
  );
  const answer = page.locator(".answer");
  await answer.getByText("such a lead is routed without an account", { exact: false }).waitFor();
  const best = answer.locator(".inspected-one").first();
  expect(await best.locator(".chip").innerText()).toBe("suggested");
  expect(await best.getByRole("img").getAttribute("aria-label")).toBe(
    "93 % sure; suggested from 60 %, shown from 10 %",
  );
  expect(await answer.innerText()).not.toMatch(/\b(taken|matched)\b/i);
  await page.getByText("Paste instead").click();
  await page
    .getByRole("textbox", { name: /^JSON/ })
    .fill("email,company,seats\nana@gmail.com,Northwind,7\na@northwind.test,Northwind\nx@else.example,Else");
  await page.getByRole("button", { name: "Find its account" }).click();
  await page.getByRole("heading", { name: "3 leads: 1 matched, 1 suggested, 1 not." }).waitFor();
  await page.getByText("Left aside: “seats”.").waitFor();
  await page.getByRole("button", { name: "Suggested" }).click();
  expect(await page.locator(".compared tbody tr").allInnerTexts()).toEqual([
    expect.stringMatching(/ana@gmail\.com[^]*from free mail: a suggestion/),
  ]);
});

test("what is pasted is read: JSON, or lines", async () => {
  const { page, api } = await open("/board/matching", revops());
  await page.getByText("Paste instead").click();
  await page
    .getByRole("textbox", { name: /^JSON/ })
    .fill('{"fields": {"email": "x@near.example", "Company": "Near"}}');
  await page.getByRole("button", { name: "Find its account" }).click();
  await page.getByRole("heading", { name: "No match" }).waitFor();
  expect(await page.getByLabel("E-mail").inputValue()).toBe("x@near.example");
  expect(await page.locator(".answer").innerText()).toMatch(/not sure enough[^]*1 candidate/);
  expect(api.called(/POST .*match$/)[0]?.body).toEqual({
    leads: [{ email: "x@near.example", company: "Near" }],
  });
  await page.getByText("Paste instead").click();
  const box = page.getByRole("textbox", { name: /^JSON/ });
  await box.fill("hello");
  await page.getByRole("button", { name: "Find its account" }).click();
  await page.getByText("No e-mail and no company was found in it", { exact: false }).waitFor();
  await box.fill("Dana Visit\ndana@northwind.test\nNorthwind");
  await page.getByRole("button", { name: "Find its account" }).click();
  await page.getByText("was left aside: “Dana Visit”.", { exact: false }).waitFor();
  expect(await page.getByLabel("E-mail").inputValue()).toBe("dana@northwind.test");
  expect(api.called(/POST .*match$/).at(-1)?.body).toEqual({
    leads: [{ email: "dana@northwind.test", company: "Northwind" }],
  });
  await page.getByText("Paste instead").click();
  await box.fill("email;company;phone\ndana@northwind.test;Northwind;1");
  await page.getByRole("button", { name: "Find its account" }).click();
  await page.getByText("was left aside: “phone: 1”.", { exact: false }).waitFor();
});

test("no candidate, and a server that fails, say so", async () => {
  const api = revops();
  const { page } = await open("/board/matching#company=Else", api);
  await page.getByText("No account comes near enough to be shown.").waitFor();
  const over = api.force(/POST .*match$/, problem(503, "Down", "The database is down."));
  await page.reload();
  await page.getByText("The accounts weren’t compared.").waitFor();
  over();
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText("No account comes near enough to be shown.").waitFor();
});

test("a lead's page leads there with the lead filled in; a rep has neither link nor page", async () => {
  const { page } = await open("/board/leads/L-due", revops());
  await page.getByRole("link", { name: "Inspect" }).click();
  await page.getByRole("heading", { name: "Matching" }).waitFor();
  expect(await page.getByLabel("E-mail").inputValue()).toContain("@");
  const rep = await open("/board/leads/L-due", new FakeApi({ me: "ben" }));
  await rep.page.getByRole("button", { name: "Not right?" }).waitFor();
  expect(await rep.page.getByRole("link", { name: "Inspect" }).count()).toBe(0);
  await rep.page.goto(new URL("/board/matching", rep.page.url()).href);
  await rep.page.getByRole("heading", { name: "Not for your role" }).waitFor();
});

test("an account is found, said, taught, and stands in the timeline", async () => {
  const { page, api } = await open("/board/leads/L-due", new FakeApi({ me: "ana" }));
  await page.getByRole("button", { name: "Not right?" }).click();
  await page.getByLabel("Find an account").fill("glob");
  await page.getByRole("radio", { name: /Globex Holding/ }).check();
  await page.getByRole("checkbox", { name: /is their name, too/ }).check();
  await page.getByRole("textbox", { name: /^Why/ }).fill("They told me");
  await page.getByRole("button", { name: "Say so" }).click();
  await page.getByText("said by hand").waitFor();
  expect(api.called(/POST .*account$/)[0]?.body).toMatchObject({
    account: "acc-9",
    learn: ["name"],
    reason: "They told me",
    reroute: false,
  });
  await page
    .getByText(/corrected the account to Globex Holding/)
    .first()
    .waitFor();
});

test("a rep corrects and isn't offered to teach; of an address only the domain is asked for", async () => {
  const { page, api } = await open("/board/leads/L-due", new FakeApi({ me: "ben" }));
  await page.getByRole("button", { name: "Not right?" }).click();
  await page.getByLabel("Find an account").fill("someone@globex.example");
  await page.getByRole("radio", { name: /Globex Holding/ }).check();
  expect(await page.getByRole("checkbox", { name: /is their name, too|is theirs/ }).count()).toBe(0);
  expect(api.called(/GET .*accounts$/).map(({ query }) => query.get("q"))).toEqual(["globex.example"]);
});

test("none is a choice; a refusal stands in the dialog and nothing is lost", async () => {
  const api = new FakeApi({ me: "ben" });
  const { page } = await open("/board/leads/L-due", api);
  await page.getByRole("button", { name: "Not right?" }).click();
  await page.getByLabel("Find an account").fill("nobody at all");
  await page.getByText("No account is called so").waitFor();
  const over = api.force(
    /POST .*account$/,
    problem(409, "Moved on", "globex.example is a domain of Globex Holding (acc-9).", [
      { pointer: "/learn", detail: "globex.example is a domain of Globex Holding (acc-9)." },
    ]),
  );
  await page.getByRole("radio", { name: /^None/ }).check();
  await page.getByRole("button", { name: "Say so" }).click();
  await page.getByText("globex.example is a domain of Globex Holding (acc-9).").waitFor();
  over();
  await page.getByRole("button", { name: "Say so" }).click();
  await page.getByText("It belongs to no account.").waitFor();
  expect(api.called(/POST .*account$/).at(-1)?.body).toMatchObject({ account: null, learn: [] });
});

test("mail from their domain is taught where the box is ticked, and the account's page shows and drops it", async () => {
  const api = new FakeApi({ me: "ana" });
  const lead = api.lead("L-due");
  lead.facts["corporateDomain"] = "nw-holding.example";
  const { page } = await open("/board/leads/L-due", api);
  await page.getByRole("button", { name: "Not right?" }).click();
  await page.getByLabel("Find an account").fill("northwind");
  const theirs = page.getByRole("checkbox", { name: "Mail from nw-holding.example is theirs" });
  await page.getByRole("radio", { name: /Northwind GmbH/ }).check();
  await theirs.check();
  await page.getByRole("button", { name: "Say so" }).click();
  await page.getByText("said by hand").waitFor();
  expect(api.called(/POST .*account$/)[0]?.body).toMatchObject({ account: "acc-1", learn: ["domain"] });
  await page.getByRole("link", { name: "Northwind GmbH" }).click();
  await page.getByRole("heading", { name: "Learned from corrections" }).waitFor();
  const lesson = page.locator(".lesson", { hasText: "nw-holding.example" });
  expect(await lesson.innerText()).toMatch(/domain[^]*taught by Ben Okafor/);
  expect(await lesson.getByRole("link", { name: "this lead" }).getAttribute("href")).toBe(
    "/board/leads/L-due",
  );
  await lesson.getByRole("button", { name: "Remove" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Mail from nw-holding.example is no longer taken for Northwind GmbH").waitFor();
  const over = api.force(
    /DELETE/,
    problem(403, "No", "Ask a manager to take back what an account has learned."),
  );
  await dialog.getByRole("button", { name: "Remove it" }).click();
  await dialog.getByText("Ask a manager").waitFor();
  over();
  await dialog.getByRole("button", { name: "Remove it" }).click();
  await lesson.waitFor({ state: "detached" });
  expect(api.called(/DELETE/).at(-1)?.path).toBe("/v1/accounts/acc-1/aliases/nw-holding.example");
  expect(await page.locator(".lesson").count()).toBe(1);
});

test("a free mailbox offers no domain to teach", async () => {
  const api = new FakeApi({ me: "ana" });
  api.lead("L-due").facts["corporateDomain"] = null;
  const { page } = await open("/board/leads/L-due", api);
  await page.getByRole("button", { name: "Not right?" }).click();
  await page.getByLabel("Find an account").fill("glob");
  await page.getByRole("radio", { name: /Globex Holding/ }).check();
  await page.getByRole("checkbox", { name: /is their name, too/ }).waitFor();
  expect(await page.getByRole("checkbox", { name: /^Mail from/ }).count()).toBe(0);
});

test("accounts are searched; what is found stands in the address and leads to the account and back", async () => {
  const { page } = await open("/board/matching", revops());
  await page.getByRole("button", { name: "Accounts" }).click();
  await page.getByRole("heading", { name: "Which account?" }).waitFor();
  await page.getByLabel("Find an account").fill("iberia");
  await page.getByRole("link", { name: "Northwind Iberia" }).click();
  await page.getByRole("heading", { level: 1, name: "Northwind Iberia" }).waitFor();
  await page.getByText("Nothing yet. Who corrects", { exact: false }).waitFor();
  await page.getByRole("link", { name: "Northwind GmbH" }).click();
  await page.getByText("north-wind.example", { exact: false }).waitFor();
  await page.goBack();
  await page.goBack();
  expect(await page.getByLabel("Find an account").inputValue()).toBe("iberia");
  await page.getByRole("link", { name: "Northwind Iberia" }).waitFor();
  await page.getByLabel("Find an account").fill("nobody at all");
  await page.getByRole("heading", { name: "No account is called so" }).waitFor();
});

test("many leads at once: a row each, in portions, told apart; a row opens its answer and leads back", async () => {
  const { page, api } = await open("/board/matching", revops());
  await page.getByText("Paste instead").click();
  const rows = Array.from({ length: 250 }, (_, i) =>
    i % 5 === 0 ? `x${i}@near.example\tNear ${i}` : `a${i}@northwind.test\tNorthwind ${i}`,
  );
  const box = page.getByRole("textbox", { name: /^JSON/ });
  await page.setViewportSize(PHONE);
  await box.fill(`Work e-mail\tCompany name\n${rows.join("\n")}\n\t`);
  await page.getByRole("button", { name: "Find its account" }).click();
  await page.getByRole("heading", { name: "250 leads: 200 matched, 50 not." }).waitFor();
  // Whose form fills the screen is taken to the answer.
  const top = () => page.locator(".compared-leads").evaluate((place) => place.getBoundingClientRect().top);
  await eventually(top, (px) => px >= 0 && px < 100);
  expect(api.called(/POST .*match$/).map(({ body }) => (body as { leads: unknown[] }).leads.length)).toEqual([
    200, 50,
  ]);
  await page.getByRole("button", { name: "Not matched" }).click();
  expect(await page.locator(".compared tbody tr").count()).toBe(50);
  const row = page.locator(".compared tr", { hasText: "Near 245" });
  expect(await row.innerText()).toMatch(
    /none; Northwind Iberia comes nearest[^]*is not sure enough \(41 %, 60 % needed\)[^]*41 %/,
  );
  await row.getByRole("link").click();
  await page.getByRole("heading", { name: "No match" }).waitFor();
  expect(await page.getByLabel("E-mail").inputValue()).toBe("x245@near.example");
  await page.getByRole("link", { name: "Back to the 250 leads" }).click();
  await page.getByRole("heading", { name: "250 leads: 200 matched, 50 not." }).waitFor();
  expect(api.called(/POST .*match$/)).toHaveLength(3);
  await page.getByRole("link", { name: "Clear" }).click();
  await page.getByRole("heading", { name: "No question yet" }).waitFor();
});

test.each(["light", "dark"] as const)(
  "as it looks in %s, on a desk and on a telephone",
  async (colorScheme) => {
    for (const [where, options] of LOOKS) {
      const { page } = await open("/board/matching#company=Northwind&email=ana@gmail.com", revops(), {
        ...options,
        colorScheme,
      });
      await page.locator(".inspected").waitFor();
      await shoot(page, "matching", `${where}-${colorScheme}`);
      await page.goto(new URL("/board/matching/accounts#q=north", page.url()).href);
      await page.locator(".account").first().waitFor();
      await shoot(page, "matching", `accounts-${where}-${colorScheme}`);
      await page.getByRole("link", { name: "Northwind GmbH" }).click();
      await page.locator(".lesson").first().waitFor();
      await shoot(page, "matching", `account-${where}-${colorScheme}`);
      const { page: lead } = await open("/board/leads/L-due", revops(), { ...options, colorScheme });
      await lead.getByRole("button", { name: "Not right?" }).click();
      await lead.locator("dialog .choice").first().waitFor();
      await shoot(lead, "matching", `dialog-${where}-${colorScheme}`);
    }
  },
);

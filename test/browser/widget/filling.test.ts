/** Filling the form in: what helps, what is said when something is wrong, and what is sent in the end. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { fillDemo, openStage, recordEvents, type Stage, violations } from "./harness.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.server.attempts.length = 0;
});

test("browsers know what each field is", async () => {
  const page = await stage.visit("05-rtl");
  const facts = async (label: string): Promise<(string | null)[]> => {
    const field = page.getByLabel(label);
    return Promise.all(
      ["type", "autocomplete", "inputmode", "aria-required"].map((name) => field.getAttribute(name)),
    );
  };
  expect(await facts("Work e-mail")).toEqual(["email", "email", "email", "true"]);
  expect(await facts("Website")).toEqual(["url", "url", "url", "false"]);
  expect(await facts("Employees")).toEqual(["text", null, "decimal", "true"]);
  expect(await facts("Name")).toEqual(["text", "name", null, "false"]);
  expect(await facts("Country")).toEqual([null, "country", null, "true"]);
  const options = page.getByLabel("Country").locator("option");
  expect(await options.count()).toBe(250);
  // Named and sorted in the page's language.
  expect(await options.filter({ hasText: "ألمانيا" }).getAttribute("value")).toBe("DE");
  await page.context().close();
});

test("submitting with faults marks each, says how to mend it, and focuses the first", async () => {
  const page = await stage.visit("03-strict-csp");
  const events = await recordEvents(page);
  await page.getByLabel("Website").fill("not a site");
  await page.getByLabel("Employees").fill("many");
  await page.getByLabel("Message").fill("a text of more than twenty");
  await page.getByRole("button", { name: "Request a demo" }).click();
  const email = page.getByLabel("Work e-mail");
  expect(await email.evaluate((input) => input.matches(":focus"))).toBe(true);
  expect(await email.getAttribute("aria-invalid")).toBe("true");
  const said = (await email.getAttribute("aria-describedby"))!.split(" ");
  expect(await page.locator(`#${said[1]}`).textContent()).toBe("Enter your e-mail address");
  for (const text of [
    "Use a web address such as company.com",
    "Use digits only, such as 250 or 2.5",
    "Choose a country",
    "Choose one",
    "Shorten this by 6 characters",
  ])
    await page.getByText(text, { exact: true }).waitFor();
  expect(await page.getByRole("status").textContent()).toMatch(
    /^6 answers need a look: Work e-mail, Website, Employees/,
  );
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Employees" }).click();
  expect(await page.getByLabel("Employees").evaluate((input) => input.matches(":focus"))).toBe(true);
  await page.keyboard.press("Control+A");
  await page.keyboard.type("40");
  expect(await page.getByLabel("Employees").getAttribute("aria-invalid")).toBe("false");
  expect((await events()).at(-1)).toMatchObject({ type: "error", detail: { reason: "invalid" } });
  expect(stage.server.attempts).toEqual([]);
  await page.context().close();
});

test("a field is judged when left, forgiven while mended, and not blamed for being visited", async () => {
  const page = await stage.visit("09-reserved");
  const email = page.getByLabel("Work e-mail");
  await email.focus();
  await email.blur();
  expect(await email.getAttribute("aria-invalid")).toBe("false");
  await email.pressSequentially("kim@umbrella");
  await email.blur();
  await page.getByText("Add the ending, such as .com").waitFor();
  await email.pressSequentially(".example");
  expect(await email.getAttribute("aria-invalid")).toBe("false");
  const phone = page.getByLabel("Phone");
  await phone.pressSequentially("abc");
  await phone.blur();
  await page.getByText("Enter a phone number").waitFor();
  expect(await phone.getAttribute("aria-invalid")).toBe("true");
  await page.context().close();
});

test("a misspelt mail provider is told, with only the domain asked about, and stands in nobody's way", async () => {
  const page = await stage.visit("09-reserved");
  stage.server.asked.length = 0;
  const email = page.getByLabel("Work e-mail");
  const advice = page.getByRole("button", { name: "Did you mean gmail.com?" });
  await email.pressSequentially("kim.doe@gmial.com");
  await email.blur();
  await advice.waitFor();
  expect(stage.server.asked).toEqual(["gmial.com"]);
  expect(await violations(page)).toEqual([]);
  // Advice, not a fault: said aloud and with the field, in the colour of the text.
  expect(await email.getAttribute("aria-invalid")).toBe("false");
  const line = page.locator(`#${await email.getAttribute("aria-describedby")}`);
  expect(await line.textContent()).toBe("Did you mean gmail.com?");
  expect(await line.getAttribute("aria-live")).toBe("polite");
  const colour = (element: Element): string => getComputedStyle(element).color;
  expect(await advice.evaluate(colour)).toBe(await email.evaluate(colour));
  // It goes while it is mended, and doesn't come for an address that is fine.
  await email.fill("kim.doe@gmail.com");
  await advice.waitFor({ state: "detached" });
  await email.blur();
  await email.fill("kim.doe@gmial.com");
  await email.blur();
  await advice.waitFor();
  await page.getByLabel("Name").fill("Kim Doe");
  await page.getByRole("checkbox").first().check();
  await page.getByRole("button", { name: "Request a demo" }).click();
  await page.getByRole("heading", { name: "Thank you" }).waitFor();
  expect(stage.server.attempts[0]?.fields["email"]).toBe("kim.doe@gmial.com");
  await page.context().close();
});

test("one press takes the advice, by keyboard too, and leaves the visitor in the field", async () => {
  const page = await stage.visit("09-reserved");
  await page.getByLabel("Work e-mail").focus();
  await page.keyboard.type("kim.doe@gmial.com");
  await page.keyboard.press("Tab");
  const advice = page.getByRole("button", { name: "Did you mean gmail.com?" });
  await advice.waitFor();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await advice.waitFor({ state: "detached" });
  const field = page.locator("input:focus");
  expect([await field.getAttribute("name"), await field.inputValue()]).toEqual([
    "email",
    "kim.doe@gmail.com",
  ]);
  await page.getByLabel("Name").fill("Kim Doe");
  await page.getByRole("checkbox").first().check();
  await page.getByRole("button", { name: "Request a demo" }).click();
  await page.getByRole("heading", { name: "Thank you" }).waitFor();
  expect(stage.server.attempts[0]?.fields["email"]).toBe("kim.doe@gmail.com");
  await page.context().close();
});

test("everything by keyboard alone", async () => {
  const page = await stage.visit("09-reserved");
  await page.getByLabel("Work e-mail").focus();
  await page.keyboard.type("kim@umbrella.example");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Kim Doe");
  for (let step = 0; step < 4; step += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Thank you" }).waitFor();
  const active = await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.className);
  expect(active).toBe("acknowledged");
  await page.context().close();
});

test("what is sent: answers, consent, page, campaign, hidden fields", async () => {
  const page = await stage.visit("09-reserved?utm_source=news&utm_campaign=may&gclid=abc&plan=team");
  await fillDemo(page);
  await page.getByLabel("Company").fill("  Umbrella  ");
  await page.getByRole("button", { name: "Request a demo" }).click();
  await page.getByRole("heading", { name: "Thank you" }).waitFor();
  const [sent] = stage.server.attempts;
  expect(sent).toMatchObject({
    submissionId: expect.stringMatching(/^\d+(-\d+){3}$/) as string,
    fields: { email: "kim@umbrella.example", name: "Kim Doe", company: "Umbrella", plan: "team" },
    consent: { given: true, text: expect.stringContaining("You may contact me") as string },
    page: {
      url: page.url(),
      timezone: "Europe/Berlin",
      language: "en-GB",
      title: "One script tag that reserves its room",
    },
    attribution: {
      utm_source: "news",
      utm_campaign: "may",
      clickIds: { gclid: "abc" },
      landing: page.url(),
      pageviews: 1,
    },
  });
  expect(sent!.fields).not.toHaveProperty("phone");
  await page.context().close();
});

test("the first and the last campaign are both remembered, plain visits in between change neither", async () => {
  const page = await stage.visit("09-reserved?utm_source=first");
  const plain = page.url().replace(/\?.*/, "");
  await page.goto(plain);
  await page.goto(`${plain}?utm_source=second`);
  await page.goto(plain);
  await fillDemo(page);
  await page.getByRole("button", { name: "Request a demo" }).click();
  await page.getByRole("heading", { name: "Thank you" }).waitFor();
  expect(stage.server.attempts[0]!.attribution).toMatchObject({
    utm_source: "second",
    firstTouch: { utm_source: "first" },
    pageviews: 4,
  });
  await page.context().close();
});

test("blocked storage costs memory, nothing else", async () => {
  const page = await stage.visit("10-element");
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, {
        get: () => {
          throw new DOMException("blocked", "SecurityError");
        },
      });
    }
  });
  await page.reload();
  await page.locator("#known").getByLabel("Work e-mail").fill("kim@umbrella.example");
  await page.locator("#known").getByRole("button").click();
  await page.getByRole("heading", { name: "Thank you" }).waitFor();
  await page.context().close();
});

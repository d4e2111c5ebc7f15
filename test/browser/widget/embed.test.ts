/** Where and how the form appears: every page of `pages/` is one way in which a marketer embeds it. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LeadclockGlobal } from "../../../widget/types.ts";
import { openStage, shiftOf, type Stage, violationsInBothThemes } from "./harness.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

const isReady = (page: Page, label = "Work e-mail"): Promise<void> =>
  page.getByLabel(label).first().waitFor();
const countForms = (page: Page): Promise<number> => page.locator("leadclock-form").count();

const PAGES = [
  "01-head",
  "02-body",
  "03-strict-csp",
  "04-hostile-css",
  "05-rtl",
  "06-dark",
  "07-two-forms",
  "09-reserved",
  "10-element",
];

test.each(PAGES)("%s is accessible and fits a desktop and a narrow telephone", async (name) => {
  const page = await stage.visit(name);
  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 320, height: 640 },
  ]) {
    await page.setViewportSize(viewport);
    await isReady(page);
    expect(await violationsInBothThemes(page)).toEqual([]);
    const overflow = await page.evaluate(() =>
      [...document.querySelectorAll("leadclock-form")].some((form) => form.scrollWidth > form.clientWidth),
    );
    expect(overflow).toBe(false);
  }
  await page.context().close();
});

describe("no layout shift", () => {
  test.each(["01-head", "03-strict-csp", "09-reserved"])(
    "%s reserves the room and stays still",
    async (name) => {
      const page = await stage.visit(name);
      await isReady(page);
      await page.waitForTimeout(300);
      expect(await shiftOf(page)).toBeLessThan(0.001);
      await page.context().close();
    },
  );

  test("on a slow network too, with the form arriving long after the first paint", async () => {
    stage.server.latencyMs = 700;
    const page = await stage.visit("09-reserved");
    const before = await page.locator("#below").boundingBox();
    await isReady(page);
    stage.server.latencyMs = 0;
    expect(await page.locator("#below").boundingBox()).toEqual(before);
    expect(await shiftOf(page)).toBeLessThan(0.001);
    await page.context().close();
  });

  test("a form taller than its room stays in it until the visitor reaches for it", async () => {
    const page = await stage.visit("03-strict-csp", { viewport: { width: 390, height: 844 } });
    await isReady(page);
    const room = await page.locator("leadclock-form").boundingBox();
    expect(room?.height).toBe(600);
    expect(await shiftOf(page)).toBeLessThan(0.001);
    await page.getByLabel("Work e-mail").click();
    const grown = await page.locator("leadclock-form").boundingBox();
    expect(grown?.height).toBeGreaterThan(700);
    expect(await shiftOf(page)).toBeLessThan(0.001);
    await page.context().close();
  });
});

test("one place pasted twice is one form, and an unreserved tag renders in its place", async () => {
  const page = await stage.visit("02-body");
  await isReady(page);
  expect(await countForms(page)).toBe(1);
  const [form, below] = [
    await page.locator("leadclock-form").boundingBox(),
    await page.locator("#below").boundingBox(),
  ];
  expect(form!.y + form!.height).toBeLessThanOrEqual(below!.y);
  await page.context().close();
});

test("a strict CSP is not violated", async () => {
  const page = await stage.visit("09-reserved");
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  await page.goto(page.url().replace("09-reserved", "03-strict-csp"));
  await isReady(page);
  expect(complaints.filter((text) => /content security/i.test(text))).toEqual([]);
  await page.context().close();
});

test("page styles that get everywhere don't get in", async () => {
  const page = await stage.visit("04-hostile-css");
  await isReady(page);
  const look = await page.getByLabel("Work e-mail").evaluate((input) => {
    const { fontSize, color, letterSpacing, display } = getComputedStyle(input);
    return {
      fontSize: Number.parseFloat(fontSize) < 20,
      isRed: color === "rgb(255, 0, 0)",
      letterSpacing,
      display,
    };
  });
  expect(look).toEqual({ fontSize: true, isRed: false, letterSpacing: "normal", display: "block" });
  expect((await page.locator("leadclock-form").boundingBox())?.width).toBe(720);
  await page.context().close();
});

test("right to left mirrors the form", async () => {
  const page = await stage.visit("05-rtl");
  await isReady(page);
  const [first, second] = [
    await page.getByLabel("Work e-mail").boundingBox(),
    await page.getByLabel("Name").boundingBox(),
  ];
  expect(first!.x).toBeGreaterThan(second!.x);
  await page.context().close();
});

test("two forms and an element each go their way; values fill in", async () => {
  const page = await stage.visit("07-two-forms");
  await page.locator("#three").getByLabel("Company").waitFor();
  expect(await countForms(page)).toBe(3);
  expect(await page.locator("#two").getByRole("button").textContent()).toBe("Call me");
  expect(await page.locator("#three").getByLabel("Company").inputValue()).toBe("Umbrella");
  expect(await page.evaluate(() => Object.keys(window).filter((name) => /lead/i.test(name)))).toEqual([
    "Leadclock",
  ]);
  await page.context().close();
});

test("routers may add, remove and rebuild the target, move the form, and insert tags the browser never runs", async () => {
  const page = await stage.visit("08-spa");
  const route = (html: string): Promise<void> =>
    page.evaluate((html) => void (document.querySelector("main")!.innerHTML = html), html);
  for (let visit = 0; visit < 2; visit += 1) {
    await route('<div id="route-form"></div>');
    await isReady(page);
    expect(await countForms(page)).toBe(1);
    await route("<p>Another page</p>");
    expect(await countForms(page)).toBe(0);
  }
  await route('<div id="route-form"></div><aside></aside>');
  await page.getByLabel("Work e-mail").fill("kim@umbrella.example");
  await page.evaluate(() =>
    document.querySelector("aside")!.append(document.querySelector("leadclock-form")!),
  );
  expect(await page.locator("aside").getByLabel("Work e-mail").inputValue()).toBe("kim@umbrella.example");
  const tag = await page.evaluate(() => document.querySelector<HTMLScriptElement>("script[data-form]")!.src);
  await route(`<section><script src="${tag}" data-form="short"></script></section>`);
  await page.locator("section").getByRole("button", { name: "Call me" }).waitFor();
  await page.context().close();
});

test("a tag added later, and mount()", async () => {
  const page = await stage.visit("10-element");
  await page.locator("#known").getByLabel("Work e-mail").waitFor();
  await page.evaluate(() => {
    const main = document.body.appendChild(document.createElement("main"));
    const script = document.createElement("script");
    script.src = document.querySelector<HTMLScriptElement>("script[src]")!.src;
    script.dataset.form = "demo";
    main.append(script);
    const place = document.body.appendChild(document.createElement("footer"));
    (window as unknown as { Leadclock: LeadclockGlobal }).Leadclock.mount(place, {
      form: "short",
      accent: "#123456",
    });
  });
  await page.locator("main").getByLabel("Company").waitFor();
  await page.locator("footer").getByLabel("Work e-mail").waitFor();
  await page.context().close();
});

test("an unknown form and one that isn't allowed here say so: to visitors calmly, in the console with the mend", async () => {
  const page = await stage.visit("11-no-script");
  const said: string[] = [];
  page.on("console", (message) => message.text().startsWith("Leadclock: ") && said.push(message.text()));
  stage.server.closed.add("short");
  await page.clock.install();
  await page.goto(page.url().replace("11-no-script", "10-element"));
  const calm = "This form can’t be shown right now.";
  await page.locator("#unknown").getByText(calm).waitFor();
  // What a browser hides may be a server in trouble: it is tried again before it is given up.
  await expect
    .poll(async () => {
      await page.clock.runFor(2500);
      return page.locator("#known").getByText(calm).count();
    })
    .toBe(1);
  stage.server.closed.clear();
  const { origin } = new URL(page.url());
  expect(said).toEqual([
    `Leadclock: ${stage.server.url}v1/forms/nosuch: no such form, check data-form`,
    `Leadclock: ${stage.server.url}v1/forms/short: in trouble, or ${origin} is not in its allowedOrigins`,
  ]);
  expect(await violationsInBothThemes(page)).toEqual([]);
  await page.context().close();
});

test("themes: by attribute, else as the visitor likes", async () => {
  const page = await stage.visit("06-dark", { colorScheme: "dark" });
  await page.getByLabel("Work e-mail").nth(2).waitFor();
  const surfaces = await page
    .locator("leadclock-form")
    .evaluateAll((forms) =>
      forms.map((form) => getComputedStyle(form.shadowRoot!.querySelector("div")!).backgroundColor),
    );
  expect(surfaces).toEqual(["rgb(24, 26, 32)", "rgb(255, 255, 255)", "rgb(24, 26, 32)"]);
  await page.context().close();
});

test("without JavaScript a plain form stands there and posts to the capture address", async () => {
  const page = await stage.visit("11-no-script", { javaScriptEnabled: false });
  expect(await page.locator("form").getAttribute("action")).toBe(
    `${stage.server.url}v1/forms/short/submissions`,
  );
  await page.context().close();
});

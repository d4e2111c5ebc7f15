/** The inbox as its reader sees it: what arrives, whether it was taken, how it reads, on a desk and on a phone. */
import { once } from "node:events";
import { createServer } from "node:http";
import { Webhook } from "standardwebhooks";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  axeInBothThemes,
  launchChromium,
  openPage,
  PHONE,
  shoot,
  sidewaysScroll,
} from "../../support/chromium.ts";
import { type Product, startProduct } from "../../support/product.ts";

const SECRET = `whsec_${Buffer.from("a secret of thirty-two bytes, ok").toString("base64")}`;
const NEVER = "told to stay away";

let product: Product;
let browser: Browser;
beforeAll(async () => {
  [product, browser] = await Promise.all([
    startProduct({ env: { OPS_WEBHOOK_SECRET: SECRET } }),
    launchChromium(),
  ]);
});
afterAll(async () => {
  await browser.close();
  await product.stop();
});
beforeEach(async () => {
  await fetch(`${product.origin}/inbox/clear`, { method: "POST", redirect: "manual" });
});

interface Kept {
  kind: string;
  to: string;
  subject: string;
  text: string;
  verdict: string;
  seq: number;
}

async function inbox(query = ""): Promise<Kept[]> {
  const answer = await fetch(`${product.origin}/inbox.json${query}`);
  return ((await answer.json()) as { messages: Kept[] }).messages;
}

function post(path: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${product.origin}/local/${path}`, { method: "POST", body, headers });
}

const chat = (text: string, to = "sales") => post(`chat/${to}`, JSON.stringify({ text }));

/** Signed as the sender signs, with the reference library. */
function hook(id: string, body: string, { secret = SECRET, at = new Date() } = {}): Promise<Response> {
  return post("hooks/ops", body, {
    "webhook-id": id,
    "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
    "webhook-signature": new Webhook(secret).sign(id, at, body),
  });
}

describe("what is taken", () => {
  test("a signed webhook, once", async () => {
    expect((await hook("msg_1", '{"type":"sla.breached"}')).status).toBe(200);
    expect((await hook("msg_1", '{"type":"sla.breached"}')).status).toBe(200);
    expect((await inbox()).map(({ subject, verdict }) => [subject, verdict])).toEqual([
      ["sla.breached", "duplicate"],
      ["sla.breached", "accepted"],
    ]);
  });

  test("not what is unsigned, forged, old, from the future or changed on the way", async () => {
    const minutes = (count: number) => new Date(Date.now() + count * 60_000);
    const other = `whsec_${Buffer.from("another secret of thirty-two byt").toString("base64")}`;
    const answers = [
      await post("hooks/ops", "{}"),
      await hook("msg_2", "{}", { secret: other }),
      await hook("msg_3", "{}", { at: minutes(-6) }),
      await hook("msg_4", "{}", { at: minutes(6) }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect((await inbox()).every(({ verdict }) => verdict.startsWith("refused: 401"))).toBe(true);
    expect((await hook("msg_5", "{}", { at: minutes(-4) })).status).toBe(200);
  });

  test("nothing while told to fail, and everything again after that", async () => {
    await post("hooks/ops/behaviour", JSON.stringify({ status: 503, times: 2 }));
    const statuses = [];
    for (let call = 0; call < 3; call++) statuses.push((await hook("msg_6", "{}")).status);
    expect(statuses).toEqual([503, 503, 200]);
    expect((await inbox()).map(({ verdict }) => verdict)).toEqual([
      "accepted",
      "refused: 503 as told",
      "refused: 503 as told",
    ]);
    expect((await post("hooks/ops/behaviour", '{"status":200}')).status).toBe(422);
  });

  test("queries find by recipient, words and what came after", async () => {
    await chat("Ben: new lead from Example GmbH", "ben");
    await chat("Ana: warning", "ana");
    const [ana] = await inbox("?to=ana");
    expect(ana?.subject).toBe("Ana: warning");
    await chat("Ben: breached", "ben");
    expect((await inbox(`?after=${ana!.seq}`)).map(({ subject }) => subject)).toEqual(["Ben: breached"]);
    expect((await inbox("?q=example%20gmbh")).map(({ to }) => to)).toEqual(["ben"]);
    expect(await inbox("?q=%25")).toEqual([]);
  });

  test("the last two thousand, written together", async () => {
    for (let batch = 0; batch < 24; batch++) {
      await Promise.all(Array.from({ length: 100 }, (_, index) => chat(`message ${batch * 100 + index}`)));
    }
    const kept = await inbox("?limit=5000");
    expect(kept.length).toBeGreaterThanOrEqual(1_800);
    expect(kept.length).toBeLessThanOrEqual(2_200);
    expect(kept.some(({ subject }) => subject === "message 0")).toBe(false);
  });

  test("another site can't clear it", async () => {
    await chat("stay");
    const answer = await fetch(`${product.origin}/inbox/clear`, {
      method: "POST",
      headers: { "sec-fetch-site": "cross-site" },
    });
    expect(answer.status).toBe(403);
    expect(await inbox()).toHaveLength(1);
  });
});

describe.for([
  ["desk", {}],
  ["phone in the dark", { viewport: PHONE, colorScheme: "dark" }],
] as const)("on a %s", ([name, options]) => {
  test("empty, it says what will come and how", async () => {
    const { page, wrong, close } = await openPage(browser, `${product.origin}/inbox`, options);
    await page.getByRole("heading", { name: "Nothing sent yet" }).waitFor();
    await shoot(page, "local", `inbox empty ${name}`);
    expect(await axeInBothThemes(page)).toEqual([]);
    expect(wrong).toEqual([]);
    await close();
  });

  test("messages arrive by themselves and open", async () => {
    await chat(
      "<b>Ben</b>: Example GmbH asked for a demo\nTake it: http://localhost:1/v1/auth/sign-in?token=abc.",
      "sales",
    );
    await hook(`msg_${name}`, '{"type":"lead.assigned","data":{"owner":{"name":"Ben"}}}');
    await hook(`msg_${name}`, '{"type":"lead.assigned","data":{"owner":{"name":"Ben"}}}');
    const { page, wrong, close } = await openPage(browser, `${product.origin}/inbox?kind=all`, options);
    await expect.poll(() => page.locator(".messages li").count()).toBe(3);
    await chat("Ana: SLA warning for Example GmbH", "sales");
    await expect.poll(() => page.locator(".messages li").count(), { timeout: 10_000 }).toBe(4);
    await expect.poll(() => page.locator("#news").textContent()).toBe("One new message");
    await shoot(page, "local", `inbox list ${name}`);
    expect(await axeInBothThemes(page)).toEqual([]);

    await page.getByRole("link", { name: "asked for a demo" }).click();
    expect(await page.getByRole("heading", { level: 2 }).textContent()).toBe(
      "<b>Ben</b>: Example GmbH asked for a demo",
    );
    const link = page.getByRole("link", { name: "Sign in with this link" });
    expect(await link.getAttribute("href")).toBe("http://localhost:1/v1/auth/sign-in?token=abc");
    expect(await page.locator("pre time, pre b, pre script").count()).toBe(0);
    await shoot(page, "local", `inbox message ${name}`);
    expect(await axeInBothThemes(page)).toEqual([]);
    expect(await sidewaysScroll(page)).toBe(0);
    expect(wrong).toEqual([]);
    await close();
  });
});

test.for([
  ["desk", {}],
  ["phone", { viewport: PHONE, colorScheme: "dark" }],
] as const)("a mail shows as its reader sees it and can do nothing (%s)", async ([name, options]) => {
  let fetched = 0;
  const tracker = createServer((_, answer) => {
    fetched += 1;
    answer.end();
  }).listen(0, "127.0.0.1");
  await once(tracker, "listening");
  const pixel = `http://127.0.0.1:${(tracker.address() as { port: number }).port}/pixel.png`;
  const mail = {
    from: "Leadclock <leads@leadclock.example>",
    to: [{ email: "ben@firm.example", name: "Ben" }],
    replyTo: "lead+abc@in.leadclock.example",
    subject: "New lead: Ada from Example GmbH, due 14:10",
    text: "Ada asked for a demo.\nAccept: http://localhost:1/x",
    html: `<style>p{font:16px sans-serif}</style><p>Ada asked for a demo.</p><p><a href="http://localhost:1/x">Accept</a></p>
      <script>parent.document.title = "taken over"; document.body.textContent = "ran"</script><img src="${pixel}" alt="">`,
    headers: { "X-Leadclock-Message": "msg_1" },
  };
  expect((await post("mail", JSON.stringify(mail))).status).toBe(200);
  const { page, close } = await openPage(browser, `${product.origin}/inbox`, options);
  await page.getByRole("link", { name: "New lead: Ada" }).click();
  const frame = page.frameLocator("iframe");
  await frame.getByText("Ada asked for a demo.").waitFor();
  expect(await page.getByText("lead+abc@in.leadclock.example").isVisible()).toBe(true);
  expect(await page.title()).toContain("New lead");
  await shoot(page, "local", `inbox mail ${name}`);
  expect(await axeInBothThemes(page)).toEqual([]);
  expect(await sidewaysScroll(page)).toBe(0);
  expect(await page.locator(".actions").getByRole("link", { name: "Accept" }).count()).toBe(1);
  expect(fetched).toBe(0);
  tracker.close();
  await close();
});

test("it begins with what went to people, and says what it leaves out", async () => {
  await hook("msg_alone", '{"type":"lead.assigned"}');
  const { page, wrong, close } = await openPage(browser, `${product.origin}/inbox`);
  await page.getByRole("heading", { name: "Nothing sent to people yet" }).waitFor();
  await chat("Ben: new lead", "ben");
  await hook("msg_again", '{"type":"lead.touched"}');
  await expect.poll(() => page.locator(".messages .subject").allInnerTexts()).toEqual(["Ben: new lead"]);
  expect(await page.locator(".recipients a").allInnerTexts()).toEqual(["Everyone", "ben 1"]);
  await page.getByText("Not shown: 2 webhooks to systems.").waitFor();
  await shoot(page, "local", "inbox to people");
  expect(await axeInBothThemes(page)).toEqual([]);
  await page.getByRole("link", { name: "Show them" }).click();
  await expect.poll(() => page.locator(".messages li").count()).toBe(2);
  await page.getByLabel("Kind").selectOption("All kinds");
  await expect.poll(() => page.locator(".messages li").count()).toBe(3);
  expect((await inbox()).length).toBe(3);
  expect(wrong).toEqual([]);
  await close();
});

test("typing in the search narrows the list at once, and the address keeps it", async () => {
  await chat(NEVER);
  await chat("find me");
  const { page, close } = await openPage(browser, `${product.origin}/inbox`);
  await page.getByRole("searchbox").fill("find");
  await expect.poll(() => page.locator(".messages li").count()).toBe(1);
  expect(page.url()).toContain("q=find");
  await page.reload();
  expect(await page.locator(".messages").textContent()).not.toContain(NEVER);
  await close();
});

test("it works without JavaScript", async () => {
  await chat("plain");
  const { page, close } = await openPage(browser, `${product.origin}/inbox`, { javaScriptEnabled: false });
  await page.getByRole("searchbox").fill("plain");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("link", { name: /plain/ }).first().click();
  expect(await page.getByRole("heading", { level: 2 }).textContent()).toBe("plain");
  await close();
});

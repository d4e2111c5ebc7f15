/** Signing in, losing the session, roles, and an API that is down. */
import { describe, expect, test } from "vitest";
import { axeInBothThemes, DESK, PHONE, shoot, sidewaysScroll } from "../../support/chromium.ts";
import { FakeApi } from "./support/api.ts";
import { problem } from "./support/replies.ts";
import { eventually, useStage } from "./support/stage.ts";

const open = useStage();

describe("signing in", () => {
  test("asks for a link that leads back to where the reader wanted to go", async () => {
    const { page, api } = await open("/board/leads?q=mara", new FakeApi({ me: null }));
    await page.getByLabel("Work e-mail").fill("ben@acme.example");
    await page.getByRole("button", { name: "Send me a link" }).click();
    await page.getByRole("heading", { name: "Check your mail" }).waitFor();
    expect(await page.getByRole("link", { name: "Open the local inbox" }).getAttribute("href")).toBe(
      "/inbox",
    );
    expect(api.called(/magic-link/)[0]!.body).toMatchObject({
      email: "ben@acme.example",
      callbackURL: "/board/leads?q=mara",
    });
  });

  test("answers alike for an address that isn't known", async () => {
    const api = new FakeApi({ me: null });
    api.local = false;
    api.force(/magic-link/, { status: 403, body: { code: "SIGN_UP_DISABLED", message: "no such user" } });
    const { page } = await open("/board/signin", api);
    await page.getByLabel("Work e-mail").fill("nobody@elsewhere.example");
    await page.getByRole("button", { name: "Send me a link" }).click();
    await page.getByText("If nobody@elsewhere.example belongs to this workspace").waitFor();
    expect(await page.getByRole("link", { name: "Open the local inbox" }).count()).toBe(0);
  });

  test("says when it could not be sent at all", async () => {
    const api = new FakeApi({ me: null });
    api.force(/magic-link/, problem(429, "Too many requests", "Wait a minute, then ask again."));
    const { page } = await open("/board/signin", api);
    await page.getByLabel("Work e-mail").fill("ben@acme.example");
    await page.getByRole("button", { name: "Send me a link" }).click();
    await page.getByText("Wait a minute, then ask again.").waitFor();
  });

  test("an expired link says so; an address elsewhere is never followed", async () => {
    const { page, api } = await open(
      "/board/signin?error=EXPIRED_TOKEN&to=https://evil.example/",
      new FakeApi({ me: null }),
    );
    await page.getByText("That link has expired", { exact: false }).waitFor();
    await page.getByLabel("Work e-mail").fill("ben@acme.example");
    await page.getByRole("button", { name: "Send me a link" }).click();
    await page.getByRole("heading", { name: "Check your mail" }).waitFor();
    expect(api.called(/magic-link/)[0]!.body).toMatchObject({ callbackURL: "/board" });
  });

  test("a session that ends brings the reader to the sign-in page and back", async () => {
    const { page, api } = await open("/board/people");
    await page.getByRole("heading", { name: "Everyone else" }).waitFor();
    api.endsWith = /^GET \/v1\/leads$/;
    await page.getByRole("link", { name: "Leads" }).click();
    await page.getByText("Your session has ended", { exact: false }).waitFor();
    expect(new URL(page.url()).searchParams.get("to")).toBe("/board/leads");
    api.endsWith = null;
    api.me = "ana";
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await page.getByRole("heading", { level: 1, name: "Leads" }).waitFor();
  });

  test("before there is anybody to sign in, it says how people come in; then it asks for an address", async () => {
    const api = new FakeApi({ me: null });
    api.empty = true;
    const { page, server } = await open("/board", api);
    await page.getByRole("heading", { name: "Nobody can sign in yet" }).waitFor();
    expect(await page.getByLabel("Work e-mail").count()).toBe(0);
    await page.getByText(`npx leadclock policy publish policy.json --to ${server.origin}`).waitFor();
    for (const look of [DESK, PHONE]) {
      await page.setViewportSize(look);
      expect(await axeInBothThemes(page)).toEqual([]);
      expect(await sidewaysScroll(page)).toBe(0);
    }
    await shoot(page, "board", "nobody yet");
    await page.getByRole("button", { name: "It is published" }).click();
    await page.getByText("Nothing is published yet.").waitFor();
    api.empty = false;
    await page.getByRole("button", { name: "It is published" }).click();
    await page.getByLabel("Work e-mail").waitFor();
  });

  test("signing out ends it", async () => {
    const { page, api } = await open("/board");
    await page.locator(".menu summary").click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    expect(api.me).toBeNull();
  });
});

describe("roles", () => {
  test.each([
    ["ben", ["Board", "Leads", "Tasks", "Reports", "People"]],
    ["mia", ["Board", "Leads", "Tasks", "Reports", "People"]],
    ["ana", ["Board", "Leads", "Tasks", "Reports", "People", "Policy", "Matching", "Deliveries"]],
  ])("%s is offered %j", async (me, labels) => {
    const { page } = await open("/board", new FakeApi({ me }));
    const nav = page.getByRole("navigation", { name: "Main" });
    await nav.waitFor();
    expect(await nav.getByRole("link").allInnerTexts()).toEqual(labels);
  });

  test("a rep at the policy's address is told whom to ask", async () => {
    const { page } = await open("/board/config", new FakeApi({ me: "ben" }));
    await page.getByRole("heading", { name: "Not for your role" }).waitFor();
  });

  test("a marketer reads leads and changes none", async () => {
    const { page } = await open("/board/leads/L-due", new FakeApi({ me: "mia" }));
    await page.getByRole("heading", { name: "Tomás Herrera" }).waitFor();
    expect(await page.getByRole("region", { name: "Actions" }).count()).toBe(0);
  });
});

describe("an API that is down", () => {
  test("nothing answers: says so, and a second try brings the board", async () => {
    const api = new FakeApi();
    const heal = api.force(/\/v1\//, "hang up");
    const { page } = await open("/board", api);
    await page.getByText("can’t be reached", { exact: false }).waitFor();
    heal();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { name: "Ben Okafor" }).waitFor();
  });

  test("500 on the board shows the server's words and keeps the rest usable", async () => {
    const api = new FakeApi();
    const heal = api.force(
      /GET \/v1\/board$/,
      problem(503, "Unavailable", "The database can’t be read. Submissions are kept."),
    );
    const { page } = await open("/board", api);
    await page.getByText("Submissions are kept.", { exact: false }).waitFor();
    heal();
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { name: "Ben Okafor" }).waitFor();
  });

  test("a failure after the first load keeps what was known", async () => {
    const { page, server, api } = await open("/board");
    await page.getByText("Live", { exact: true }).waitFor();
    api.force(/GET \/v1\/board$/, "hang up");
    server.sockets = false;
    server.dropSockets();
    await page.getByText("Shown is what was last known.", { exact: false }).waitFor();
    await eventually(
      () => page.locator(".row").count(),
      (count) => count > 4,
    );
  });
});

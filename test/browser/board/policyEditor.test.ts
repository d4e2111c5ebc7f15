/** Changing the policy on the board: in forms and as text, with what the proof says, until it is published. */
import type { Locator, Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { FakeApi } from "./support/api.ts";
import { policyDocument } from "./support/policy.ts";
import { eventually, useStage } from "./support/stage.ts";

const open = useStage();

describe("changing the policy", () => {
  const rui = () => new FakeApi({ me: "rui" });
  const editor = "Policy document (JSON)";
  const written = (page: Page) => page.locator(".cm-content").innerText();

  test("a form’s fields are added, moved and removed; what the proof says stands at its field", async () => {
    const { page, api } = await open("/board/config/edit?part=forms", rui());
    await page.getByText("email*, on this product’s own pages only").waitFor();
    await page.getByRole("button", { name: "Change Request a demo" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Sites that may embed it").fill("https://acme.example");
    const add = async (label: string, name: string) => {
      await dialog.getByRole("button", { name: "Add a field" }).click();
      await dialog.getByLabel("Label").last().fill(label);
      await dialog.getByLabel("Name", { exact: true }).last().fill(name);
    };
    await add("Region", "email");
    await dialog.getByLabel("Type").last().selectOption("select");
    await dialog.getByLabel("Options, a line each").fill("us = United States");
    await add("Company", "company");
    await dialog.getByRole("button", { name: "Move Company up" }).click();
    await dialog.getByRole("button", { name: "Take the change" }).click();
    await page.getByText("email*, company, email, on https://acme.example").waitFor();
    await page.getByText("see the findings", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Change Request a demo" }).click();
    const third = dialog.locator(".form-fields li").nth(2);
    const name = third.getByLabel("Name", { exact: true });
    await third.getByText('The field "email" is in "demo" twice').waitFor();
    const said = third.locator(`[id="${await name.getAttribute("aria-describedby")}"]`);
    expect(await said.innerText()).toContain("twice");
    expect(await name.getAttribute("aria-invalid")).toBe("true");
    await name.fill("region");
    await third.getByText("twice").waitFor({ state: "detached" });
    await dialog.getByRole("button", { name: "Take the change" }).click();
    // What was found is about the text before.
    await page.getByRole("button", { name: "Change Request a demo" }).click();
    await name.waitFor();
    expect(await dialog.locator(".field-error").count()).toBe(0);
    await dialog.getByRole("button", { name: "Remove Company" }).click();
    await dialog.getByRole("button", { name: "Take the change" }).click();
    await eventually(
      () => api.called(/PUT \/v1\/config$/).at(-1)?.body,
      (body) => !JSON.stringify(body).includes('"company"'),
    );
    const { forms } = api.called(/PUT \/v1\/config$/).at(-1)!.body as typeof policyDocument;
    expect(forms[0]).toEqual({
      key: "demo",
      name: "Request a demo",
      fields: [
        { name: "email", type: "email", label: "Work e-mail", required: true },
        {
          name: "region",
          type: "select",
          label: "Region",
          options: [{ value: "us", label: "United States" }],
        },
      ],
      allowedOrigins: ["https://acme.example"],
    });
  });

  test("a field that is moved or removed keeps its options, and the keyboard stays where it was", async () => {
    const { page } = await open("/board/config/edit?part=forms", rui());
    await page.getByRole("button", { name: "Change Request a demo" }).click();
    const dialog = page.getByRole("dialog");
    const rows = dialog.locator(".form-fields li");
    for (const label of ["Region", "Plan"]) {
      await dialog.getByRole("button", { name: "Add a field" }).click();
      await rows.last().getByLabel("Label").fill(label);
      await rows.last().getByLabel("Type").selectOption("select");
      await rows.last().getByLabel("Options, a line each").fill(`${label} = ${label}`);
    }
    const options = () =>
      rows.locator("textarea").evaluateAll((all) => all.map((box) => (box as HTMLTextAreaElement).value));
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
    await dialog.getByRole("button", { name: "Move Plan up" }).focus();
    for (const place of [2, 1]) {
      await page.keyboard.press("Enter");
      await dialog.getByRole("status").getByText(`Plan is now field ${place} of 3.`).waitFor();
      expect(await options()).toEqual(["Plan = Plan", "Region = Region"]);
      expect(await focused()).toBe("Move Plan up");
    }
    await page.keyboard.press("Enter");
    expect(await options()).toEqual(["Plan = Plan", "Region = Region"]);
    expect(await focused()).toBe("Move Plan up");
    await dialog.getByRole("button", { name: "Remove Plan" }).focus();
    await page.keyboard.press("Enter");
    await dialog.getByRole("status").getByText("Plan was removed.").waitFor();
    expect(await options()).toEqual(["Region = Region"]);
    expect(await focused()).toMatch(/^Remove (?!Plan|Region)/);
  });

  test("in every list the keyboard stays with what is moved, and goes on from what is removed", async () => {
    const is = (field: string) => ({ field, op: "exists" });
    const api = rui();
    api.document = {
      ...policyDocument,
      teams: [
        ...["emea", "apac"].map((id) => ({ id, name: id.toUpperCase(), calendar: "us", members: [] })),
        {
          ...policyDocument.teams[0]!,
          members: [{ person: "ben", weight: 2 }, { person: "ana" }],
          backupTeams: ["emea", "apac"],
        },
      ],
      routing: {
        ...policyDocument.routing,
        rules: [
          {
            id: "vip",
            when: { all: [{ any: [is("lead.phone"), is("lead.title")] }, is("lead.city")] },
            to: { team: "smb" },
          },
          ...policyDocument.routing.rules,
        ],
      },
    };
    const { page } = await open("/board/config/edit", api);
    const dialog = page.getByRole("dialog");
    const pressIn = (place: Locator) => async (name: string, said: string, then: string) => {
      const button = place.getByRole("button", { name, exact: true }).first();
      await button.focus();
      await page.keyboard.press("Enter");
      await place.getByRole("status").getByText(said, { exact: true }).waitFor();
      expect(
        await page.evaluate(() => document.activeElement?.ariaLabel ?? document.activeElement?.textContent),
      ).toBe(then);
    };
    const [press, pressAbove] = [pressIn(page.locator(".forms")), pressIn(dialog)];

    await page.getByRole("button", { name: "Change vip" }).click();
    await pressAbove(
      "Remove this condition",
      "The condition on lead.phone was removed.",
      "Remove this condition",
    );
    await pressAbove("Remove this condition", "The condition on lead.title was removed.", "Add a condition");
    expect(
      await page.locator(":focus").evaluate((at) => at.closest(".condition-group .condition-group") !== null),
    ).toBe(true);
    await pressAbove("Remove this group", "The group was removed.", "Remove this condition");
    await dialog.getByRole("button", { name: "Cancel" }).click();

    await press("Move rest up", "rest now stands at place 1.", "Move rest up");
    await page.keyboard.press("Enter");
    expect(await page.locator(".item strong").allInnerTexts()).toEqual(["rest", "vip"]);
    await page.getByRole("button", { name: "Remove vip" }).click();
    await press("Really remove vip", "Rule vip is removed from the text.", "Remove rest");
    await page.keyboard.press("Enter");
    await press("Really remove rest", "Rule rest is removed from the text.", "Add a rule");

    await page.getByRole("button", { name: "Teams" }).click();
    await page.getByRole("button", { name: "Change SMB" }).click();
    await pressAbove("Sooner: APAC", "APAC is now 1 of 2.", "Sooner: APAC");
    await page.keyboard.press("Enter");
    expect(
      await dialog
        .getByRole("button", { name: /^Sooner/ })
        .first()
        .getAttribute("aria-disabled"),
    ).toBe("true");
    await pressAbove("Remove APAC", "APAC was removed.", "Remove EMEA");
    await pressAbove("Remove EMEA", "EMEA was removed.", "Add to Backup teams");
    await pressAbove("Remove Ben Okafor", "Ben Okafor was removed.", "Remove Ana Ferreira");
  });

  test("a rule is made in a form, proved by itself, and published with its note", async () => {
    const { page, api } = await open("/board/config/edit", rui());
    await page.getByText("0 errors, 1 warning.").waitFor();
    await page.getByRole("button", { name: "Add a rule" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Name").fill("From Austria");
    await dialog.getByRole("button", { name: "Add a condition" }).click();
    await dialog.getByLabel("Field").fill("lead.country");
    await dialog.getByLabel("Comparison").selectOption("in");
    await dialog.getByLabel("Value").fill("AT, CH");
    await dialog.getByRole("button", { name: "Add a group" }).click();
    const group = dialog.locator(".condition-group .condition-group");
    for (const [index, language] of ["en", "de", "fr"].entries()) {
      await group.getByRole("button", { name: "Add a condition" }).click();
      await group.getByLabel("Field").nth(index).fill("lead.language");
      await group.getByLabel("Value").nth(index).fill(language);
    }
    await group.getByRole("button", { name: "Remove this condition" }).first().click();
    const left = group.getByLabel("Value");
    expect([await left.nth(0).inputValue(), await left.nth(1).inputValue()]).toEqual(["de", "fr"]);
    await dialog.getByLabel("To: which").selectOption("smb");
    const help = dialog.locator(
      `[id="${await dialog.getByLabel("SLA policy").getAttribute("aria-describedby")}"]`,
    );
    expect(await help.innerText()).toContain("the SLA rules choose");
    await dialog.getByLabel("Tags").fill("alps");
    await dialog.getByRole("button", { name: "Add the rule" }).click();
    await page
      .getByText("lead.country is one of AT, CH and (lead.language is de or lead.language is fr) → SMB")
      .waitFor();
    await page.getByRole("button", { name: "Only observe rest" }).click();
    await page.getByLabel("What changed, and why").fill("Alps first");
    await page.getByRole("button", { name: "Publish as version 13" }).click();
    await page.getByText("Version 13 is in force. Open leads", { exact: false }).waitFor();
    const put = api.called(/PUT \/v1\/config$/).find(({ query }) => !query.get("dryRun"))!;
    expect([put.query.get("note"), put.headers["if-match"]]).toEqual(["Alps first", '"v12"']);
    expect((put.body as typeof policyDocument).routing.rules).toEqual([
      {
        id: "from-austria",
        name: "From Austria",
        when: {
          all: [
            { field: "lead.country", op: "in", value: ["AT", "CH"] },
            {
              any: [
                { field: "lead.language", op: "eq", value: "de" },
                { field: "lead.language", op: "eq", value: "fr" },
              ],
            },
          ],
        },
        to: { team: "smb" },
        tags: ["alps"],
      },
      { id: "rest", when: {}, to: { team: "smb" }, sla: "standard", mode: "observe" },
    ]);
  });

  test("known errors bar the way; a finding leads to its place, and its example is replayed with the text", async () => {
    const rule = { id: "customers", name: "Customers", to: { team: "smb" } };
    const broken = {
      ...policyDocument,
      routing: { ...policyDocument.routing, default: [] },
      suppression: [rule, { ...rule, name: "Copied with its id" }],
    };
    const api = rui();
    api.document = broken;
    const { page } = await open("/board/config/edit", api);
    await page.getByText("1 error, 1 warning.").waitFor();
    await page.getByText("kim@northwind.example, country DE; the CRM has account.owner ben").waitFor();
    await page.getByRole("button", { name: "Suppression" }).click();
    await page.getByRole("button", { name: "Change Copied" }).click();
    await page.getByRole("dialog").getByLabel("Name").fill("The second");
    await page.getByRole("button", { name: "Take the change" }).click();
    await page.locator(".item", { hasText: "The second" }).waitFor();
    expect(await page.locator(".item strong").allInnerTexts()).toEqual(["Customers", "The second"]);
    await page.getByRole("button", { name: "People" }).click();
    await page.getByRole("button", { name: "Change Ben Okafor" }).click();
    await page.getByRole("dialog").getByLabel("Capacity").fill("5000");
    await page.getByRole("button", { name: "Take the change" }).click();
    await page.getByText("2 errors, 1 warning.").waitFor();
    expect(await page.getByRole("button", { name: "Publish as version 13" }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: /\/routing\/default$/ }).click();
    await page.getByLabel(editor).waitFor();
    await page.locator(".cm-lintRange-error").first().waitFor();
    await page.getByRole("button", { name: "Forms" }).click();
    await page.getByRole("button", { name: "Text", exact: true }).click();
    await page.locator(".cm-lintRange-error").first().waitFor();
    const line = await page.locator(".cm-activeLine").innerText();
    expect(line, "coming back doesn’t jump to what a finding led to before").toBe("{");
    await page.getByRole("button", { name: "Replay" }).click();
    await page.locator(".trial-headline", { hasText: "To Ben Okafor, by “rest”." }).waitFor();
    expect(api.called(/route$/)[0]!.body).toMatchObject({
      leads: [
        { id: "trial", email: "kim@northwind.example", country: "DE", assume: { account: { owner: "ben" } } },
      ],
      at: "2026-11-29T08:00:00.000Z",
      absent: ["ben"],
      document: { routing: { default: [] } },
    });
    await page.getByText("Cleo is off shift; Gus is away").waitFor();
    await page.getByText("Thank you. Ben will get back to you by 10:10.", { exact: true }).waitFor();
  });

  test("text completes from the schema and marks what isn’t JSON before anything is sent", async () => {
    const { page, api } = await open("/board/config/edit?as=text", rui());
    await page.getByLabel(editor).waitFor();
    await page.getByText("0 errors, 1 warning.").waitFor();
    const checks = api.called(/PUT/).length;
    await page.getByLabel(editor).click();
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.type('"reten');
    await page.getByRole("option", { name: /retention/ }).click();
    await eventually(
      () => written(page),
      (text) => text.includes('"retention": {'),
    );
    await page.getByText("This isn’t valid JSON:").waitFor();
    expect(await page.getByRole("button", { name: "Check" }).isDisabled()).toBe(true);
    expect(api.called(/PUT/)).toHaveLength(checks);
    await page.locator(".cm-lintRange-error").first().waitFor();
    // What hovers over it is styled by adopted sheets too: the stage fails on anything the page's policy refuses.
    await page.locator(".cm-lintRange-error").first().hover();
    await page.locator(".cm-tooltip .cm-diagnostic").first().waitFor();
  });

  test("who was slower is told by whom, and keeps the text", async () => {
    const api = rui();
    const { page } = await open("/board/config/edit", api);
    await page.getByRole("button", { name: "Only observe rest" }).click();
    api.versions.unshift({
      version: 13,
      publishedAt: new Date(api.now()).toISOString(),
      publishedBy: "person:ana",
      note: "Weekend cover",
    });
    await page.getByLabel("What changed, and why").fill("Watch it");
    const proved = Promise.withResolvers<void>();
    await page.route(/dryRun=1/, (route) => proved.promise.then(() => route.continue()));
    await page.getByRole("button", { name: "Check" }).click();
    await page.getByRole("button", { name: "Publish as version 13" }).click();
    proved.resolve();
    await page.getByText("version 13 came into force while you were editing version 12").waitFor();
    await page.getByText("by Ana Ferreira: Weekend cover").waitFor();
    await page.getByRole("button", { name: "Keep my text: publish it over theirs next" }).click();
    await page.getByRole("button", { name: "Publish as version 14" }).click();
    await page.getByText("Version 14 is in force.", { exact: false }).waitFor();
  });
});
